import type { Case, CaseKind } from '../cases/case.ts';
import { caseAnnotations } from '../report/allure/allure.ts';
import { loadPlan } from '../run/plan.ts';
import { test } from './base-test.ts';
import { casesInProgress } from './in-progress.ts';
import { shardOf, sharedStateTag, sharesState } from './split.ts';

/** Makes one test of each case of a kind, in the order of the plan. */
export function testCasesOf(kind: CaseKind): void {
  const { cases, settings } = loadPlan(process.env);
  for (const one of shardOf(cases, settings.shard)) if (one.kind === kind) testCase(one);
}

/** Only the processes that do cases load what it takes to do them. */
let doing: Promise<typeof import('./do-case.ts')> | undefined;

function testCase(one: Case): void {
  const tags = sharesState(one) ? [...one.tags, sharedStateTag] : [...one.tags];
  const details = { tag: tags, annotation: [...caseAnnotations(one)] };
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures here, and none is used.
  test(one.id, details, async ({}, testInfo) => {
    doing ??= import('./do-case.ts');
    const { doCase } = await doing;
    await casesInProgress.do(() => doCase(one, testInfo));
  });
}
