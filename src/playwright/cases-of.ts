import type { TestDetails, TestInfo } from '@playwright/test';
import type { Case, CaseKind } from '../cases/case.ts';
import { caseAnnotations } from '../report/allure/allure.ts';
import { keptRecords } from '../report/ledger/parts.ts';
import { ownFolder } from '../run/own-folder.ts';
import { loadPlan } from '../run/plan.ts';
import { casesOfRun, sharedStateTag, sharingState } from '../run/split.ts';
import { test } from './base-test.ts';
import { casesInProgress } from './in-progress.ts';
import { projects } from './projects.ts';

export { test };

/** The parameters of Playwright's `test`: title, details and body. */
type CaseTest = readonly [
  id: string,
  details: TestDetails,
  body: (fixtures: object, testInfo: TestInfo) => Promise<void>,
];

/**
 * One test for each case of a kind, in the order of the plan. The suite itself calls `test`: Playwright takes the file
 * that does for the place of the test, in every report.
 */
export function testsOf(kind: CaseKind): readonly CaseTest[] {
  const plan = loadPlan(process.env);
  const isSharing = sharingState(plan.contract);
  const kept = keptCases(process.env);
  const own = casesOfRun(plan).filter((one) => one.kind === kind && !kept.has(one.id));
  return own.map((one) =>
    testOf(one, isSharing(one) ? [...one.tags, sharedStateTag] : one.tags, (project) =>
      // In one with a name there are those that share state, or the others.
      project === '' ? own : own.filter((other) => isSharing(other) === (project === projects.sharing)),
    ),
  );
}

/** The ids of those that an earlier part of a resumed run has judged. */
function keptCases(env: NodeJS.ProcessEnv): ReadonlySet<string> {
  const folder = ownFolder(env);
  return new Set(folder === undefined ? [] : keptRecords(folder).map(({ id }) => id));
}

/** Only the processes that do cases load what it takes to do them. */
let doing: Promise<typeof import('./do-case.ts')> | undefined;

/** @param besides the cases of the same file that the runner's project of a name has */
function testOf(one: Case, tags: readonly string[], besides: (project: string) => readonly Case[]): CaseTest {
  const details = { tag: [...tags], annotation: [...caseAnnotations(one)] };
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures here, and none is used.
  const body: CaseTest[2] = async ({}, testInfo) => {
    doing ??= import('./do-case.ts');
    const { doCase } = await doing;
    await casesInProgress.do(() => doCase(one, testInfo, besides));
  };
  return [one.id, details, body];
}
