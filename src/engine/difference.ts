import type { KeyObject } from 'node:crypto';
import type { Part } from '../cases/mutations/mutation.ts';
import {
  getMember,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  JsonSyntaxError,
  type JsonValue,
  parseJson,
  stringifyJson,
  toPointer,
} from '../json/json.ts';
import type { Profile } from '../target/profile.ts';
import type { SentRequest } from '../wire/exchange.ts';
import type { Encryption } from '../wire/jwe.ts';
import type { BuiltRequest } from './request.ts';

/**
 * Every part in which a request differs from its control, the documented request of the control's body at the same
 * moment; see {@link Part}. What follows from another part (the ciphertext from the plain text, the token from the body
 * that it signs) counts only where it does not fit that.
 */
export function differences(control: JsonValue, built: BuiltRequest, profile: Profile): readonly Part[] {
  const { plaintext, recipient, encryption, good, payload, documented, sent } = built;
  const { serverPublicKey } = profile.credentials;
  return [
    ...textDifferences(stringifyJson(control), plaintext),
    ...(recipient && recipient !== serverPublicKey && !recipient.equals(serverPublicKey)
      ? (['recipient'] as const)
      : []),
    ...(recipient
      ? messageDifferences(good, payload, plaintext, {
          recipient,
          encryption,
          enc: profile.wire.contentEncryption,
        })
      : same(payload, Buffer.from(plaintext))
        ? []
        : (['body'] as const)),
    ...requestDifferences(documented, sent),
  ];
}

function textDifferences(control: string, changed: string): readonly Part[] {
  if (changed === control) return [];
  const before = parsed(control);
  if (!isJsonObject(before)) return ['plain text'];
  const added = addedNames(control, changed);
  if (added) {
    return added.map((name) =>
      Object.hasOwn(before, name) ? 'repeated member' : (`member ${toPointer([name])}` as const),
    );
  }
  const after = parsed(changed);
  const pointers = isJsonObject(after) ? differingPointers(before, after, '') : [];
  // No JSON, or the same members in another order or written otherwise.
  if (pointers.length === 0 || pointers.includes('')) return ['plain text'];
  return pointers.map((pointer) => `member ${pointer}` as const);
}

