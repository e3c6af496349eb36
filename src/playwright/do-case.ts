import type { TestInfo } from '@playwright/test';
import type { Case } from '../cases/case.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import { redactWaivers } from '../engine/waive.ts';
import { exchangeAttachment, sourceAttachment, waivedAttachment } from '../report/allure/allure.ts';
import { appendRecord, notRecorded } from '../report/ledger/ledger.ts';
import { StorageError } from '../report/ledger/storage.ts';
import { failureMessage } from '../report/render/failure.ts';
import { openDisclosure } from '../run/disclosure.ts';
import { expectOwnFolder } from '../run/own-folder.ts';
import { loadPlan, type Plan } from '../run/plan.ts';
import { casesInProgress } from './in-progress.ts';
import { outcomesAreRecorded } from './reporter.ts';

/** The engine of this worker, opened when it is first needed: by then a launched target is ready. */
let engine: Engine | undefined;

function engineFor(plan: Plan, signal: AbortSignal): Engine {
  const { contract, settings } = plan;
  return openEngine({ contract, ...openDisclosure(plan), seed: settings.seed, signal });
}

/** Why this process can't record cases any more: it sends none then. */
let unrecordable: string | undefined;

/** The body of a case's test: does the case, writes its record, and passes, fails or skips by its outcome. */
export async function doCase(one: Case, testInfo: TestInfo): Promise<void> {
  if (unrecordable !== undefined) fail(testInfo, unrecordable);
  const plan = loadPlan(process.env);
  const { signal } = casesInProgress;
  engine ??= engineFor(plan, signal);
  const record = await engine.run(one);
  try {
    appendRecord(expectOwnFolder(process.env), record);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    unrecordable = `${notRecorded}${error.message}`;
    fail(testInfo, unrecordable);
  }
  // The runner no longer waits for this test.
  if (signal.aborted) return;
  for (const [index, exchange] of record.exchanges.entries()) {
    await testInfo.attach(`exchange ${index + 1}`, exchangeAttachment(exchange));
  }
  const documented = sourceAttachment(one, plan.contract);
  if (documented) await testInfo.attach(documented.name, documented);
  const waived = waivedAttachment(record, redactWaivers(engine.profile.waivers, engine.redactor));
  if (waived) await testInfo.attach('waived', waived);
  if (record.outcome === 'not-testable' || record.outcome === 'not-exercised') {
    testInfo.skip(true, `${record.outcome}: ${record.reason}`);
  }
  if (record.outcome === 'conforms' || record.outcome === 'warns' || record.outcome === 'waived') return;
  fail(testInfo, failureMessage(record, plan.contract));
}

function fail(testInfo: TestInfo, message: string): never {
  // The runner starts a new worker after each failure, for a second or two. Where our reporter takes outcomes from
  // the records, the failure is announced to the runner; with any other reporter the test fails as tests do.
  if (process.env[outcomesAreRecorded] === 'true') testInfo.fail();
  const error = new Error(message);
  // The message says where and why; a stack would only show this file.
  error.stack = error.message;
  throw error;
}
