import { loadPlan } from '../src/run/plan.ts';
import { detailsOf, doCase } from './do-case.ts';
import { test } from './playwright.ts';

for (const one of loadPlan(process.env).cases) {
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures here, and none is used.
  test(one.id, detailsOf(one), async ({}, testInfo) => doCase(one, testInfo));
}
