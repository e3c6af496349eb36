import type { Case, CaseKind } from '../cases/case.ts';
import { caseAnnotations } from '../report/allure/allure.ts';
import { loadPlan } from '../run/plan.ts';
import { test } from './base-test.ts';
import { casesInProgress } from './in-progress.ts';
import { shardOf, sharedStateTag, sharingState } from './split.ts';

/** Makes one test of each case of a kind, in the order of the plan. */
export function testCasesOf(kind: CaseKind): void {
  const { cases, contract, settings } = loadPlan(process.env);
  const shared = sharingState(cases, contract);
  for (const one of shardOf(cases, shared, settings.shard)) {
    if (one.kind === kind) testCase(one, shared.has(one) ? [...one.tags, sharedStateTag] : one.tags);
  }
}

/** Only the processes that do cases load what it takes to do them. */
let doing: Promise<typeof import('./do-case.ts')> | undefined;

function testCase(one: Case, tags: readonly string[]): void {
  const details = { tag: [...tags], annotation: [...caseAnnotations(one)] };
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures here, and none is used.
  test(one.id, details, async ({}, testInfo) => {
    doing ??= import('./do-case.ts');
    const { doCase } = await doing;
    await casesInProgress.do(() => doCase(one, testInfo));
  });
}
