import type { TestInfo } from '@playwright/test';
import type { Case } from '../cases/case.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import { redactWaivers } from '../engine/waive.ts';
import type { CaseRecord } from '../record/record.ts';
import { exchangeAttachment, sourceAttachment, waivedAttachment } from '../report/allure/allure.ts';
import { appendRecord, notRecorded } from '../report/ledger/parts.ts';
import { readMarker } from '../report/ledger/run-folder.ts';
import { StorageError } from '../report/ledger/storage.ts';
import { failureMessage } from '../report/render/failure.ts';
import { openDisclosure } from '../run/disclosure.ts';
import { expectOwnFolder } from '../run/own-folder.ts';
import { loadPlan, type Plan } from '../run/plan.ts';
import { keepRequest, keepRow, keepStopped, soFar } from '../run/so-far.ts';
import { shareOf } from '../run/workers.ts';
import { Ahead } from './ahead.ts';
import { reasonAnnotation } from './annotations.ts';
import { casesInProgress } from './in-progress.ts';

/** The engine of this worker, opened when it is first needed: by then a launched target is ready. */
let engine: Engine | undefined;

/** Why nothing more was sent when this worker began, which is told already. */
let stoppedBefore: string | undefined;

function engineFor(plan: Plan, worker: number): Engine {
  const { contract, settings, profile, workers } = plan;
  const folder = expectOwnFolder(process.env);
  const runId = readMarker(folder)?.runId;
  const { age, requests, row, stopped } = soFar(folder);
  stoppedBefore = stopped;
  const opened = openEngine({
    contract,
    ...openDisclosure(plan),
    seed: settings.seed,
    preflight: settings.preflight,
    signal: AbortSignal.any([casesInProgress.signal, unsent.signal]),
    ...(runId !== undefined && { runId }),
    inFlight: shareOf(profile.pace.inFlight, workers, worker),
    limit: profile.timeouts.run - age,
    sent: requests,
    ...(profile.maxRequests !== undefined && { onSend: () => keepRequest(folder) }),
    // Where a failed test ends its worker, a row goes on in the next one.
    ...(settings.failTests && { row, onRow: (now: number) => keepRow(folder, now) }),
    onStop: (sentence) => {
      if (stopped === undefined) keepStopped(folder, sentence);
    },
  });
  if (stopped !== undefined) opened.stop(stopped);
  return opened;
}

/** The file whose tests this worker does, and the cases of them that are under way. */
let file: { readonly name: string; readonly ahead: Ahead<Case, CaseRecord> } | undefined;

/**
 * What does the cases of the test's file. The runner gives a worker all tests of a file, in their order, and takes none
 * of them back as long as none fails: where no test fails, all of them are certain.
 */
function aheadFor(
  testInfo: TestInfo,
  plan: Plan,
  besides: (project: string) => readonly Case[],
): Ahead<Case, CaseRecord> {
  const name = `${testInfo.project.name} ${testInfo.file}`;
  if (file?.name === name) return file.ahead;
  engine ??= engineFor(plan, testInfo.parallelIndex);
  const own = engine;
  const certain = plan.settings.failTests ? [] : besides(testInfo.project.name);
  const ahead = new Ahead(certain, own.ahead, (one: Case) => casesInProgress.do(() => recorded(one, own)));
  file = { name, ahead };
  return ahead;
}

/** Why this process can't record cases any more: it sends none then. */
let unrecordable: StorageError | undefined;
const unsent = new AbortController();

/** Does a case, and writes down what came of it. */
async function recorded(one: Case, own: Engine): Promise<CaseRecord> {
  if (unrecordable) throw unrecordable;
  const record = await own.run(one);
  try {
    appendRecord(expectOwnFolder(process.env), record);
  } catch (error) {
    if (error instanceof StorageError) {
      unrecordable = error;
      unsent.abort(error);
    }
    throw error;
  }
  return record;
}

/**
 * The body of a case's test: does the case, or waits for it where it was begun ahead, and says what came of it.
 *
 * @param besides the cases of the same file that the runner's project of a name has
 */
export async function doCase(
  one: Case,
  testInfo: TestInfo,
  besides: (project: string) => readonly Case[],
): Promise<void> {
  const plan = loadPlan(process.env);
  const tell = (reason: string): void => {
    testInfo.annotations.push({ type: reasonAnnotation, description: reason });
    if (plan.settings.failTests) fail(reason);
  };
  const ahead = aheadFor(testInfo, plan, besides);
  let record: CaseRecord;
  try {
    record = await ahead.result(one);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return tell(`${notRecorded}${error.message}`);
  }
  // The runner no longer waits for this test.
  if (casesInProgress.signal.aborted || !engine) return;
  for (const [index, exchange] of record.exchanges.entries()) {
    await testInfo.attach(`exchange ${index + 1}`, exchangeAttachment(exchange));
  }
  const documented = sourceAttachment(one, plan.contract);
  if (documented) await testInfo.attach(documented.name, documented);
  const waived = waivedAttachment(record, redactWaivers(engine.profile.waivers, engine.redactor));
  if (waived) await testInfo.attach('waived', waived);
  if (record.outcome === 'conforms' || record.outcome === 'warns' || record.outcome === 'waived') return;
  // Each failure costs a new worker, and this was told with the case that was the first.
  if (record.outcome === 'not-exercised' && record.reason === stoppedBefore)
    testInfo.skip(true, record.reason);
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
