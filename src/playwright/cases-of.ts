import type { Case, CaseKind } from '../cases/case.ts';
import { caseAnnotations } from '../report/allure/allure.ts';
import { loadPlan } from '../run/plan.ts';
import { test } from './base-test.ts';
import { casesInProgress } from './in-progress.ts';
import { partsOf } from './split.ts';

/** Makes one test of each case in the file of a kind; its parts may run side by side, the cases of a part in order. */
export function testCasesOf(kind: CaseKind): void {
  test.describe.configure({ mode: 'parallel' });
  for (const part of partsOf(loadPlan(process.env).cases, kind)) {
    test.describe(() => {
      test.describe.configure({ mode: 'default' });
      for (const one of part) testCase(one);
    });
  }
}

/** Only the processes that do cases load what it takes to do them. */
let doing: Promise<typeof import('./do-case.ts')> | undefined;

function testCase(one: Case): void {
  const details = { tag: [...one.tags], annotation: [...caseAnnotations(one)] };
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures here, and none is used.
  test(one.id, details, async ({}, testInfo) => {
    doing ??= import('./do-case.ts');
    const { doCase } = await doing;
    await casesInProgress.do(() => doCase(one, testInfo));
  });
}
