import { testCasesOf } from './cases-of.ts';

testCasesOf('over-time');
