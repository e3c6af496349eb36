import { testCasesOf } from './cases-of.ts';

testCasesOf('integrity');
