import type { Credentials } from '../../sandbox/credentials.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { allCases } from '../../src/cases/all-cases.ts';
import { caseless, casesOfAnyTarget } from '../../src/cases/any-target.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import type { Contract } from '../../src/contract/model.ts';
import { casesByClause } from '../../src/contract/tested-by.ts';
import { loadUntested, staleUntested } from '../../src/contract/untested.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { type Verdict, verdictOf } from '../../src/judge/verdict.ts';
import type { Capture } from '../../src/pages/capture.ts';
import { checkPages } from '../../src/pages/check/check.ts';
import { loadDocuments } from '../../src/pages/check/documents.ts';
import { draftApi, type Existing, freeNumber, idOfPath } from '../../src/pages/import/draft.ts';
import { writeDraft } from '../../src/pages/import/write.ts';
import type { CaseRecord } from '../../src/record/record.ts';
import { readProfile } from '../../src/run/plan.ts';
import { finishDraft } from './finish.ts';

/** A page drafted and finished in a folder of its own. */
export interface Imported {
  readonly api: string;
  readonly folder: string;
  readonly openPlaces: number;
  /** Open questions in the register of ambiguities. */
  readonly doubts: number;
}

/** Imports a page into a copy of documents and finishes the draft. */
export async function importPage(
  capture: Capture,
  existing: Existing,
  { documents, folder }: { readonly documents: string; readonly folder: string },
): Promise<Imported> {
  const { contract } = existing;
  const id = freeId(idOfPath(capture.page.path?.value ?? ''), contract);
  const draft = draftApi(capture, existing, { id, number: freeNumber(contract) });
  const open = await writeDraft(draft, documents, folder, caseless);
  await finishDraft(folder);
  return {
    api: id,
    folder,
    openPlaces: open.length,
    doubts: draft.questions.filter(({ why }) => why === undefined).length,
  };
}

/** As `--id` would be chosen for an API whose path differs from another one's in the version alone. */
function freeId(base: string, { apis }: Contract): string {
  const isTaken = (id: string) => apis.some((api) => api.id === id);
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!isTaken(id)) return id;
  }
}

/** What the documents with one more API come to. */
export interface Tried {
  readonly clauses: number;
  /** Clauses without a case, for a reason that is written or that the schema shows. */
  readonly reasons: number;
  readonly cases: number;
  /** Cases for which the embedded target says with a reason that it has no data. */
  readonly notTestable: number;
  readonly verdict: Verdict;
  readonly harnessErrors: number;
  /** What keeps the page from being through, each one line. */
  readonly troubles: readonly string[];
}

/** Checks the documents of a draft and runs the cases of its API against the embedded target. */
export async function tryPage(
  capture: Capture,
  { api, folder }: Imported,
  { credentials, seed }: { readonly credentials: Credentials; readonly seed: number },
): Promise<Tried> {
  const folders = contractFolders(folder);
  const { differences, openPlaces } = checkPages([capture], loadDocuments(folders), false);
  const unexplained = differences.filter(({ explainedBy }) => explainedBy.length === 0);
  const contract = loadContract(folders);
  const tested = casesByClause(contract, casesOfAnyTarget(contract));
  const untested = loadUntested(folders, contract);
  const own = [...contract.clauses.values()].filter((clause) => clause.api === api);
  const without = own.filter(({ id }) => !tested.has(id));
  const records = await runApi(contract, api, { credentials, seed });
  const verdict = verdictOf(records);
  return {
    clauses: own.length,
    reasons: without.length,
    cases: records.length,
    notTestable: records.filter(({ outcome }) => outcome === 'not-testable').length,
    verdict,
    harnessErrors: records.filter(({ outcome }) => outcome === 'harness-error').length,
    troubles: [
      ...openPlaces.map(({ place }) => `check: ${place} is open`),
      ...unexplained.map(
        (one) => `check: ${one.kind} (${one.fact}) ${one.page?.place ?? ''} ${one.hint ?? ''}`,
      ),
      ...staleUntested(untested, tested).map(({ message }) => `clauses: ${message}`),
      ...without
        .filter(({ id }) => !untested.reasons.has(id))
        .map(({ id }) => `clauses: ${id} has neither case nor reason`),
      ...(verdict === 'conformant' ? [] : records.flatMap(unwanted)),
    ],
  };
}

function unwanted({ id, outcome, reason, acknowledged, findings }: CaseRecord): string[] {
  if (outcome === 'conforms' || outcome === 'warns' || acknowledged) return [];
  const [found] = findings.filter((one) => one.outcome === 'violates');
  const what = found
    ? `${found.clause} at ${found.place}: expected ${found.expected}, got ${found.actual}`
    : reason;
  return [`run: ${id}: ${outcome}, ${what}`];
}

async function runApi(
  contract: Contract,
  api: string,
  { credentials, seed }: { readonly credentials: Credentials; readonly seed: number },
): Promise<readonly CaseRecord[]> {
  const sandbox = await startSandbox({ contract, credentials });
  try {
    const profile = readProfile(sandbox.profilePath, contract, {});
    if (profile.kind !== 'ready') throw new Error('the embedded target wrote a profile without an address');
    const engine = openEngine({ contract, profile, seed });
    try {
      const records: CaseRecord[] = [];
      const cases = allCases(contract, profile, seed).filter((one) => one.api.id === api);
      for await (const record of engine.runAll(cases)) records.push(record);
      return records;
    } finally {
      await engine.close();
    }
  } finally {
    await sandbox.close();
  }
}
