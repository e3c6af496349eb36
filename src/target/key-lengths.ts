import { sourcesOf } from '../contract/facts.ts';
import { allowed } from '../contract/limits.ts';
import type { Contract, Header, Source } from '../contract/model.ts';
import type { Credentials } from './profile.ts';

/** The length that the pages give to a header which bears one of a profile's keys. */
export interface KeyLength {
  readonly key: 'aspId' | 'accessKey' | 'cryptoKeyId';
  /** That header, as each page has it. */
  readonly headers: readonly Header[];
  readonly source: Source;
}

/** Those of all keys that any page gives a length. */
export function keyLengths({ apis, platform }: Contract): readonly KeyLength[] {
  return (['aspId', 'accessKey', 'cryptoKeyId'] as const).flatMap((key) => {
    const headers = apis.flatMap(({ request }) =>
      request.headers.filter(({ name, facts }) => facts && name === platform.headers[key]),
    );
    const [source] = headers.flatMap(({ facts }) => sourcesOf(facts, 'limit'));
    return source ? [{ key, headers, source }] : [];
  });
}

/** A line for each key of another length than any page gives it. The target decides. */
export function lengthNotes(credentials: Credentials, lengths: readonly KeyLength[]): readonly string[] {
  return lengths.flatMap(({ key, headers, source }) => {
    const { length } = credentials[key];
    const fits = headers.some(
      ({ schema: { minLength = 0, maxLength = length } }) => length >= minLength && length <= maxLength,
    );
    if (fits) return [];
    const said = [...new Set(headers.map(({ schema }) => allowed(schema, 'length')))].join(' or ');
    return [
      `credentials.${key} has ${length} characters; the documents say ${said} (specs/pages.yaml, page ${source.page}, line ${source.line})`,
    ];
  });
}
