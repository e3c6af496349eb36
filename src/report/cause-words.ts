import type { Clause, ClauseAspect } from '../contract/model.ts';
import type { Finding } from '../judge/finding.ts';

/** What the sentences about a cause are made of. */
export interface CauseWords {
  /** Of the headers, fields, codes, scenarios or behaviours that it is about. */
  readonly names: readonly string[];
  readonly aspect: ClauseAspect | undefined;
  /** The first clause in one sentence. */
  readonly promise: string;
  readonly place: string;
  readonly expected: string;
  readonly actual: string;
  /** With what the answer of the example came; undefined when none came. */
  readonly answered: Finding['answered'];
}

interface About {
  readonly finding: Finding;
  readonly clause: Clause | undefined;
}

/** The words of a cause, from its example and from all that it is made of. */
export function wordsOf({ finding, clause }: About, all: readonly About[]): CauseWords {
  const { place, expected, actual, answered } = finding;
  return {
    names: [...new Set([clause, ...all.map((one) => one.clause)].flatMap((one) => one?.name ?? []))],
    aspect: clause?.aspect,
    promise: clause?.sentence ?? `the documents have no clause ${finding.clause}`,
    place,
    expected,
    actual,
    answered,
  };
}

interface Wording {
  readonly sentence: (words: CauseWords) => string;
  readonly mend: (words: CauseWords) => string;
}

/** Each kind of cause: what is wrong, and what would end it. */
const wording = {
  path: {
    sentence: ({ place, actual }) => `The API does not answer at ${place}: ${actual}.`,
    mend: ({ place }) => `Serve the API at ${place}.`,
  },
  'content-type': {
    sentence: ({ actual }) =>
      actual === 'missing' ? 'Answers have no content type.' : `The content type of answers is ${actual}.`,
    mend: () => 'Send Content-Type: application/json with every answer.',
  },
  'not-json': {
    sentence: ({ actual }) => `The body of answers is no JSON: ${actual}.`,
    mend: () => 'Answer with a whole JSON body.',
  },
  'header-missing': {
    sentence: ({ names }) => `The response header ${listed(names)} is missing.`,
    mend: ({ names }) => `Send the header ${listed(names)} with every answer.`,
  },
  'header-value': {
    sentence: ({ names, expected, actual }) =>
      `The response header ${listed(names)} is not as documented: ${actual} in place of ${expected}.`,
    mend: ({ names, expected }) => `Send the header ${listed(names)} with ${expected}.`,
  },
  encryption: {
    sentence: ({ place, actual }) =>
      `Answers are not encrypted as documented: at ${place} there is ${actual}.`,
    mend: ({ place, expected }) => `Send ${expected} at ${place}.`,
  },
  'in-clear': {
    sentence: ({ place }) => `What must be encrypted stands beside it in plain text as well, at ${place}.`,
    mend: ({ place }) => `Send nothing at ${place} beside the encrypted message.`,
  },
  'no-code': {
    sentence: ({ names, place }) => `Answers that should bear ${listed(names)} have no code at ${place}.`,
    mend: ({ place }) => `Send the code at ${place}.`,
  },
  'code-form': {
    sentence: ({ expected, actual }) => `A code is written otherwise: ${actual} in place of ${expected}.`,
    mend: ({ names }) => `Write codes as the page does, as a text: "${names[0] ?? ''}".`,
  },
  'wrong-code': {
    sentence: ({ names, answered }) =>
      `${answered?.code ?? 'Another code'} comes in place of ${listed(names)}.`,
    mend: ({ expected, names }) =>
      names.length === 1 ? `Send ${expected}.` : 'Answer each prepared request with its documented code.',
  },
  status: {
    sentence: ({ names, actual, expected }) =>
      `${names[0]} comes with HTTP ${actual} in place of ${expected}${alike(names)}.`,
    mend: ({ names, expected }) =>
      names.length === 1
        ? `Send HTTP ${expected} with ${names[0]}.`
        : 'Send the documented HTTP status with each code.',
  },
  message: {
    sentence: ({ names, expected, actual }) =>
      `The message of ${names[0]} is ${actual === 'missing' ? actual : `${actual}, not ${expected}`}${alike(names)}.`,
    mend: ({ names, expected }) =>
      names.length === 1
        ? `Send ${expected} with ${names[0]}.`
        : 'Send the message of each code as the page has it, to the letter.',
  },
  'field-missing': {
    sentence: ({ names }) => `The response field ${listed(names)} is missing.`,
    mend: ({ names }) => `Send ${listed(names)} in every answer for which it is documented.`,
  },
  'field-value': {
    sentence: ({ names, expected, actual }) =>
      `The response field ${listed(names)} is not as documented: ${actual} in place of ${expected}.`,
    mend: ({ names, expected }) => `Send ${listed(names)} as ${expected}.`,
  },
  echo: {
    sentence: ({ names, expected, actual }) =>
      `The response field ${listed(names)} is not what was sent: ${actual} in place of ${expected}.`,
    mend: ({ names }) => `Answer with the value that was sent as ${listed(names)}, every digit of it.`,
  },
  scenario: {
    sentence: ({ place, expected, actual }) =>
      `A prepared request is answered with ${actual} at ${place} in place of ${expected}.`,
    mend: ({ place, expected }) => `Answer with ${expected} at ${place}.`,
  },
  behaviour: {
    sentence: ({ place, expected, actual }) =>
      `Over several requests: expected ${expected}, got ${actual} (${place}).`,
    mend: ({ promise }) => `See to it that this holds: ${promise}`,
  },
  guard: {
    sentence: ({ promise, answered, actual }) =>
      `This does not hold: ${promise} Such a request is answered with ${came(answered, actual)}.`,
    mend: ({ expected }) => `Answer such a request with ${expected}.`,
  },
  taken: {
    sentence: ({ names, aspect, answered, actual }) =>
      `A request ${departure(aspect, listed(names))} is answered with ${came(answered, actual)}.`,
    mend: ({ names, aspect, expected }) =>
      `Answer a request ${departure(aspect, listed(names))} with ${expected}.`,
  },
  refused: {
    sentence: ({ names, answered, actual }) =>
      `A request with a ${listed(names)} within its limits is refused: ${came(answered, actual)}.`,
    mend: ({ names, promise }) => `Take every ${listed(names)} that fits this: ${promise}`,
  },
  graceful: {
    sentence: ({ place, expected, actual }) =>
      `A request that makes no sense is answered with ${actual} (${place}), not with ${expected}.`,
    mend: ({ place, expected }) => `Answer whatever comes with ${expected} (${place}).`,
  },
  other: {
    sentence: ({ place, expected, actual }) => `At ${place}: expected ${expected}, got ${actual}.`,
    mend: ({ place, expected }) => `Answer with ${expected} at ${place}.`,
  },
} as const satisfies Readonly<Record<string, Wording>>;

