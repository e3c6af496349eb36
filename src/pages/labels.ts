import type { LimitName, Mode, Presence, SectionName } from './page.ts';

/**
 * Every fixed word of a documentation page, in English and Korean. To teach the parser another spelling, add it
 * here. Case counts: `Required` is a label, `required` is prose.
 */

export type FieldName = 'code' | 'message' | 'description';

export const HEADINGS: Readonly<Record<SectionName, readonly string[]>> = {
  requestHeaders: ['Request Headers', 'Request Header', '요청 헤더'],
  requestParameters: ['Request Parameters', 'Request Parameter', '요청 파라미터', '요청 파라메터'],
  responseHeaders: ['Response Headers', 'Response Header', '응답 헤더'],
  responseParameters: ['Response Parameters', 'Response Parameter', '응답 파라미터', '응답 파라메터'],
  responseCode: ['Response Code', 'Response Codes', '응답 코드'],
  testData: ['Test Data', '테스트 데이터'],
};

export const PRESENCES: Readonly<Record<Presence, readonly string[]>> = {
  Required: ['Required', '필수'],
  Optional: ['Optional', '옵션', '선택'],
  Conditional: ['Conditional', '조건부'],
};

/** `async` first: 비동기 ends in 동기. */
export const MODES: Readonly<Record<Mode, readonly string[]>> = {
  async: ['Async', '비동기'],
  sync: ['Sync', '동기'],
};

/** Labels of a response code, each above its value. */
export const FIELDS: Readonly<Record<FieldName, readonly string[]>> = {
  code: ['Error code', 'Error Code', '에러 코드', '에러코드', '오류 코드'],
  message: ['Message', '메시지'],
  description: ['Description', '설명'],
};

/** Labels followed by a colon and a value on the same line. */
export const LIMITS: Readonly<Record<LimitName, readonly string[]>> = {
  length: ['Length', '길이'],
  min: ['Min', '최소'],
  max: ['Max', '최대'],
  value: ['Value', '값'],
};
export const FORM = ['Form', 'Format', '형식', '포맷', '포멧'];
export const VERSION = ['Version', '버전'];

/** Types known to stand alone on their line; besides these, anything that begins with one of TYPE_PREFIXES. */
export const TYPES = [
  ...['string', 'number', 'integer', 'int', 'long', 'float', 'double', 'decimal', 'boolean'],
  ...['object', 'array', 'list', 'map', 'date', 'datetime', 'file', 'binary', 'any'],
  ...['문자열', '숫자', '정수', '객체', '배열', '객체 배열', '문자열 배열'],
];
export const TYPE_PREFIXES = ['array of ', 'list of '];
export const OBJECT_TYPES = ['object', 'map', '객체'];
export const ARRAY_TYPES = ['array', 'list', '배열', '객체 배열', '문자열 배열'];

/** With or without the bar that the pages draw behind it. */
export const ENCRYPTED = ['Encrypted', 'Encryption', '암호화', '암호화 처리', '암호화처리'];
export const MARK = '|';
/** What stands below the mark: a link to the platform's guide. */
export const GUIDE_NOTE = [
  ...['Check out', 'Guidelines', 'for more information.'],
  ...['더 자세한 정보는', '가이드라인', '을 참조하세요.'],
];
export const SHOW_ALL = ['Show All', 'Show all', '전체 보기', '전체보기', '모두 보기'];

/** Buttons and choices of the page's form that a copy takes along; they say nothing of a parameter. */
export const WIDGETS = ['Add object', 'Add Object', '객체 추가'];
export const CHOICES = ['true', 'false'];

/** What stands above the title on every page. */
export const SITE_HEADER = [
  ...['Konaplate logo', 'API Documentation', 'All API', 'Service'],
  ...['API 문서', '전체 API', '모든 API', '서비스'],
];

/** The "Try It" panel below the test data. */
export const PANEL = [
  ...['Loading ...', 'Loading...', 'Click Try It!', 'to start a Request and see the Response here!'],
  ...['로딩 중...', '로딩중...'],
];
/** In every language of the page. */
export const PANEL_BUTTON = 'Try It!';
/** Belong to the panel only beside a line of PANEL; elsewhere they are ordinary words. */
export const PANEL_TITLES = ['Request', 'Response', '요청', '응답'];

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
/** Between the status and the title of a scenario. */
export const DASHES = ['-', '–', '—'];
export const BULLETS = ['-', '•', '*', '·', '‣', '▪', '–'];
