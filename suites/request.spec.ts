import { testCasesOf } from './cases-of.ts';

testCasesOf('request');
