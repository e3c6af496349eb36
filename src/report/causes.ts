import { createHash } from 'node:crypto';
import { clauseId } from '../contract/clauses.ts';
import type { Clause, Contract, Source } from '../contract/model.ts';
import type { Finding } from '../judge/finding.ts';
import type { CaseRecord } from '../record/record.ts';
import { type CauseKind, type CauseWords, mendOf, sentenceOf, wordsOf } from './cause-words.ts';
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
  readonly outcome: CauseOutcome;
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

/** As what a cause counts, in the order in which causes are told. */
export const causeOutcomes = ['violates', 'waived', 'warns'] as const;

export type CauseOutcome = (typeof causeOutcomes)[number];

/** A finding with all that tells its cause. */
interface Seen extends Found {
  readonly record: CaseRecord;
  readonly api: string;
  /** Undefined when the documents have none of this id. */
  readonly clause: Clause | undefined;
}

interface Group {
  /** Its kind, and whatever tells it from others of that kind. */
  readonly key: readonly [CauseKind, ...string[]];
  readonly outcome: CauseOutcome;
  readonly seen: Seen[];
  /** What shows nothing but that an answer of `seen` was wrong. */
  readonly follows: Seen[];
}

/**
 * The causes of what a run has found, broken promises first, then by how many cases each keeps from passing. Every
 * finding of a violation, a waived one or a warning belongs to exactly one of them.
 */
export function causesOf(cases: readonly CaseRecord[], contract: Contract): readonly Cause[] {
  const facts = factsOf(cases, contract);
  // Nothing that a record says counts when the suite itself failed in it.
  const seen = cases
    .filter(({ outcome }) => outcome !== 'harness-error')
    .flatMap((record) =>
      record.findings.map((finding): Seen => {
        const clause = contract.clauses.get(finding.clause);
        return { case: record.id, finding, record, clause, api: clause?.api ?? record.api };
      }),
    );
  return causeOutcomes.flatMap((outcome) => {
    const groups = new Map<string, Group>();
    for (const one of seen.filter(({ finding }) => finding.outcome === outcome)) {
      const key = keyOf(one, facts);
      const name = JSON.stringify(key);
      const group = groups.get(name) ?? { key, outcome, seen: [], follows: [] };
      group.seen.push(one);
      groups.set(name, group);
    }
    return joined([...groups.values()], facts)
      .map((group) => causeOf(group, cases))
      .toSorted(
        (a, b) => b.blocks - a.blocks || b.findings.length - a.findings.length || (a.id < b.id ? -1 : 1),
      );
  });
}

/** What of the documents, and of the other answers, tells which findings have one cause. */
interface Facts {
  readonly contract: Contract;
  /** The clauses of the codes that came rightly somewhere. */
  readonly right: ReadonlySet<string>;
  /** The clauses of the codes one of which a promise wants in an answer. */
  readonly wanted: (one: Seen) => readonly string[];
  readonly isSuccess: (api: string, code: string) => boolean;
  readonly isDocumented: (api: string, code: string) => boolean;
}

function factsOf(cases: readonly CaseRecord[], contract: Contract): Facts {
  const apis = new Map(contract.apis.map((api) => [api.id, api]));
  const rows = (api: string, code: string) => apis.get(api)?.codes.filter((row) => row.code === code) ?? [];
  const ofBehaviours = codesOfBehaviours(contract);
  const isField = (id: string) => contract.clauses.get(id)?.part === 'field';
  return {
    contract,
    right: new Set(
      cases.flatMap(({ api, kind, outcome, clauses, kept, answered }) => [
        ...kept,
        // The refusal of a bad value keeps the clause of the field; the code that came with it is right as well.
        ...(kind !== 'scenario' &&
        outcome === 'conforms' &&
        answered?.code !== undefined &&
        clauses.some(isField)
          ? [clauseId.code(api, answered.code, 'code')]
          : []),
      ]),
    ),
    wanted: ({ api, clause, finding }) => {
      const own = apis.get(api);
      if (!own || !clause) return [];
      if (clause.subject === 'code') return [clauseId.code(api, clause.name ?? '', 'code')];
      if (clause.subject === 'behaviour') return ofBehaviours.get(clause.id) ?? [];
      if (clause.part !== 'field' || clause.subject !== 'request' || finding.check === 'limit.accepted')
        return [];
      const { badValueCodes } = own.platform;
      return [...badValueCodes, ...(own.rejections.get(clause.name ?? '') ?? [])].map((code) =>
        clauseId.code(api, code, 'code'),
      );
    },
    isSuccess: (api, code) => rows(api, code).some(({ status }) => status < 300),
    isDocumented: (api, code) => rows(api, code).length > 0,
  };
}

