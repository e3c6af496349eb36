import type { Aspect } from '../../contract/limits.ts';
import type { Api, Clause, Contract, Header } from '../../contract/model.ts';
import { type Field, fieldsOf, type Schema } from '../../contract/schema.ts';
import type { Told } from './told.ts';

/** The sentence of a clause in both languages; undefined where only English is known. */
export type ClauseWords = (clause: Clause) => Told | undefined;

/**
 * A function that tells a clause's sentence, made of what the documents say of it and not of the English words.
 *
 * @param written the Korean of promises that the documents put into words, by the id of the clause
 */
export function clauseWords(contract: Contract, written: ReadonlyMap<string, string>): ClauseWords {
  const apis = new Map(contract.apis.map((api) => [api.id, partsOf(api)]));
  return (clause) => {
    const parts = apis.get(clause.api);
    const ko = written.get(clause.id) ?? (parts && korean(clause, parts));
    return ko === undefined ? undefined : { en: clause.sentence, ko };
  };
}

interface ApiParts {
  readonly api: Api;
  readonly headers: ReadonlyMap<string, Header>;
  readonly fields: ReadonlyMap<string, Field>;
}

function partsOf(api: Api): ApiParts {
  const success = api.responses.filter(({ status }) => status < 300);
  const all = [
    ['request', api.request.headers, fieldsOf(api.request.body.schema)] as const,
    ...api.responses.map(({ headers }) => ['response', headers, []] as const),
    ...success.map(({ body }) => ['response', [], fieldsOf(body.schema)] as const),
  ];
  return {
    api,
    headers: new Map(all.flatMap(([side, headers]) => headers.map((one) => [`${side} ${one.name}`, one]))),
    fields: new Map(all.flatMap(([side, , fields]) => fields.map((one) => [`${side} ${one.path}`, one]))),
  };
}

function korean(clause: Clause, { api, headers, fields }: ApiParts): string | undefined {
  const { subject, part, name = '', aspect } = clause;
  switch (subject) {
    case 'operation':
      return `API는 ${api.method} ${api.path}에서 응답합니다.`;
    case 'request':
    case 'response': {
      const side = subject === 'request' ? '요청' : '응답';
      if (part === undefined) {
        if (aspect === 'content-type') return '응답은 JSON이며 콘텐츠 유형도 그렇게 표시합니다.';
        return subject === 'request'
          ? '요청 본문은 서버의 키로 암호화합니다.'
          : '성공 응답의 본문은 허용된 알고리즘으로 클라이언트의 키에 맞추어 암호화합니다.';
      }
      const header = part === 'header' ? headers.get(`${subject} ${name}`) : undefined;
      if (aspect === 'guard') return header?.guard && guards[header.guard](name);
      const field = part === 'field' ? fields.get(`${subject} ${name}`) : undefined;
      const about = `${side} ${part === 'header' ? '헤더' : '필드'} ${name}`;
      if (aspect === 'presence') return `${about}: ${presenceWords(clause.sentence)}`;
      const schema = header?.schema ?? field?.schema;
      const what = schema && isLimit(aspect) ? limitWords(schema, aspect) : undefined;
      return what === undefined ? undefined : `${about}: ${what}`;
    }
    case 'code': {
      const row = api.codes.find((one) => one.code === name);
      if (!row) return undefined;
      if (aspect === 'code') return `"${row.description}"에는 코드 ${row.code}로 응답합니다.`;
      if (aspect === 'status') return `코드 ${row.code}의 HTTP 상태는 ${row.status}입니다.`;
      const texts = row.messages.map(({ text }) => `"${text}"`).join(' 또는 ');
      return `코드 ${row.code}의 메시지는 ${texts}입니다.`;
    }
    case 'scenario': {
      const scenario = api.scenarios.find(({ id }) => id === `${api.id}/${name}`);
      return (
        scenario &&
        `준비된 요청 "${scenario.title}"의 응답은 HTTP ${scenario.status}, 코드 ${scenario.code}입니다.`
      );
    }
    case 'robustness':
      return '무엇이 와도 응답은 올바른 형식입니다. 5xx, 스택 트레이스, 서버 버전이 없습니다.';
    case 'behaviour':
      return undefined;
  }
}

const guards = {
  caller: (name: string) => `알 수 없는 ${name} 값의 요청은 받아들이지 않습니다.`,
  integrity: (name: string) => `${name} 값이 본문과 비밀 키에 맞지 않는 요청은 받아들이지 않습니다.`,
  key: (name: string) => `알 수 없는 ${name} 값의 암호화된 요청은 받아들이지 않습니다.`,
};

/** The presence of a field depends on its page too, which the sentence has taken into account. */
function presenceWords(sentence: string): string {
  if (sentence.endsWith('may be left out.')) return '생략할 수 있습니다.';
  return sentence.endsWith('when its condition holds.') ? '조건에 해당하면 있어야 합니다.' : '있어야 합니다.';
}

function isLimit(aspect: Clause['aspect']): aspect is Exclude<Aspect, 'presence'> {
  return aspect in limits;
}

function limitWords(schema: Schema, aspect: Exclude<Aspect, 'presence'>): string {
  const parts = [schema, ...(schema.anyOf ?? [])].map(limits[aspect]).filter((text) => text !== '');
  return `${[...new Set(parts)].join(' 또는 ')}입니다.`;
}

const limits: Readonly<Record<Exclude<Aspect, 'presence'>, (schema: Schema) => string>> = {
  type: ({ type }) => (type === undefined ? '' : (types[type] ?? '')),
  length: ({ minLength, maxLength, minItems, maxItems }) =>
    counted(minLength, maxLength, '자') || counted(minItems, maxItems, '개'),
  range: ({ minimum, maximum }) => {
    if (minimum === undefined && maximum === undefined) return '';
    if (maximum === undefined) return `${minimum} 이상의 값`;
    return minimum === undefined ? `${maximum} 이하의 값` : `${minimum}부터 ${maximum}까지의 값`;
  },
  form: ({ format, pattern }) =>
    format === undefined ? (pattern === undefined ? '' : `형식은 ${pattern}`) : `형식은 ${forms[format]}`,
  enum: ({ enum: values, const: value }) => {
    if (value !== undefined) return `값은 "${value}"`;
    return values === undefined ? '' : `값은 ${values.join(', ')} 중 하나`;
  },
};

function counted(min: number | undefined, max: number | undefined, of: string): string {
  if (min === undefined && max === undefined) return '';
  if (min === max) return `길이는 ${min}${of}`;
  return max === undefined ? `길이는 ${min}${of} 이상` : `길이는 ${min ?? 0}${of}부터 ${max}${of}까지`;
}

const types: Readonly<Record<string, string>> = {
  string: '문자열',
  integer: '정수',
  number: '숫자',
  boolean: '참 또는 거짓',
  object: '객체',
  array: '목록',
};

const forms: Readonly<Record<NonNullable<Schema['format']>, string>> = {
  'correlation-id': 'yyMMddHHmmss-xxxxxxx(x는 16진수 일곱 자리)',
  'compact-date-time': 'yyyyMMddHHmmss',
  yymm: 'YYMM',
};
