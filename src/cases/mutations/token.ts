import { type TokenParts, tranToken } from '../../wire/tran-token.ts';
import type { Mutation } from './mutation.ts';
import { textEdits } from './text-edits.ts';

/** A change of the integrity token, or of what it vouches for. */
export type TokenMutation = Mutation & {
  /**
   * What an answer to it tells: whether the token guards the request; whether its form is looked into; or which of two
   * interpretations of that form a target follows.
   */
  readonly tells: 'guard' | 'form' | 'interpretation';
};

/** @param header the name of the header that bears the token */
export const tokenMutations = (header: string): readonly TokenMutation[] => [
  {
    name: 'altered-body',
    title: 'token altered body',
    tells: 'guard',
    breaks: ['body'],
    at: 'request',
    // White space that changes no meaning, only the bytes.
    apply: (request) => ({ ...request, body: new Uint8Array([...request.body, 0x20]) }),
  },
  onToken(header, {
    name: 'other-key',
    title: 'token other key',
    tells: 'guard',
    apply: (parts) => tranToken({ ...parts, secretKey: `${parts.secretKey}x` }),
  }),
  onToken(header, {
    name: 'altered-signature',
    title: 'token altered signature',
    tells: 'guard',
    apply: (parts) =>
      withSignature(parts, (text) => text.replace(lastOfSignature, (digit) => digitAfter(digit, 4))),
  }),
  onToken(header, {
    name: 'altered-signature-start',
    title: 'token altered signature start',
    tells: 'guard',
    apply: (parts) => withSignature(parts, (text) => text.replace(/^./, (digit) => digitAfter(digit, 1))),
  }),
  onToken(header, {
    name: 'other-case',
    title: 'token other case',
    tells: 'guard',
    // All but the last one, which in the other case might be no base64 of 32 bytes any more.
    apply: (parts) =>
      withSignature(parts, (text) => text.replace(/^.{42}(?=.=?$)/, textEdits.otherCase.apply)),
  }),
  onToken(header, {
    name: 'other-prefix',
    title: 'token other prefix',
    tells: 'form',
    apply: (parts) => tranToken(parts).replace(parts.signing.prefix, textEdits.alter.apply),
  }),
  onToken(header, {
    name: 'without-prefix',
    title: 'token without prefix',
    tells: 'form',
    apply: (parts) => tranToken(parts).slice(`${parts.signing.prefix}${parts.signing.separator}`.length),
  }),
  onToken(header, {
    name: 'malformed-time',
    title: 'token malformed time',
    tells: 'form',
    apply: (parts) => tranToken({ ...parts, time: parts.signing.time }),
  }),
  onToken(header, {
    name: 'without-signature',
    title: 'token without signature',
    tells: 'form',
    apply: (parts) => tranToken(parts).slice(0, startOfSignature(parts) - parts.signing.separator.length),
  }),
  onToken(header, {
    name: 'of-another-request',
    title: 'token of another request',
    tells: 'guard',
    apply: (parts) => tranToken({ ...parts, body: anotherBody(parts) }),
  }),
  onToken(header, {
    name: 'other-padding',
    title: 'token with the other base64 padding',
    tells: 'interpretation',
    apply: (parts) => tranToken({ ...parts, padding: parts.padding === 'padded' ? 'unpadded' : 'padded' }),
  }),
];

/** A change of the token alone. */
function onToken(
  header: string,
  mutation: Pick<TokenMutation, 'name' | 'title' | 'tells'> & {
    readonly apply: (parts: TokenParts) => string;
  },
): TokenMutation {
  return { ...mutation, breaks: [`header ${header}`], at: 'token' };
}

/** The token with its signature changed. */
function withSignature(parts: TokenParts, change: (signature: string) => string): string {
  const text = tranToken(parts);
  const start = startOfSignature(parts);
  return text.slice(0, start) + change(text.slice(start));
}

/** Where the signature begins in a token. */
function startOfSignature(parts: TokenParts): number {
  const { separator } = parts.signing;
  return tranToken(parts).lastIndexOf(separator) + separator.length;
}

function anotherBody({ body }: TokenParts): Uint8Array {
  const empty = new TextEncoder().encode('{}');
  return Buffer.compare(body, empty) === 0 ? new TextEncoder().encode('[]') : empty;
}

/** It carries 4 bits of the signature and 2 zero bits, which stay zero: another signature, not another spelling of it. */
const lastOfSignature = /[^=](?==?$)/;

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function digitAfter(digit: string, steps: number): string {
  return base64Digits.charAt((base64Digits.indexOf(digit) + steps) % base64Digits.length);
}
