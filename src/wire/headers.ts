import type { RawHeader } from './exchange.ts';

/** Every value of a header, in order; names match whatever their case (RFC 9110, section 5.1). */
export function headerValues(headers: readonly RawHeader[], name: string): string[] {
  const wanted = name.toLowerCase();
  return headers.filter(([given]) => given.toLowerCase() === wanted).map(([, value]) => value);
}

/** Pairs a flat list name, value, name, value… as undici's raw headers and node's `rawHeaders` give it. */
export function pairHeaders(flat: readonly string[]): RawHeader[] {
  const pairs: RawHeader[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    pairs.push([flat[index] ?? '', flat[index + 1] ?? '']);
  }
  return pairs;
}
