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
import { reasonAnnotation } from './annotations.ts';
import { casesInProgress } from './in-progress.ts';

/** The engine of this worker, opened when it is first needed: by then a launched target is ready. */
let engine: Engine | undefined;

function engineFor(plan: Plan, signal: AbortSignal): Engine {
  const { contract, settings } = plan;
  const { seed, preflight } = settings;
  return openEngine({ contract, ...openDisclosure(plan), seed, preflight, signal });
}

/** Why this process can't record cases any more: it sends none then. */
let unrecordable: string | undefined;

/** The body of a case's test: does the case, writes its record, and says what came of it. */
export async function doCase(one: Case, testInfo: TestInfo): Promise<void> {
  const plan = loadPlan(process.env);
  const tell = (reason: string): void => {
    testInfo.annotations.push({ type: reasonAnnotation, description: reason });
    if (plan.settings.failTests) fail(reason);
  };
  if (unrecordable !== undefined) return tell(unrecordable);
  const { signal } = casesInProgress;
  engine ??= engineFor(plan, signal);
  const record = await engine.run(one);
  try {
    appendRecord(expectOwnFolder(process.env), record);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    unrecordable = `${notRecorded}${error.message}`;
    return tell(unrecordable);
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
  if (record.outcome === 'conforms' || record.outcome === 'warns' || record.outcome === 'waived') return;
  const wasJudged = record.outcome !== 'not-testable' && record.outcome !== 'not-exercised';
  // A skipped test lets the runner pass: only what the profile says, with a reason, may be skipped where it decides.
  if (!wasJudged && (record.acknowledged || !plan.settings.failTests)) {
    testInfo.skip(true, `${record.outcome}: ${record.reason}`);
  }
  tell(failureMessage(record, plan.contract));
}

function fail(message: string): never {
  const error = new Error(message);
  // The message says where and why; a stack would only show this file.
  error.stack = error.message;
  throw error;
}
