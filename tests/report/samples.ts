import type { CaseRecord, LedgerHeader } from '../../src/record/record.ts';
import { assembleLedger, type Ledger } from '../../src/report/ledger/ledger.ts';
import { contract, root } from '../project.ts';

export { contract, root };

export const allIds = contract.apis.flatMap(({ scenarios }) => scenarios.map(({ id }) => id));

/** The record of a documented scenario that conforms, unless told otherwise. */
export function sampleRecord(id: string, different: Partial<CaseRecord> = {}): CaseRecord {
  const api = contract.apis.find(({ scenarios }) => scenarios.some((scenario) => scenario.id === id));
  const scenario = api?.scenarios.find((one) => one.id === id);
  if (!api || !scenario) throw new Error(`no scenario ${id}`);
  const row = `${api.id}.code.${scenario.code}`;
  return {
    type: 'case',
    id,
    api: api.id,
    kind: 'scenario',
    level: 'MUST',
    title: scenario.title,
    expected: { status: scenario.status, code: scenario.code },
    clauses: [id.replace('/', '.scenario.'), `${row}.code`, `${row}.status`, `${row}.message`],
    outcome: 'conforms',
    acknowledged: false,
    reason: '',
    findings: [],
    kept: [`${row}.code`, `${row}.status`, `${row}.message`],
    interpretations: [],
    notes: [],
    exchanges: [],
    startedAt: '2026-01-02T03:04:05.678Z',
    duration: 12.5,
    ...different,
  };
}

/** A record with one broken promise: the message of its code. */
export function brokenRecord(id: string, different: Partial<CaseRecord> = {}): CaseRecord {
  const { clauses } = sampleRecord(id);
  const finding = {
    clause: clauses.find((clause) => clause.endsWith('.message')) ?? '',
    outcome: 'violates',
    check: 'message',
    place: '/response/description',
    expected: '"Success."',
    actual: '"Fine & <dandy>"',
  } as const;
  return sampleRecord(id, {
    outcome: 'violates',
    reason: `${finding.place}: expected ${finding.expected}, got ${finding.actual}`,
    findings: [finding],
    kept: [],
    ...different,
  });
}

export function sampleHeader(different: Partial<LedgerHeader> = {}): LedgerHeader {
  return {
    type: 'header',
    ledger: 1,
    runId: 'sample-run',
    tool: { name: 'konaplate-conformance', version: '0.1.0' },
    documents: { title: contract.title, version: contract.version, digest: contract.digest },
    target: { name: 'sandbox', baseUrl: 'https://sandbox.example/open-api' },
    seed: 42,
    startedAt: '2026-01-02T03:04:05.000Z',
    selection: {},
    cases: { planned: allIds.length, all: allIds.length },
    ...different,
  };
}

/** A ledger in which the given records stand for their cases and every other planned case conforms. */
export function sampleLedger(
  records: readonly CaseRecord[] = [],
  {
    planned = allIds,
    problems = [],
    selection = {},
  }: {
    readonly planned?: readonly string[];
    readonly problems?: readonly string[];
    readonly selection?: LedgerHeader['selection'];
  } = {},
): Ledger {
  return assembleLedger({
    header: sampleHeader({ cases: { planned: planned.length, all: allIds.length }, selection }),
    planned,
    records: planned.map((id) => records.find((record) => record.id === id) ?? sampleRecord(id)),
    problems,
    missing: (id) => sampleRecord(id, { outcome: 'harness-error', reason: 'no record' }),
    finishedAt: '2026-01-02T03:04:06.000Z',
  });
}
