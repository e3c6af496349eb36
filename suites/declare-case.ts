import type { ScenarioCase } from '../src/cases/scenario-cases.ts';
import { caseAnnotations, exchangeAttachment } from '../src/report/allure.ts';
import { failureMessage } from '../src/report/failure.ts';
import { appendRecord } from '../src/report/ledger.ts';
import { outcomesAreRecorded } from '../src/report/reporter.ts';
import { loadPlan } from '../src/run/plan.ts';
import { runCase } from '../src/run/run-case.ts';
import { openSession } from '../src/run/session.ts';
import { test } from './playwright.ts';

/** One Playwright test for one case: does it, writes its record, and passes, fails or is skipped by its outcome. */
export function declareCase(one: ScenarioCase): void {
  const details = { tag: [...one.tags], annotation: [...caseAnnotations(one)] };
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's names, and none is used.
  test(one.id, details, async ({}, testInfo) => {
    const plan = loadPlan(process.env);
    const session = await openSession(plan);
    const record = await runCase(one, session);
    appendRecord(plan.settings.reports, record);
    for (const [index, exchange] of record.exchanges.entries()) {
      await testInfo.attach(`exchange ${index + 1}`, exchangeAttachment(exchange));
    }
    if (record.outcome === 'not-testable' || record.outcome === 'not-exercised') {
      test.skip(true, `${record.outcome}: ${record.reason}`);
    }
    if (record.outcome === 'conforms' || record.outcome === 'warns' || record.outcome === 'waived') return;
    // The runner starts a new worker after each failure, for a second or two. Where our reporter takes outcomes from
    // the records, the failure is announced to the runner; with any other reporter the test fails as tests do.
    if (process.env[outcomesAreRecorded] === 'true') testInfo.fail();
    const error = new Error(failureMessage(record, plan.contract));
    // The message says where and why; a stack would only show this file.
    error.stack = error.message;
    throw error;
  });
}