/** Promise over time → the clauses of the codes that may come with the answers that show it. */
function codesOfBehaviours({ apis, workflows }: Contract): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const add = (clause: string | undefined, codes: readonly string[]) => {
    if (clause !== undefined) found.set(clause, [...(found.get(clause) ?? []), ...codes]);
  };
  const successes = (operation: string | undefined) =>
    apis
      .filter(({ id }) => id === operation)
      .flatMap(({ id, codes }) =>
        codes.filter(({ status }) => status < 300).map(({ code }) => clauseId.code(id, code, 'code')),
      );
  for (const { processes, records } of workflows) {
    for (const { start, look, moves, promises } of processes) {
      const { oneAtATime, idIsUnique, idIsKnown, order, end } = promises;
      if (oneAtATime) add(oneAtATime.clause, [clauseId.code(start.operation, oneAtATime.code, 'code')]);
      add(idIsUnique, successes(start.operation));
      for (const clause of [idIsKnown, order, end]) add(clause, successes(look?.operation));
      for (const { clause, operation, refused } of moves) {
        add(clause, successes(operation));
        if (refused !== undefined) add(clause, [clauseId.code(operation, refused, 'code')]);
      }
    }
    for (const { process, show, promises } of records) {
      const start = processes.find(({ name }) => name === process)?.start;
      add(promises.shown, successes(show.operation));
      add(promises.removed, successes(show.operation));
      add(promises.replaced, successes(start?.operation));
    }
  }
  return found;
}

/** What findings of one cause have in common. */
function keyOf(seen: Seen, facts: Facts): Group['key'] {
  const { finding, clause, api } = seen;
  const { check, place, answered } = finding;
  if (!clause) return ['other', finding.clause];
  const { subject, name = '', aspect, part } = clause;
  switch (subject) {
    case 'operation':
      return ['path', api];
    case 'response':
      if (aspect === 'content-type') return [check === 'content-type.body' ? 'not-json' : 'content-type'];
      if (aspect === 'encryption') {
        return [place === `/${facts.contract.platform.encryption.member}` ? 'encryption' : 'in-clear'];
      }
      if (aspect === 'echo') return ['echo', name];
      if (aspect === 'presence') return [part === 'header' ? 'header-missing' : 'field-missing', name];
      return [part === 'header' ? 'header-value' : 'field-value', name, aspect];
    case 'code':
      if (aspect === 'status') return ['status', String(answered?.status ?? '')];
      if (aspect === 'message') {
        const row = facts.contract.apis.find(({ id }) => id === api)?.codes.find(({ code }) => code === name);
        return ['message', ...messageForm(row?.messages.map(({ text }) => text) ?? [], finding.actual)];
      }
      return codeKey(seen, name, facts);
    case 'scenario':
      return ['scenario', api, place];
    case 'behaviour':
      return ['behaviour', api, name];
    case 'robustness':
      // Both speak of a 5xx to a bad request.
      return ['graceful', check === 'robustness.client-error' ? 'robustness.no-server-error' : check];
    case 'request':
      if (check === 'limit.accepted') return ['refused', name, aspect];
      return aspect === 'guard' || aspect === 'encryption'
        ? ['guard', name || aspect]
        : ['taken', name, aspect];
  }
}

/**
 * A code in place of others is one cause: whatever is asked, this comes. A success in place of a refusal is one for each
 * refusal, since each has a check of its own behind it.
 */
function codeKey({ finding, api }: Seen, expected: string, facts: Facts): Group['key'] {
  const came = finding.answered?.code;
  if (finding.check === 'code.presence') return ['no-code'];
  if (came === undefined) return ['code-form'];
  if (!facts.isDocumented(api, came)) return ['wrong-code', came];
  return facts.isSuccess(api, came) ? ['wrong-code', api, came, expected] : ['wrong-code', api, came];
}

const aboutCodes: readonly CauseKind[] = ['no-code', 'code-form', 'wrong-code'];
const restOnCodes: readonly CauseKind[] = ['taken', 'behaviour'];

/**
 * Takes together what one wrong answer shows in several places. Where a documented code never comes as it should, all
 * that wants it and got the same other answer follows from that. Where it comes elsewhere, so that a single limit of a
 * single field is not looked at, the prepared request that breaks this limit shows the same.
 */
function joined(groups: readonly Group[], facts: Facts): readonly Group[] {
  const codes = groups.filter(({ key }) => aboutCodes.includes(key[0]));
  const others = groups.filter(({ key }) => restOnCodes.includes(key[0]));
  const lost = whereSeen(codes, facts, (code) => !facts.right.has(code));
  for (const group of others) move(group, (one) => groupsFor(one, lost, facts)[0]);
  const unchecked = whereSeen(
    others.filter(({ key }) => key[0] === 'taken'),
    facts,
  );
  for (const group of codes.filter(({ follows }) => follows.length === 0)) {
    move(group, (one) => {
      const [root, ...more] = groupsFor(one, unchecked, facts);
      return more.length === 0 ? root : undefined;
    });
  }
  return groups.filter(({ seen }) => seen.length > 0);
}

