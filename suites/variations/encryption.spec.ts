import { testCasesOf } from '../../src/playwright/cases-of.ts';

testCasesOf('encryption');
