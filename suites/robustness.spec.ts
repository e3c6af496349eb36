import { testCasesOf } from './cases-of.ts';

testCasesOf('robustness');
