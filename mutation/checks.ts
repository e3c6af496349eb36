import type { TrialFinding } from './trial.ts';

/** One check of the judge, recognised by what it writes into its findings. */
export interface JudgeCheck {
  readonly name: string;
  /** Whether a finding is this check's. */
  readonly made: (finding: TrialFinding) => boolean;
}

const responseField = /^[\w-]+\.response\.(?!header\.|content-type$|encryption$).+\.(\w+)$/;

/** Every place at which the judge breaks a clause or warns; a finding belongs to exactly one. */
export const judgeChecks: readonly JudgeCheck[] = [
  check('path: the API answers at all', ({ clause }) => clause.endsWith('.operation.path')),
  check(
    'content type: the header',
    (one) => ends(one, '.response.content-type') && one.place.startsWith('header'),
  ),
  check(
    'content type: the body is JSON',
    (one) => ends(one, '.response.content-type') && one.place === 'body',
  ),
  ...(['presence', 'length', 'form'] as const).map((aspect) =>
    check(
      `response header: ${aspect}`,
      (one) => one.of === 'answer' && isHeader(one) && ends(one, `.${aspect}`),
    ),
  ),
  check('response encryption', (one) => ends(one, '.response.encryption')),
  check(
    'code: there is one',
    (one) => one.of === 'answer' && isCode(one, 'code') && one.expected.startsWith('the code '),
  ),
  check(
    'code: it is the documented one',
    (one) => one.of === 'answer' && isCode(one, 'code') && !one.expected.startsWith('the code '),
  ),
  check('status', (one) => one.of === 'answer' && isCode(one, 'status')),
  check('message', (one) => one.of === 'answer' && isCode(one, 'message')),
  ...(['presence', 'type', 'length', 'range', 'enum'] as const).map((aspect) =>
    check(`body: ${aspect}`, (one) => one.of === 'answer' && responseField.exec(one.clause)?.[1] === aspect),
  ),
  check('body: equal to what was sent', (one) => responseField.exec(one.clause)?.[1] === 'echo'),
  check('body: what the scenario asks beyond', ({ clause }) => /^[\w-]+\.scenario\./.test(clause)),
  check('rejection: not as before the change', (one) => isRejection(one) && isAsBefore(one)),
  check(
    'rejection: no other documented outcome',
    (one) => isRejection(one) && !isAsBefore(one) && one.expected === 'a rejection of the request',
  ),
  check(
    'rejection: the documented code only',
    (one) => isRejection(one) && !isAsBefore(one) && one.expected !== 'a rejection of the request',
  ),
  check('rejection: status', (one) => one.of === 'refusal' && isCode(one, 'status')),
  check('rejection: message', (one) => one.of === 'refusal' && isCode(one, 'message')),
  check('rejection: headers', (one) => one.of === 'refusal' && isHeader(one)),
  check(
    'understood: a value at its limit',
    ({ expected }) => expected === 'an answer to a value within its limits',
  ),
  ...[
    'number-is-unique',
    'number-is-inquiry-input',
    'registered-account-is-changed',
    'statuses-never-go-back',
    'comes-to-an-end',
  ].map((id) => check(`over time: ${id}`, (one) => ends(one, `.behaviour.${id}`))),
  ...overTime('one-at-a-time', [
    ['of the same member', '002_013 while'],
    ['of another member', 'no 002_013'],
  ]),
  ...overTime('shows-registered-account', [
    ['there is one', '000_000 for'],
    ['its number', 'the account that was registered last'],
    ['its bank', 'the bank code'],
    ['none that failed', 'no account whose'],
  ]),
  ...overTime('account-is-gone', [
    ['at once', 'no account after'],
    ['for good', 'no account at a second look'],
    ['of no other member', 'the account of another member'],
  ]),
  check('manners: no 5xx for a bad request', (one) => isManners(one) && one.expected === 'a 4xx'),
  check('manners: no 5xx', (one) => isManners(one) && one.expected === 'no 5xx'),
  check('manners: no stack trace', (one) => isManners(one) && one.expected === 'no stack trace'),
  check(
    'manners: no version of a server',
    (one) => isManners(one) && one.expected === 'no version of a server',
  ),
  check('manners: JSON, or nothing', (one) => isManners(one) && one.expected === 'JSON, or nothing'),
];

function check(name: string, made: JudgeCheck['made']): JudgeCheck {
  return { name, made };
}

/** The checks of one promise over time, each known by how what it expects begins. */
function overTime(
  id: string,
  checks: readonly (readonly [name: string, expected: string])[],
): readonly JudgeCheck[] {
  return checks.map(([name, expected]) =>
    check(
      `over time: ${id}, ${name}`,
      (one) => ends(one, `.behaviour.${id}`) && one.expected.startsWith(expected),
    ),
  );
}

function ends({ clause }: TrialFinding, text: string): boolean {
  return clause.endsWith(text);
}

function isHeader({ clause }: TrialFinding): boolean {
  return /^[\w-]+\.response\.header\./.test(clause);
}

function isCode({ clause }: TrialFinding, aspect: 'code' | 'status' | 'message'): boolean {
  return new RegExp(`^[\\w-]+\\.code\\.\\w+\\.${aspect}$`).test(clause);
}

function isRejection({ expected }: TrialFinding): boolean {
  return expected.startsWith('a rejection');
}

function isAsBefore({ actual }: TrialFinding): boolean {
  return actual.endsWith('as to a request without this fault');
}

function isManners({ clause }: TrialFinding): boolean {
  return clause.endsWith('.robustness.graceful');
}
