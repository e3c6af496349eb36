/**
 * What a change of a page breaks, in one table.
 *
 * For a client: a program written by the old page may fail by the new one.
 * For the suite: a run judged by the old documents would call a good target bad, or leave a promise untested that a
 * target must keep.
 *
 * The first rule that fits counts. `narrower`/`wider`: fewer or more values are allowed; `stricter`/`looser`:
 * Optional < Conditional < Required.
 */

export type Where = 'operation' | 'request' | 'response' | 'code' | 'scenario' | 'catalogue' | 'page';
export type Change = 'added' | 'removed' | 'changed' | 'narrower' | 'wider' | 'stricter' | 'looser';

export interface Rule {
  readonly where: readonly Where[];
  /** Facts as in the documents; `item`: a header, field, code row or scenario as a whole. */
  readonly fact: readonly string[];
  readonly change: readonly Change[];
  /** For whole headers and fields: only those of this presence. */
  readonly presence?: 'Optional';
  readonly client: boolean;
  readonly suite: boolean;
  readonly why: string;
}

const BOTH = ['request', 'response'] as const;
const ANY: readonly Change[] = ['added', 'removed', 'changed', 'narrower', 'wider', 'stricter', 'looser'];

export const RULES: readonly Rule[] = [
  rule(['operation'], 'path method', ANY, true, true, 'the old address is no longer documented'),
  rule(['operation'], 'mode', ANY, true, true, 'an answer means another thing: done, or begun'),
  rule(['operation'], 'version', ['added'], false, false, 'the documented version is still there'),
  rule(['operation'], 'version', ['removed', 'changed'], true, true, 'the documented version is gone'),
  rule(['operation'], 'name', ANY, false, false, 'a name for people'),
  rule(BOTH, 'encrypted', ANY, true, true, 'a body is read or written in another way'),
  rule(BOTH, 'item', ['added'], false, false, 'may be left out', 'Optional'),
  rule(['request'], 'item', ['added'], true, true, 'must be sent, at least at times'),
  rule(['response'], 'item', ['added'], false, true, 'a new promise that no clause tests'),
  rule(['request'], 'item', ['removed'], true, true, 'no longer documented: it may be refused'),
  rule(['response'], 'item', ['removed'], true, true, 'no longer promised: it may not come'),
  rule(['request'], 'presence', ['stricter'], true, true, 'what was left out may now be refused'),
  rule(['request'], 'presence', ['looser'], false, true, 'a request without it may now be accepted'),
  rule(['response'], 'presence', ['stricter'], false, true, 'a new promise that no clause tests'),
  rule(['response'], 'presence', ['looser'], true, true, 'it may no longer come'),
  rule(['request'], 'limit', ['narrower', 'added'], true, true, 'what was sent may now be refused'),
  rule(['request'], 'limit', ['wider', 'removed'], false, true, 'what had to be refused may now be accepted'),
  rule(
    ['response'],
    'limit',
    ['narrower', 'added'],
    false,
    true,
    'a promise that the old clauses do not test',
  ),
  rule(
    ['response'],
    'limit',
    ['wider', 'removed'],
    true,
    true,
    'longer or greater values than were planned for',
  ),
  rule(['request'], 'values', ['removed'], true, true, 'what was sent may now be refused'),
  rule(['request'], 'values', ['added'], false, true, 'what had to be refused may now be accepted'),
  rule(['response'], 'values', ['removed'], true, true, 'who waits for the value waits in vain'),
  rule(['response'], 'values', ['added'], true, true, 'a value that nobody knows of'),
  rule(['request'], 'condition', ['removed'], false, true, 'a case that was bound to it is so no longer'),
  rule(BOTH, 'condition', ANY, true, true, 'when it must be there is said in another way'),
  rule(
    BOTH,
    'name type form nesting limit values presence',
    ANY,
    true,
    true,
    'written or read in another way',
  ),
  rule(['code'], 'item', ['added'], true, true, 'an answer that nobody knows of'),
  rule(['code'], 'item', ['removed'], false, true, 'a promised answer is gone'),
  rule(['code'], 'status code', ANY, true, true, 'another answer than was planned for'),
  rule(['code'], 'message', ANY, false, true, 'the text is a promise; programs go by the code'),
  rule(['scenario'], 'item title', ANY, false, true, 'other prepared test data than the suite replays'),
  rule(['catalogue'], 'catalogue', ANY, false, false, 'the list of all APIs'),
  rule(['page'], 'section', ANY, true, true, 'part of the page is gone or new'),
  // What a person has yet to read may be anything.
  rule(
    ['page', 'operation', ...BOTH],
    'uncertain unread hidden',
    ANY,
    true,
    true,
    'not certain; to be read by a person',
  ),
];

function rule(
  where: readonly Where[],
  facts: string,
  change: readonly Change[],
  client: boolean,
  suite: boolean,
  why: string,
  presence?: 'Optional',
): Rule {
  const common = { where, fact: facts.split(' '), change, client, suite, why };
  return presence === undefined ? common : { ...common, presence };
}

/** The rule for a change; what no rule foresees counts as breaking for both. */
export function ruleFor(where: Where, fact: string, change: Change, presence?: string): Rule {
  const found = RULES.find(
    (one) =>
      one.where.includes(where) &&
      one.fact.includes(fact) &&
      one.change.includes(change) &&
      (one.presence === undefined || one.presence === presence),
  );
  return found ?? rule([where], fact, [change], true, true, 'no rule for it; to be read by a person');
}
