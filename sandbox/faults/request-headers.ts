import { clauseId } from '../../src/contract/clauses.ts';
import { formats } from '../../src/contract/formats.ts';
import type { Api, Contract, Header } from '../../src/contract/model.ts';
import { headerValues } from '../../src/wire/headers.ts';
import { parseTranToken, tranToken, verifyTranToken } from '../../src/wire/tran-token.ts';
import { knownValue } from '../check-headers.ts';
import type { Check } from '../checks.ts';
import type { Deviation, Situation } from '../stages.ts';
import { type Fault, fault } from './fault.ts';

/** Each check of a documented request header left out, for the one departure that it is there to stop. */
export function requestHeaderFaults({ apis }: Contract): readonly Fault[] {
  return apis.flatMap((api) =>
    api.request.headers.flatMap((header) => [
      ...(header.facts ? limitFaults(api, header) : []),
      // A page without a section of its headers promises as much as the others that they guard something.
      ...guardFaults(api, header),
    ]),
  );
}

/** Takes the request for a good one where nothing but this header is wrong, and only in this way. */
function tolerates(
  { name, guard }: Header,
  departs: (value: string | undefined, at: Situation) => boolean,
): Deviation {
  const isItsOwn = (check: Check) =>
    check.startsWith(`header.${name}.`) || (check === 'token' && guard === 'integrity');
  return {
    leavesOut: (check, at) => isItsOwn(check) && departs(headerValues(at.received.headers, name)[0], at),
  };
}

function limitFaults(api: Api, header: Header): readonly Fault[] {
  const { name, presence, schema, guard } = header;
  const isSent = guard !== 'key' || api.request.body.encrypted;
  const one = (
    how: string,
    aspect: 'presence' | 'length' | 'form',
    what: string,
    departs: (value: string | undefined, at: Situation) => boolean,
  ) =>
    fault({
      how,
      family: 'request header',
      sentence: `A request whose ${name} ${what} is accepted.`,
      breaks: [clauseId.requestHeader(api.id, name, aspect)],
      deviation: tolerates(header, departs),
    });
  // Every interpretation of the header's length counts; what one of them allows breaks nothing.
  const interpretations = [schema, ...(schema.anyOf ?? [])].filter(
    ({ minLength, maxLength }) => minLength !== undefined || maxLength !== undefined,
  );
  const fits = (length: number, at: Situation) =>
    interpretations.some(
      ({ minLength = 0, maxLength = length }) => length >= minLength && length <= maxLength,
    ) || length === knownValue(name, at)?.length;
  const [shortest = 0] = interpretations.map(({ minLength = 0 }) => minLength).sort((a, b) => a - b);
  const given = (value: string | undefined): value is string => value !== undefined && value !== '';
  const format = schema.format ?? schema.anyOf?.find((part) => part.format)?.format;
  return [
    ...(presence === 'optional'
      ? []
      : [
          one('missing', 'presence', 'is missing', (value) => value === undefined),
          one('empty', 'presence', 'is empty', (value) => value === ''),
        ]),
    ...(interpretations.length > 0 && isSent
      ? [
          // A token that is short of a character may be an unpadded one (ambiguity tran-token-length).
          ...(guard === 'integrity'
            ? []
            : [
                one(
                  'too-short',
                  'length',
                  'is too short',
                  (value, at) => given(value) && !fits(value.length, at) && value.length < shortest,
                ),
              ]),
          one(
            'too-long',
            'length',
            'is too long',
            (value, at) => given(value) && !fits(value.length, at) && value.length > shortest,
          ),
        ]
      : []),
    ...(format
      ? [
          one(
            'bad-form',
            'form',
            'has not the documented form',
            (value, at) => given(value) && fits(value.length, at) && !formats[format](value),
          ),
        ]
      : []),
  ];
}

