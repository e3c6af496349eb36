import { benchJudging } from './judging.ts';

benchJudging().then((r) => console.log(r));
