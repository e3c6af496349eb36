import { HEADER } from '../../wire/headers.ts';
import { type TokenParts, tokenPrefix, tranToken } from '../../wire/tran-token.ts';
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

export const tokenMutations: readonly TokenMutation[] = [
  {
    name: 'altered-body',
    title: 'token altered body',
    tells: 'guard',
    breaks: ['body'],
    at: 'request',
    // White space that changes no meaning, only the bytes.
    apply: (request) => ({ ...request, body: new Uint8Array([...request.body, 0x20]) }),
  },
  onToken({
    name: 'other-key',
    title: 'token other key',
    tells: 'guard',
    apply: (parts) => tranToken({ ...parts, secretKey: `${parts.secretKey}x` }),
  }),
  onToken({
    name: 'altered-signature',
    title: 'token altered signature',
    tells: 'guard',
    apply: (parts) => tranToken(parts).replace(lastOfSignature, (digit) => digitAfter(digit, 4)),
  }),
  onToken({
    name: 'altered-signature-start',
    title: 'token altered signature start',
    tells: 'guard',
    apply: (parts) => tranToken(parts).replace(/[^:](?=[^:]*$)/, (digit) => digitAfter(digit, 1)),
  }),
  onToken({
    name: 'other-case',
    title: 'token other case',
    tells: 'guard',
    // All but the last one, which in the other case might be no base64 of 32 bytes any more.
    apply: (parts) => tranToken(parts).replace(/[^:]{42}(?=[^:]=?$)/, textEdits.otherCase.apply),
  }),
  onToken({
    name: 'other-prefix',
    title: 'token other prefix',
    tells: 'form',
    apply: (parts) => tranToken(parts).replace(tokenPrefix, textEdits.alter.apply),
  }),
  onToken({
    name: 'without-prefix',
    title: 'token without prefix',
    tells: 'form',
    apply: (parts) => tranToken(parts).slice(`${tokenPrefix}:`.length),
  }),
  onToken({
    name: 'malformed-time',
    title: 'token malformed time',
    tells: 'form',
    apply: (parts) => tranToken({ ...parts, time: 'yyyyMMddHHmmssSSS' }),
  }),
  onToken({
    name: 'without-signature',
    title: 'token without signature',
    tells: 'form',
    apply: (parts) => withoutSignature(tranToken(parts)),
  }),
  onToken({
    name: 'of-another-request',
    title: 'token of another request',
    tells: 'guard',
    apply: (parts) => tranToken({ ...parts, body: anotherBody(parts) }),
  }),
  onToken({
    name: 'other-padding',
    title: 'token with the other base64 padding',
    tells: 'interpretation',
    apply: (parts) => tranToken({ ...parts, padding: parts.padding === 'padded' ? 'unpadded' : 'padded' }),
  }),
];

/** A change of the token alone. */
function onToken(
  mutation: Pick<TokenMutation, 'name' | 'title' | 'tells'> & {
    readonly apply: (parts: TokenParts) => string;
  },
): TokenMutation {
  return { ...mutation, breaks: [`header ${HEADER.tranToken}`], at: 'token' };
}

function withoutSignature(text: string): string {
  return text.slice(0, text.lastIndexOf(':'));
}

function anotherBody({ body }: TokenParts): Uint8Array {
  const empty = new TextEncoder().encode('{}');
  return Buffer.compare(body, empty) === 0 ? new TextEncoder().encode('[]') : empty;
}

/** It carries 4 bits of the signature and 2 zero bits, which stay zero: another signature, not another spelling of it. */
const lastOfSignature = /[^:=](?==?$)/;

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function digitAfter(digit: string, steps: number): string {
  return base64Digits.charAt((base64Digits.indexOf(digit) + steps) % base64Digits.length);
}
