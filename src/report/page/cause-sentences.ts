import type { CauseKind, CauseWords } from '../cause-words.ts';
import type { Cause } from '../causes.ts';
import type { Told } from './told.ts';

/** What a cause is and what would end it, in both languages. */
export function causeTold(
  { kind, words, sentence, mend }: Cause,
  promise: string,
): { sentence: Told; mend: Told } {
  const wording = korean[kind];
  return {
    sentence: { en: sentence, ko: wording.sentence(words, promise) },
    mend: { en: mend, ko: wording.mend(words, promise) },
  };
}

interface Wording {
  readonly sentence: (words: CauseWords, promise: string) => string;
  readonly mend: (words: CauseWords, promise: string) => string;
}

/** @see cause-words.ts for the English; `promise` is the sentence of the clause. */
const korean: Readonly<Record<CauseKind, Wording>> = {
  path: {
    sentence: ({ place, actual }) => `API가 ${place}에서 응답하지 않습니다: ${actual}`,
    mend: ({ place }) => `API를 ${place}에서 제공하세요.`,
  },
  'content-type': {
    sentence: ({ actual }) =>
      actual === 'missing' ? '응답에 콘텐츠 유형이 없습니다.' : `응답의 콘텐츠 유형이 다릅니다: ${actual}`,
    mend: () => '모든 응답에 Content-Type: application/json 헤더를 보내세요.',
  },
  'not-json': {
    sentence: ({ actual }) => `응답 본문이 JSON이 아닙니다: ${actual}`,
    mend: () => '온전한 JSON 본문으로 응답하세요.',
  },
  'header-missing': {
    sentence: ({ names }) => `응답 헤더가 없습니다: ${listed(names)}`,
    mend: ({ names }) => `모든 응답에 헤더를 보내세요: ${listed(names)}`,
  },
  'header-value': {
    sentence: ({ names, expected, actual }) =>
      `응답 헤더 ${listed(names)}: 문서와 다릅니다. ${instead(expected, actual)}`,
    mend: ({ names, expected }) => `헤더 ${listed(names)} 값을 문서대로 보내세요: ${expected}`,
  },
  encryption: {
    sentence: ({ place, actual }) => `응답이 문서대로 암호화되지 않았습니다. ${place} 위치: ${actual}`,
    mend: ({ place, expected }) => `${place} 위치에 다음을 보내세요: ${expected}`,
  },
  'in-clear': {
    sentence: ({ place }) => `암호화해야 할 내용이 ${place} 위치에 평문으로도 있습니다.`,
    mend: ({ place }) => `암호화된 메시지 옆의 ${place} 위치에는 아무것도 보내지 마세요.`,
  },
  'no-code': {
    sentence: ({ names, place }) =>
      `코드가 있어야 할 응답의 ${place} 위치에 코드가 없습니다: ${listed(names)}`,
    mend: ({ place }) => `${place} 위치에 코드를 보내세요.`,
  },
  'code-form': {
    sentence: ({ expected, actual }) => `코드의 표기가 다릅니다. ${instead(expected, actual)}`,
    mend: ({ names }) => `코드를 문서처럼 문자열로 쓰세요: "${names[0] ?? ''}"`,
  },
  'wrong-code': {
    sentence: ({ names, answered }) => `${listed(names)} 대신 ${answered?.code ?? '다른'} 코드로 응답합니다.`,
    mend: ({ expected, names }) =>
      names.length === 1
        ? `다음 코드로 응답하세요: ${expected}`
        : '준비된 요청마다 문서의 코드로 응답하세요.',
  },
  status: {
    sentence: ({ names, expected, actual }) =>
      `코드 ${listed(names)}의 HTTP 상태가 다릅니다. ${instead(expected, actual)}`,
    mend: ({ names, expected }) =>
      names.length === 1
        ? `코드 ${names[0]}에는 HTTP ${expected} 상태로 응답하세요.`
        : '코드마다 문서의 HTTP 상태로 응답하세요.',
  },
  message: {
    sentence: ({ names, expected, actual }) =>
      `코드 ${listed(names)}의 메시지가 다릅니다. ${instead(expected, actual)}`,
    mend: ({ names, expected }) =>
      names.length === 1
        ? `코드 ${names[0]}의 메시지를 문서대로 보내세요: ${expected}`
        : '코드마다 문서의 메시지를 글자 그대로 보내세요.',
  },
  'field-missing': {
    sentence: ({ names }) => `응답 필드가 없습니다: ${listed(names)}`,
    mend: ({ names }) => `문서에 있는 모든 응답에 필드를 보내세요: ${listed(names)}`,
  },
  'field-value': {
    sentence: ({ names, expected, actual }) =>
      `응답 필드 ${listed(names)}: 문서와 다릅니다. ${instead(expected, actual)}`,
    mend: ({ names, expected }) => `필드 ${listed(names)} 값을 문서대로 보내세요: ${expected}`,
  },
  echo: {
    sentence: ({ names, expected, actual }) =>
      `응답 필드 ${listed(names)}: 보낸 값과 다릅니다. ${instead(expected, actual)}`,
    mend: ({ names }) => `보낸 값을 모든 자리까지 그대로 돌려주세요: ${listed(names)}`,
  },
  scenario: {
    sentence: ({ place, expected, actual }) =>
      `준비된 요청에 대한 응답의 ${place} 값이 다릅니다. ${instead(expected, actual)}`,
    mend: ({ place, expected }) => `${place} 위치에 다음 값으로 응답하세요: ${expected}`,
  },
  behaviour: {
    sentence: ({ place, expected, actual }) =>
      `여러 요청에 걸친 약속을 어겼습니다(${place}). ${instead(expected, actual)}`,
    mend: (_, promise) => `다음이 지켜지게 하세요: ${promise}`,
  },
  guard: {
    sentence: ({ answered, actual }, promise) =>
      `지켜지지 않았습니다: ${promise} 그런 요청에 대한 응답: ${came(answered, actual)}`,
    mend: ({ expected }) => `그런 요청에는 다음과 같이 응답하세요: ${expected}`,
  },
  taken: {
    sentence: ({ answered, actual }, promise) =>
      `다음을 어긴 요청을 그대로 받아들이거나 다르게 응답합니다: ${promise} 응답: ${came(answered, actual)}`,
    mend: ({ expected }, promise) => `다음을 어긴 요청에는 ${expected}: ${promise}`,
  },
  refused: {
    sentence: ({ names, answered, actual }) =>
      `한계 안의 ${listed(names)} 값을 가진 요청을 거절합니다: ${came(answered, actual)}`,
    mend: (_, promise) => `다음에 맞는 값은 모두 받아들이세요: ${promise}`,
  },
  graceful: {
    sentence: ({ place, expected, actual }) =>
      `의미 없는 요청에 대한 응답이 올바르지 않습니다(${place}). ${instead(expected, actual)}`,
    mend: ({ place, expected }) => `무엇이 와도 다음과 같이 응답하세요(${place}): ${expected}`,
  },
  other: {
    sentence: ({ place, expected, actual }) => `${place} 위치의 값이 다릅니다. ${instead(expected, actual)}`,
    mend: ({ place, expected }) => `${place} 위치에 다음 값으로 응답하세요: ${expected}`,
  },
};

function instead(expected: string, actual: string): string {
  return `기대: ${expected} / 실제: ${actual}`;
}

function listed(names: readonly string[]): string {
  const more = names.length - 3;
  return `${names.slice(0, 3).join(', ')}${more > 0 ? ` 외 ${more}개` : ''}`;
}

function came(answered: CauseWords['answered'], actual: string): string {
  if (!answered) return actual;
  return `HTTP ${answered.status}, ${answered.code === undefined ? '코드 없음' : `코드 ${answered.code}`}`;
}
