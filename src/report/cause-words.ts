/** What the sentences about a cause are made of; texts of its first finding. */
export interface CauseWords {
  /** Of the headers, fields, codes, scenarios or behaviours. */
  readonly name: string;
  /** The first clause in one sentence. */
  readonly promise: string;
  readonly place: string;
  readonly expected: string;
  readonly actual: string;
}

interface Wording {
  readonly sentence: (words: CauseWords) => string;
  readonly mend: (words: CauseWords) => string;
}

/** Each kind of cause: what is wrong, and what would end it. */
export const causeWording = {
  path: {
    sentence: ({ place, actual }) => `The API does not answer at ${place}: ${actual}.`,
    mend: ({ place }) => `Serve the API at ${place}.`,
  },
  'content-type': {
    sentence: ({ actual }) => `The content type of an answer does not say JSON: ${actual}.`,
    mend: () => 'Send Content-Type: application/json with every answer.',
  },
  'not-json': {
    sentence: ({ actual }) => `The body of an answer is no JSON: ${actual}.`,
    mend: () => 'Answer with a whole JSON body.',
  },
  'header-missing': {
    sentence: ({ name }) => `The response header ${name} is missing.`,
    mend: ({ name }) => `Send the header ${name} with every answer.`,
  },
  'header-value': {
    sentence: ({ name, expected, actual }) =>
      `The response header ${name} is ${actual}, which is not ${expected}.`,
    mend: ({ name, expected }) => `Send the header ${name} with ${expected}.`,
  },
  encryption: {
    sentence: ({ place, expected, actual }) => `At ${place} there is ${actual} in place of ${expected}.`,
    mend: () =>
      'Encrypt the body of a successful answer to the key of the client, and show nothing of it beside.',
  },
  'no-code': {
    sentence: ({ place }) => `Answers have no code at ${place}.`,
    mend: ({ expected, place }) => `Send ${expected} at ${place}.`,
  },
  'code-form': {
    sentence: ({ expected, actual }) => `Codes have another form: ${actual} in place of ${expected}.`,
    mend: ({ expected }) => `Write codes as the page does: ${expected}.`,
  },
  'wrong-code': {
    sentence: ({ expected, actual }) => `${actual} comes in place of ${expected}.`,
    mend: ({ expected }) => `Answer with ${expected}.`,
  },
  status: {
    sentence: ({ name, expected, actual }) => `${name} comes with HTTP ${actual} in place of ${expected}.`,
    mend: ({ name, expected }) => `Answer with HTTP ${expected} where the code is ${name}.`,
  },
  message: {
    sentence: ({ name, expected, actual }) => `The message of ${name} is ${actual} in place of ${expected}.`,
    mend: ({ name, expected }) => `Send ${expected} with ${name}.`,
  },
  'field-missing': {
    sentence: ({ name }) => `The response field ${name} is missing.`,
    mend: ({ name }) => `Send the field ${name} wherever it is documented.`,
  },
  'field-value': {
    sentence: ({ name, expected, actual }) =>
      `The response field ${name} is ${actual}, which is not ${expected}.`,
    mend: ({ name, expected }) => `Send ${name} with ${expected}.`,
  },
  echo: {
    sentence: ({ name, expected, actual }) =>
      `The response field ${name} is not what was sent: ${actual} in place of ${expected}.`,
    mend: ({ name }) => `Answer with the ${name} of the request, every digit of it.`,
  },
  scenario: {
    sentence: ({ place, expected, actual }) =>
      `The answer to a prepared request has ${actual} at ${place} in place of ${expected}.`,
    mend: ({ place, expected }) => `Answer with ${expected} at ${place}.`,
  },
  behaviour: {
    sentence: ({ promise, expected, actual }) =>
      `This does not hold: ${promise} Expected ${expected}, got ${actual}.`,
    mend: ({ promise }) => `See to it that this holds: ${promise}`,
  },
  guard: {
    sentence: ({ promise, actual }) => `This does not hold: ${promise} It is answered with ${actual}.`,
    mend: ({ promise }) => `See to it that this holds: ${promise}`,
  },
  taken: {
    sentence: ({ promise, actual }) =>
      `A request that breaks this is not refused as documented: ${promise} It is answered with ${actual}.`,
    mend: ({ name, expected }) => `Look at ${name}, and answer a bad value with ${expected}.`,
  },
  refused: {
    sentence: ({ name, actual }) => `A request with a good ${name} is refused: ${actual}.`,
    mend: ({ promise }) => `Take every value that is within its limits: ${promise}`,
  },
  graceful: {
    sentence: ({ place, expected, actual }) => `At ${place}: expected ${expected}, got ${actual}.`,
    mend: ({ expected }) => `Answer whatever comes with ${expected}.`,
  },
  other: {
    sentence: ({ place, expected, actual }) => `At ${place}: expected ${expected}, got ${actual}.`,
    mend: ({ place, expected }) => `Answer with ${expected} at ${place}.`,
  },
} as const satisfies Readonly<Record<string, Wording>>;

export type CauseKind = keyof typeof causeWording;

/** What is wrong, in one sentence. */
export function sentenceOf(kind: CauseKind, words: CauseWords): string {
  return causeWording[kind].sentence(words);
}

/** What would end it, most likely, in one sentence. */
export function mendOf(kind: CauseKind, words: CauseWords): string {
  return causeWording[kind].mend(words);
}
