import { testCasesOf } from '../src/playwright/cases-of.ts';

testCasesOf('workflow');
