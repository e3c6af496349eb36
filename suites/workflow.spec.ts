import { test, testsOf } from '../src/playwright/cases-of.ts';

for (const [id, details, body] of testsOf('workflow')) test(id, details, body);
