/** Invented pages in the forms that pages come in, from the parts that differ. */

interface Form {
  readonly title: string;
  readonly path: string;
  /** Blocks of lines, set apart by an empty line. */
  readonly request: string;
  readonly response?: string;
  readonly versions?: readonly string[];
  readonly aspId?: number;
}

const HEADERS = (aspId: number) => `X-KM-User-AspId

string

Required

Length : ${aspId}

Who calls

X-KM-Crypto-Key-Id

string

Optional

Length : 32

Which key

- Required value when the body is sealed.`;

/** A whole page in English. */
export function wholePage({ title, path, request, response, versions = ['v1'], aspId = 15 }: Form): string {
  return `Konaplate logo

API Documentation

All API

Service


${title}Sync

Version: ${versions[0]}


${versions.map((version) => `Version: ${version}`).join('\n\n')}

POST

${path}

What the lantern office does.

Request Headers


${HEADERS(aspId)}

Request Parameters

${request}

Response Headers


X-KM-Crypto-Key-Id

string

Optional

Length : 32

Which key

${response === undefined ? '' : `Response Parameters\n\n${response}\n\n`}Response Code

How a lantern answers


200

Error code

000_000

Message

Success.

Description

Lit


400

Error code

031_001

Message

No such lantern.

Description

Unknown lantern

Test Data

200 - Lit


200 - Lit
400 - Unknown lantern
Loading ...

Request

Loading...

Response

Click Try It!
to start a Request and see the Response here!


Lanterns OneLanterns Two
`;
}

const KOREAN: readonly (readonly [string | RegExp, string])[] = [
  ['API Documentation', 'API 문서'],
  ['All API', '전체 API'],
  [/^Service$/m, '서비스'],
  [/Sync$/m, '동기'],
  [/Version:/g, '버전:'],
  ['Request Headers', '요청 헤더'],
  ['Request Parameters', '요청 파라미터'],
  ['Response Headers', '응답 헤더'],
  ['Response Parameters', '응답 파라미터'],
  ['Response Code', '응답 코드'],
  ['Test Data', '테스트 데이터'],
  [/^Required$/gm, '필수'],
  [/^Optional$/gm, '옵션'],
  [/^Conditional$/gm, '조건부'],
  [/^Length/gm, '길이'],
  [/^Error code$/gm, '에러 코드'],
  [/^Message$/gm, '메시지'],
  [/^Description$/gm, '설명'],
];

/** The same page with Korean labels. */
export function korean(page: string): string {
  return KOREAN.reduce((text, [english, label]) => text.replace(english, label), page);
}

/** The page as a narrow window shows it: without empty lines, method, requests, scenarios and navigation. */
export function compact(page: string): string {
  return page
    .replace('\nPOST\n', '\n')
    .replace('Konaplate logo\n', '')
    .replace(/(Request Headers\n)[\s\S]*?(Request Parameters\n)[\s\S]*?(Response Headers\n)/, '$1$2$3')
    .replace(/(Test Data\n)[\s\S]*?Click Try It!/, '$1Request\nResponse\nClick Try It!')
    .replace(/(Response here!\n)[\s\S]*$/, '$1')
    .replace(/\n{2,}/g, '\n');
}

export const LISTS = wholePage({
  title: 'Search for Lanterns',
  path: '/api/v1/lanterns/search',
  request: `
kind

string

Required

Length : 1

Which kind (0: oil, 1: wax)

Second line of it.

Third line of it.

harbour

string

Optional

Length : 3

Where it hangs

North Quay 088   South 004
Mill 020   Old Mill 081

mood

string

Optional

Min : 3 , Max : 6

How it shines

BRIGHT: all of it
DIM: some of it

glass

string

Optional

Length : 15

01: clear
02: milky

wick

string

Optional

Length : 6

- FLAT : a flat one
- ROUND : a round one

lit

boolean

Optional

true


true

false

Whether it burns

keeper

string

Conditional

Length : 20

Who keeps it

oil

string

Optional

Min : 0 , Max : 9999999999999999999

How much is left`,
  response: `
lanterns

array of objects

Required

What was found

owner

object

Optional

Whose they are`,
});

export const KOREAN_SEALED = korean(
  wholePage({
    title: '등불 등록',
    path: '/api/v1/lanterns/register',
    request: `
암호화 처리|
더 자세한 정보는
가이드라인
을 참조하세요.

lanternNo

string

Required

Length : 8

등불의 번호

note

string

Conditional

Length : 30

개인 등불인 경우는 제외합니다.`,
  }),
);

export const FIFTEEN_AND_ONE = wholePage({
  title: 'Light a Lantern',
  path: '/api/v1/lanterns/light',
  aspId: 16,
  versions: ['v2', 'v1', 'v0'],
  request: '',
});

export const COMPACT = compact(LISTS);
