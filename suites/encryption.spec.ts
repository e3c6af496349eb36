import { testCasesOf } from './cases-of.ts';

testCasesOf('encryption');
