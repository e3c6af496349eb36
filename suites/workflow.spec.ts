import { testCasesOf } from '../src/playwright/cases-of.ts';

testCasesOf('over-time');
