import { factsOn } from '../../contract/facts.ts';
import type { Api, Facts } from '../../contract/model.ts';
import { fieldsOf } from '../../contract/schema.ts';

/** The parts of a documentation page, in its order. */
export const pageParts = [
  'operation',
  'request-headers',
  'request-fields',
  'response-headers',
  'response-fields',
  'codes',
  'scenarios',
] as const;

export type PagePart = (typeof pageParts)[number];

/** A thing that a documentation page tells of, with its lines there. */
export interface Subject {
  readonly part: PagePart;
  /** A header, the path of a field, a code; undefined where the lines speak for themselves. */
  readonly name?: string;
  readonly lines: readonly number[];
}

/** What the page of an API tells of, in the order of the page. */
export function subjectsOf(api: Api): readonly Subject[] {
  const subjects: Subject[] = [];
  const add = (part: PagePart, name: string | undefined, facts: Facts | undefined) => {
    const lines = facts?.page.number === api.page.number ? [...facts.lines.values()].flat() : [];
    if (lines.length > 0) subjects.push({ part, ...(name !== undefined && { name }), lines });
  };
  add('operation', undefined, api.facts);
  add('request-fields', undefined, api.request.body.facts);
  for (const { name, facts } of api.request.headers) add('request-headers', name, facts);
  for (const { path, schema } of fieldsOf(api.request.body.schema)) {
    add('request-fields', path, factsOn(api.page, schema['x-source']));
  }
  for (const { headers, body, status } of api.responses) {
    for (const { name, facts } of headers) add('response-headers', name, facts);
    if (status >= 300) continue;
    add('response-fields', undefined, body.facts);
    for (const { path, schema } of fieldsOf(body.schema)) {
      add('response-fields', path, factsOn(api.page, schema['x-source']));
    }
  }
  for (const { code, facts } of api.codes) add('codes', code, facts);
  for (const { source } of api.scenarios) {
    if (source.page === api.page.number) subjects.push({ part: 'scenarios', lines: [source.line] });
  }
  return subjects;
}