/** What came and what was wanted → the groups in which that was seen. */
function whereSeen(
  groups: readonly Group[],
  facts: Facts,
  isMeant: (code: string) => boolean = () => true,
): ReadonlyMap<string, ReadonlySet<Group>> {
  const found = new Map<string, Set<Group>>();
  for (const group of groups) {
    for (const one of group.seen) {
      for (const code of facts.wanted(one).filter(isMeant)) {
        const at = `${one.finding.answered?.code} ${code}`;
        found.set(at, (found.get(at) ?? new Set()).add(group));
      }
    }
  }
  return found;
}

function groupsFor(
  one: Seen,
  where: ReadonlyMap<string, ReadonlySet<Group>>,
  facts: Facts,
): readonly Group[] {
  const came = one.finding.answered?.code;
  return [...new Set(facts.wanted(one).flatMap((code) => [...(where.get(`${came} ${code}`) ?? [])]))];
}

/** Findings that show in another group what is wrong go there. */
function move({ seen }: Group, rootOf: (one: Seen) => Group | undefined): void {
  for (const one of seen.splice(0)) (rootOf(one)?.follows ?? seen).push(one);
}

function causeOf(group: Group, cases: readonly CaseRecord[]): Cause {
  const { key, outcome, seen, follows } = group;
  const all = [...seen, ...follows];
  const clauses = [...byNumber(seen), ...byNumber(follows), ...scenariosBroken(all)];
  const ofFirst = seen.filter(({ finding }) => finding.clause === clauses[0]);
  // What is prepared is told most easily.
  const example = ofFirst.find(({ record }) => record.kind === 'scenario') ?? ofFirst[0];
  if (!example) throw new Error('a cause has no finding');
  const [kind] = key;
  const words = wordsOf(example, seen);
  const showing = [...new Set(all.map((one) => one.case))];
  return {
    id: [...key, ...(outcome === 'violates' ? [] : [outcome])].map(shortened).join('.'),
    kind,
    words,
    clauses: [...new Set(clauses)],
    outcome,
    sentence: sentenceOf(kind, words),
    findings: all.map(({ case: id, finding }) => ({ case: id, finding })),
    answers: new Set(
      all.map(({ case: id, finding: { answered } }) => `${id} ${answered?.status} ${answered?.code}`),
    ).size,
    apis: [...new Set(all.map(({ api }) => api))],
    cases: showing,
    source: example.clause?.source ?? [],
    example: { case: example.case, finding: example.finding },
    mend: mendOf(kind, words),
    blocks: outcome === 'violates' ? showing.length + waitingFor(all, cases).length : 0,
  };
}

/** The clauses of some findings, those with most of them first. */
function byNumber(seen: readonly Seen[]): readonly string[] {
  const numbers = new Map<string, number>();
  for (const { finding } of seen) numbers.set(finding.clause, (numbers.get(finding.clause) ?? 0) + 1);
  return [...numbers].toSorted(([, a], [, b]) => b - a).map(([clause]) => clause);
}

/** The clauses of the scenarios whose answer had not their code and status, which says the same of them. */
function scenariosBroken(seen: readonly Seen[]): readonly string[] {
  return seen.flatMap(({ clause, record: { id, kind, expected } }) =>
    kind === 'scenario' &&
    clause?.subject === 'code' &&
    clause.aspect !== 'message' &&
    typeof expected !== 'string' &&
    clause.name === expected.code
      ? [clauseId.scenario(id)]
      : [],
  );
}

/** As a shell takes it unquoted. What is no plain name, such as a text of the target, becomes a few digits. */
function shortened(part: string): string {
  const plain = part.replaceAll('[]', '.each').replace(/^\//, '').replaceAll('/', '.');
  if (/^[\w.-]{1,80}$/.test(plain)) return plain;
  return createHash('sha256').update(part).digest('hex').slice(0, 6);
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

/** How much is broken, as every headline, table and count has it. Warnings of a SHOULD and waived findings are apart. */
export interface Broken {
  readonly causes: number;
  readonly findings: number;
  readonly cases: number;
  /** As many as are violated, whichever table counts them. */
  readonly clauses: number;
}

/** Counts what counts against the target. */
export function brokenBy(causes: readonly Cause[]): Broken {
  const counting = causes.filter(({ outcome }) => outcome === 'violates');
  return {
    causes: counting.length,
    findings: counting.reduce((sum, { findings }) => sum + findings.length, 0),
    cases: new Set(counting.flatMap(({ cases }) => cases)).size,
    clauses: new Set(counting.flatMap(({ clauses }) => clauses)).size,
  };
}

/** `2 causes, 188 findings in 97 cases, 6 clauses violated` */
export function brokenText({ causes, findings, cases, clauses }: Broken): string {
  const plural = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  return `${plural(causes, 'cause')}, ${plural(findings, 'finding')} in ${plural(cases, 'case')}, ${plural(clauses, 'clause')} violated`;
}