export type CauseKind = keyof typeof wording;

export const causeKinds: Readonly<Record<CauseKind, unknown>> = wording;

/** What is wrong, in one sentence. */
export function sentenceOf(kind: CauseKind, words: CauseWords): string {
  return wording[kind].sentence(words);
}

/** What would end it, most likely, in one sentence. */
export function mendOf(kind: CauseKind, words: CauseWords): string {
  return wording[kind].mend(words);
}

/** Three names at most. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return [shown.slice(0, -1).join(', '), ...shown.slice(-1)].filter((one) => one !== '').join(' and ');
}

/** What is wrong with the first is wrong with the others, too. */
function alike([, ...others]: readonly string[]): string {
  return others.length === 0 ? '' : `, and ${listed(others)} alike`;
}

function came(answered: Finding['answered'], actual: string): string {
  if (!answered) return actual;
  return `HTTP ${answered.status}${answered.code === undefined ? ' and no code' : ` and ${answered.code}`}`;
}

/** How a request departs from one limit of one of its parts. */
function departure(aspect: ClauseAspect | undefined, name: string): string {
  switch (aspect) {
    case 'presence':
      return `without ${name}`;
    case 'type':
      return `with a ${name} of another type`;
    case 'length':
      return `with a ${name} of a wrong length`;
    case 'range':
      return `with a ${name} outside its range`;
    case 'form':
      return `with a ${name} of another form`;
    case 'enum':
      return `with a ${name} that is not listed`;
    default:
      return `with a wrong ${name}`;
  }
}