/** The names of the members behind all of the control's, to the letter; undefined where there is anything else. */
function addedNames(control: string, changed: string): readonly string[] | undefined {
  const kept = control === '{}' ? '{' : `${control.slice(0, -1)},`;
  if (!changed.startsWith(kept)) return undefined;
  try {
    // For the names alone, numbers need not be exact; a megabyte is read at once, and any nesting.
    const names = Object.keys(JSON.parse(`{${changed.slice(kept.length)}`));
    return names.length > 0 ? names : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined for what is no JSON, or none that leaves no doubt: a member that is there twice, too deep a nesting. */
function parsed(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

function differingPointers(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  at: string,
): readonly string[] {
  if (before === undefined || after === undefined) return [at];
  if (isJsonObject(before) && isJsonObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const kept = (one: JsonObject, other: JsonObject) =>
      Object.keys(one).filter((name) => Object.hasOwn(other, name));
    const isReordered = kept(before, after).join('\n') !== kept(after, before).join('\n');
    const below = names.flatMap((name) =>
      differingPointers(getMember(before, name), getMember(after, name), `${at}${toPointer([name])}`),
    );
    return isReordered ? [at, ...below] : below;
  }
  if (isJsonArray(before) && isJsonArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => differingPointers(item, after[index], `${at}/${index}`));
  }
  return stringifyJson(before) === stringifyJson(after) ? [] : [at];
}

const jweParts = ['encrypted key', 'initialization vector', 'ciphertext', 'authentication tag'] as const;

/** What is wrong with an encrypted body: against the good one, and in the good one against the text that is in it. */
function messageDifferences(
  good: Uint8Array,
  payload: Uint8Array,
  plaintext: string,
  expected: { readonly recipient: KeyObject; readonly encryption: Encryption; readonly enc: string },
): readonly Part[] {
  const { alg, member } = expected.encryption;
  const [header, ...parts] = jweIn(good, member) ?? [];
  const sizes = lengths(plaintext, expected.recipient);
  const misfits = [
    ...misfitsOfHeader(header, { alg, enc: expected.enc }),
    ...jweParts.filter((_, index) => bytesIn(parts[index]) !== sizes[index]),
  ];
  if (same(payload, good)) return misfits;
  const changed = jweIn(payload, member);
  if (!changed) {
    return same(payload, new TextEncoder().encode(plaintext))
      ? [...misfits, 'encryption']
      : [...misfits, 'body'];
  }
  const otherHeader = headerDifferences(headerIn(header), headerIn(changed[0]));
  // Another algorithm makes another message throughout.
  const isMadeAnew = otherHeader.some((part) => /^protected header (?:alg|enc)$/.test(part));
  return [
    ...misfits,
    ...otherHeader,
    ...(isMadeAnew ? [] : jweParts.filter((_, index) => changed[index + 1] !== parts[index])),
  ];
}

/** The parts of the JWE in the bytes of a body that is nothing but its one member. */
function jweIn(body: Uint8Array, member: string): readonly string[] | undefined {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const start = `{${JSON.stringify(member)}:"`;
  if (!text.startsWith(start) || !text.endsWith('"}')) return undefined;
  return text.slice(start.length, -2).split('.');
}

/** How the header of a good message departs from what it should be; one that has been found good is known again. */
function misfitsOfHeader(
  part: string | undefined,
  expected: { readonly alg: string; readonly enc: string },
): readonly Part[] {
  const key = `${expected.alg} ${expected.enc} ${part ?? ''}`;
  if (goodHeaders.has(key)) return [];
  const misfits = headerDifferences({ ...expected }, headerIn(part));
  if (misfits.length === 0) goodHeaders.add(key);
  return misfits;
}

/** As many as there are ways to encrypt. */
const goodHeaders = new Set<string>();

function headerIn(part: string | undefined): JsonValue {
  return parsed(Buffer.from(part ?? '', 'base64url').toString()) ?? null;
}

function headerDifferences(before: JsonValue, after: JsonValue): readonly Part[] {
  return differingPointers(before, after, '').map(
    (pointer) => `protected header ${pointer.slice(1)}` as const,
  );
}

function bytesIn(base64url = ''): number {
  return Math.floor((base64url.length * 3) / 4);
}

/** Of the parts of a JWE with AES-GCM, in bytes. */
function lengths(plaintext: string, recipient: KeyObject): readonly number[] {
  const key = (recipient.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  return [key, 12, Buffer.byteLength(plaintext), 16];
}

function requestDifferences(documented: SentRequest, sent: SentRequest): readonly Part[] {
  if (sent === documented) return [];
  return [
    ...(sent.method === documented.method ? [] : (['method'] as const)),
    ...(sent.url === documented.url ? [] : urlDifferences(new URL(documented.url), new URL(sent.url))),
    ...headersDiffering(documented, sent),
    ...(same(sent.body, documented.body) ? [] : (['body'] as const)),
  ];
}

function urlDifferences(before: URL, after: URL): readonly Part[] {
  const at = ({ origin, pathname, hash }: URL) => `${origin}${pathname}${hash}`;
  return [
    ...(at(after) === at(before) ? [] : (['path'] as const)),
    ...(after.search === before.search ? [] : (['query'] as const)),
  ];
}

function headersDiffering(documented: SentRequest, sent: SentRequest): readonly Part[] {
  const [before, after] = [valuesByName(documented), valuesByName(sent)];
  const differing = new Map(
    [...after, ...before].filter(
      ([key]) => before.get(key)?.values.join('\n') !== after.get(key)?.values.join('\n'),
    ),
  );
  const rest = ({ headers }: SentRequest) =>
    headers.map(([name]) => name).filter((name) => !differing.has(name.toLowerCase()));
  const [names, sentNames] = [rest(documented).join('\n'), rest(sent).join('\n')];
  return [
    ...[...differing.values()].map(({ name }) => `header ${name}` as const),
    ...(names.toLowerCase() === sentNames.toLowerCase() ? [] : (['order of headers'] as const)),
    ...(names === sentNames || names.toLowerCase() !== sentNames.toLowerCase()
      ? []
      : (['case of header names'] as const)),
  ];
}

/** Lower-case name → the name as it stands there and every value. */
function valuesByName({ headers }: SentRequest) {
  const found = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const [name, value] of headers) {
    const known = found.get(name.toLowerCase());
    if (known) known.values.push(value);
    else found.set(name.toLowerCase(), { name, values: [value] });
  }
  return found;
}

function same(one: Uint8Array, another: Uint8Array): boolean {
  return one === another || Buffer.compare(one, another) === 0;
}
