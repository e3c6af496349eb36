import type { Clause, Contract, Source } from '../contract/model.ts';
import type { Finding } from '../judge/finding.ts';
import type { CaseRecord } from '../record/record.ts';
import { type CauseKind, type CauseWords, mendOf, sentenceOf } from './cause-words.ts';
import { messageForm } from './message-form.ts';

/** A finding, and the case in which it showed. */
export interface Found {
  readonly case: string;
  readonly finding: Finding;
}

/** Findings that one mend would end. */
export interface Cause {
  /** Short, and the same in every run that shows it. */
  readonly id: string;
  readonly kind: CauseKind;
  /** What its sentence and its mend are made of. */
  readonly words: CauseWords;
  /** The clauses that it breaks, first the one that says it best. */
  readonly clauses: readonly string[];
  readonly outcome: 'violates' | 'warns' | 'waived';
  /** What is wrong. */
  readonly sentence: string;
  readonly findings: readonly Found[];
  /** How many answers show it. */
  readonly answers: number;
  readonly apis: readonly string[];
  readonly cases: readonly string[];
  /** Where the page says so: the source of the first clause. */
  readonly source: readonly Source[];
  readonly example: Found;
  /** What would end it, most likely. */
  readonly mend: string;
  /** How many cases it keeps from passing: those that show it, and those whose control fails by it. */
  readonly blocks: number;
}

const outcomesOfCauses = ['violates', 'waived', 'warns'] as const;

type CauseOutcome = (typeof outcomesOfCauses)[number];

/** A finding with all that tells its cause. */
interface Seen extends Found {
  readonly record: CaseRecord;
  readonly api: string;
  /** Undefined when the documents have none of this id. */
  readonly clause: Clause | undefined;
}

interface Group {
  readonly key: readonly string[];
  readonly kind: CauseKind;
  readonly outcome: CauseOutcome;
  readonly seen: Seen[];
}

/** The causes of what a run has found, by how many cases each keeps from passing; broken promises first. */
export function causesOf(cases: readonly CaseRecord[], contract: Contract): readonly Cause[] {
  const groups = new Map<string, Group>();
  for (const record of cases) {
    // Nothing that a record says counts when the suite itself failed in it.
    if (record.outcome === 'harness-error') continue;
    for (const finding of record.findings) {
      const outcome = outcomesOfCauses.find((one) => one === finding.outcome);
      if (!outcome) continue;
      const clause = contract.clauses.get(finding.clause);
      const seen = { case: record.id, finding, record, clause, api: clause?.api ?? record.api };
      const [kind, ...rest] = keyOf(seen, contract);
      const key = [kind, ...rest];
      const name = JSON.stringify([outcome, ...key]);
      const group = groups.get(name) ?? { key, kind, outcome, seen: [] };
      group.seen.push(seen);
      groups.set(name, group);
    }
  }
  const causes = [...groups.values()].map((group) => causeOf(group, cases, contract));
  const rank = ({ outcome }: Cause) => outcomesOfCauses.indexOf(outcome);
  return causes.toSorted(
    (a, b) => rank(a) - rank(b) || b.blocks - a.blocks || b.findings.length - a.findings.length,
  );
}

/** What findings of one cause have in common: its kind, and whatever tells it from others of that kind. */
function keyOf(seen: Seen, contract: Contract): readonly [CauseKind, ...string[]] {
  const { finding, clause, api } = seen;
  const { check, place, answered } = finding;
  if (!clause) return ['other', finding.clause];
  const { subject, name = '', aspect, part } = clause;
  const came = answered?.code;
  switch (subject) {
    case 'operation':
      return ['path', api];
    case 'response':
      if (aspect === 'content-type') return [check === 'content-type.body' ? 'not-json' : 'content-type'];
      if (aspect === 'encryption') return ['encryption'];
      if (aspect === 'echo') return ['echo', name];
      if (aspect === 'presence') return [part === 'header' ? 'header-missing' : 'field-missing', name];
      return [part === 'header' ? 'header-value' : 'field-value', name, aspect];
    case 'code':
      if (aspect === 'status') return ['status', String(answered?.status ?? '')];
      if (aspect === 'message') {
        const row = contract.apis.find(({ id }) => id === api)?.codes.find(({ code }) => code === name);
        return ['message', ...messageForm(row?.messages.map(({ text }) => text) ?? [], finding.actual)];
      }
      if (check === 'code.presence') return ['no-code'];
      return came === undefined ? ['code-form'] : ['wrong-code', api, came];
    case 'scenario':
      return ['scenario', api, place];
    case 'behaviour':
      return ['behaviour', api, name];
    case 'robustness':
      return ['graceful', check];
    case 'request':
      if (check === 'limit.accepted') return ['refused', name, aspect];
      if (aspect === 'guard' || aspect === 'encryption') return ['guard', name];
      return ['taken', name, aspect];
  }
}

function causeOf(group: Group, cases: readonly CaseRecord[], contract: Contract): Cause {
  const { kind, key, outcome, seen } = group;
  const clauses = [...new Set(seen.map(({ finding }) => finding.clause))];
  const showing = [...new Set(seen.map((one) => one.case))];
  const [first] = seen;
  if (!first) throw new Error('a cause has no finding');
  const words = wordsOf(group, first);
  return {
    id: [...key, ...(outcome === 'violates' ? [] : [outcome])].join('.'),
    kind,
    words,
    clauses,
    outcome,
    sentence: sentenceOf(kind, words),
    findings: seen.map(({ case: id, finding }) => ({ case: id, finding })),
    answers: new Set(
      seen.map((one) => JSON.stringify([one.case, one.finding.answered?.status, one.finding.answered?.code])),
    ).size,
    apis: [...new Set(seen.map(({ api }) => api))],
    cases: showing,
    source: contract.clauses.get(first.finding.clause)?.source ?? [],
    example: { case: first.case, finding: first.finding },
    mend: mendOf(kind, words),
    blocks: outcome === 'violates' ? showing.length + waitingFor(seen, cases).length : 0,
  };
}

function wordsOf({ seen }: Group, { finding, clause }: Seen): CauseWords {
  const names = [...new Set(seen.flatMap((one) => one.clause?.name ?? []))];
  return {
    name:
      names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', '),
    promise: clause?.sentence ?? finding.clause,
    place: finding.place,
    expected: finding.expected,
    actual: finding.actual,
  };
}

/** The cases that were not exercised because the answer to their control was not the documented one. */
function waitingFor(seen: readonly Seen[], cases: readonly CaseRecord[]): readonly CaseRecord[] {
  const failed = new Set(
    seen.flatMap(({ record: { kind, api, expected, answered } }) =>
      kind === 'scenario' && typeof expected !== 'string' && answered?.code !== expected.code
        ? [`${api} ${expected.status} ${expected.code}`]
        : [],
    ),
  );
  return cases.filter(
    ({ kind, outcome, api, expected }) =>
      outcome === 'not-exercised' &&
      kind !== 'scenario' &&
      typeof expected !== 'string' &&
      failed.has(`${api} ${expected.status} ${expected.code}`),
  );
}