function guardFaults(api: Api, header: Header): readonly Fault[] {
  const { name, guard } = header;
  if (!guard || (guard === 'key' && !api.request.body.encrypted)) return [];
  const one = (
    how: string,
    sentence: string,
    departs: (value: string | undefined, at: Situation) => boolean,
    alsoForm = false,
  ) =>
    fault({
      how,
      family: 'token and keys',
      sentence,
      breaks: [
        clauseId.requestGuard(api.id, name),
        ...(alsoForm && header.facts ? [clauseId.requestHeader(api.id, name, 'form')] : []),
      ],
      deviation: tolerates(header, departs),
    });
  if (guard !== 'integrity') {
    return [
      one('unknown', `An unknown ${name} of the right length is accepted.`, isOfLength(header)),
      one('last-character', `The last character of ${name} is not compared.`, (value = '', at) => {
        const known = knownValue(name, at) ?? '';
        return value.length === known.length && value.slice(0, -1) === known.slice(0, -1);
      }),
      ...(name === api.platform.headers.accessKey
        ? [
            one(
              'any-case',
              `${name} is compared whatever the case of its letters.`,
              (value = '', { credentials: { accessKey } }) => value.toLowerCase() === accessKey.toLowerCase(),
            ),
          ]
        : []),
    ];
  }
  /** The token has its form, and its signature is alike to the right one. */
  const isLike = (value: string, at: Situation, alike: (given: string, right: string) => boolean) => {
    const { signing } = api.platform;
    const parsed = parseTranToken(value, signing);
    if (!parsed.ok) return false;
    const { time, padding } = parsed;
    const right = tranToken({
      signing,
      secretKey: at.credentials.secretKey,
      body: at.received.body,
      time,
      padding,
    });
    return alike(signatureOf(value), signatureOf(right));
  };
  const signs = (value: string, at: Situation, body: Uint8Array) =>
    verifyTranToken({
      token: value,
      signing: api.platform.signing,
      secretKey: at.credentials.secretKey,
      body,
    }).ok;
  const form = ', which is not its form either';
  return [
    one(
      'unsigned',
      'The signature of a token is not checked.',
      (value = '') => parseTranToken(value, api.platform.signing).ok,
    ),
    one(
      'body-not-covered',
      'White space that was added to the body after signing is overlooked.',
      (value = '', at) => signs(value, at, at.received.body.slice(0, -1)),
    ),
    one('any-request', 'The token of another request is accepted.', (value = '', at) =>
      signs(value, at, Buffer.from('{}')),
    ),
    one('first-eight', 'Of the signature the first 8 characters are compared.', (value = '', at) =>
      isLike(value, at, (given, right) => given.slice(0, 8) === right.slice(0, 8)),
    ),
    one('last-eight', 'Of the signature the last 8 characters are compared.', (value = '', at) =>
      isLike(value, at, (given, right) => given.slice(-8) === right.slice(-8)),
    ),
    one('any-case', 'The signature is compared whatever the case of its letters.', (value = '', at) =>
      isLike(value, at, (given, right) => given.toLowerCase() === right.toLowerCase()),
    ),
    one(
      'prefix-optional',
      `A token without KMV1 is accepted${form}.`,
      (value = '', at) => /^\d{17}:/.test(value) && signs(`KMV1:${value}`, at, at.received.body),
      true,
    ),
    one(
      'any-prefix',
      `A token that begins with KMV2 is accepted${form}.`,
      (value = '', at) =>
        value.startsWith('KMV2:') && signs(value.replace('KMV2', 'KMV1'), at, at.received.body),
      true,
    ),
    one(
      'any-time',
      `A token whose time is no time is accepted${form}.`,
      (value = '') => /^KMV1:\D+:/.test(value),
      true,
    ),
    one(
      'signature-optional',
      `A token without its signature is accepted${form}.`,
      (value = '') => /^KMV1:\d+$/.test(value),
      true,
    ),
  ];
}

function signatureOf(token: string): string {
  return token.slice(token.lastIndexOf(':') + 1);
}

function isOfLength({ name, schema: { minLength = 0, maxLength = minLength } }: Header) {
  return (value: string | undefined, at: Situation) =>
    value !== undefined &&
    ((value.length >= minLength && value.length <= maxLength) ||
      value.length === knownValue(name, at)?.length);
}
