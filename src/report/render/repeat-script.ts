import { readFileSync } from 'node:fs';
import type { Case } from '../../cases/case.ts';
import type { Contract } from '../../contract/model.ts';
import { isJsonArray, isJsonNumber, isJsonObject, type JsonValue, stringifyJson } from '../../json/json.ts';
import type { Finding } from '../../judge/finding.ts';
import { printable } from '../../printable.ts';
import { sensitiveNames, sensitiveValues } from '../../redact/mask.ts';
import type { ProfileBase } from '../../target/profile.ts';
import { ianaZone } from '../../wire/clock.ts';
import type { RawHeader } from '../../wire/exchange.ts';

/** What the script of a case is made of. */
export interface Repeatable {
  readonly one: Case;
  readonly profile: Pick<ProfileBase, 'timeZone' | 'wire' | 'testData'>;
  /** As the profile wants it shown: what it has in clear is written down. */
  readonly contract: Contract;
  /** Where the target is, if that may be said. */
  readonly baseUrl: string;
  readonly findings: readonly Finding[];
}

/** A text of the environment in the request, and what the case has changed of it: cut at its end, and lengthened. */
interface Edit {
  readonly cut?: number;
  readonly add?: string;
}

type BodyPart = string | (Edit & { readonly variable: string; readonly quoted: boolean });

/** What there is no script for. */
class NoScript extends Error {}

/**
 * A script for Node that sends the request of a case anew: signed and encrypted as its page wants it, with node:crypto
 * alone. Keys, and every value of the request that reports mask, it takes from environment variables, so that nothing of
 * that stands in it.
 */
export function repeatScript(
  given: Repeatable,
): { readonly text: string; readonly variables: readonly string[] } | { readonly whyNot: string } {
  const { one, profile, contract, baseUrl, findings } = given;
  const { api, plan, expectation } = one;
  const { encryption, signing } = api.platform;
  try {
    if (!plan.ready) throw new NoScript(plan.reason);
    if (expectation.kind === 'workflow')
      throw new NoScript('it takes several requests, each made of the answers before');
    const scenario = expectation.kind === 'outcome' ? expectation.scenario : expectation.control;
    const prepared = profile.testData.get(scenario.id) ?? plan.body;
    const names = sensitiveNames(contract);
    const known = variablesOf(prepared, api.request.body.schema, names);
    const request = changedRequest(given);
    const isEncrypted = api.request.body.encrypted;
    const opens = api.responses.some(({ body }) => body.encrypted);
    const wanted = {
      ...request,
      baseUrl,
      timeZone: ianaZone(profile.timeZone),
      body: joinedTexts(bodyParts(plan.body, known)),
      token: {
        prefix: signing.prefix,
        separator: signing.separator,
        layout: signing.time,
        padded: profile.wire.tokenPadding === 'padded',
      },
      ...(isEncrypted && {
        encryption: { member: encryption.member, alg: encryption.alg, enc: profile.wire.contentEncryption },
      }),
      ...(opens && { opens: encryption.member }),
      findings: findings.map(({ place, expected, actual }) => ({
        place: printable(place),
        expected: printable(expected),
        actual: printable(actual),
      })),
    };
    const used = new Set(wanted.body.flatMap((part) => (typeof part === 'string' ? [] : [part.variable])));
    const variables = [
      `KONAPLATE_BASE_URL: where the target is${baseUrl === '' ? '' : ` (${baseUrl} unless set)`}`,
      'KONAPLATE_ASP_ID, KONAPLATE_ACCESS_KEY, KONAPLATE_SECRET_KEY: as the portal gave them out',
      ...(isEncrypted
        ? [
            'KONAPLATE_CRYPTO_KEY_ID, KONAPLATE_SERVER_PUBLIC_KEY: of the encryption, the key as PEM or its file',
          ]
        : []),
      ...(opens ? ['KONAPLATE_CLIENT_PRIVATE_KEY: as PEM or its file'] : []),
      ...[...known.values()]
        .filter(({ variable }) => used.has(variable))
        .map(({ variable, pointer }) => `${variable}: ${pointer} of the data prepared for ${scenario.id}`),
    ];
    const comment = [
      `Sends the request of ${one.id} anew (${printable(one.title)}). Node 18.3 or newer, nothing to install.`,
      'From the environment:',
      ...variables.map((line) => `  ${line}`),
    ].map((line) => `// ${line}`);
    const text = [
      '#!/usr/bin/env node',
      ...comment,
      `const wanted = ${JSON.stringify(wanted, null, 2)};`,
      '',
      readFileSync(new URL('repeat-request.mjs', import.meta.url), 'utf8'),
    ].join('\n');
    return { text, variables };
  } catch (error) {
    if (error instanceof NoScript) return { whyNot: error.message };
    throw error;
  }
}

interface Known {
  readonly variable: string;
  readonly pointer: string;
}

/** The sensitive texts of a prepared body, each with the variable that has it on the side of the reader. */
function variablesOf(
  prepared: JsonValue,
  schema: Parameters<typeof sensitiveValues>[1][number],
  names: ReturnType<typeof sensitiveNames>,
): ReadonlyMap<string, Known> {
  const sensitive = new Set(sensitiveValues(prepared, [schema], names).map(({ text }) => text));
  const found = new Map<string, Known>();
  const walk = (value: JsonValue, path: readonly string[]) => {
    if (isJsonArray(value)) {
      for (const [index, item] of value.entries()) walk(item, [...path, String(index)]);
    } else if (isJsonObject(value)) {
      for (const [name, member] of Object.entries(value)) walk(member, [...path, name]);
    } else {
      const text = textOf(value);
      if (text === '' || !sensitive.has(text) || found.has(text)) return;
      const name = path.join('_').replaceAll(/\W/g, '_').toUpperCase();
      found.set(text, { variable: `KONAPLATE_BODY_${name}`, pointer: `/${path.join('/')}` });
    }
  };
  walk(prepared, []);
  return found;
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : stringifyJson(value);
}

/** The JSON text of a body in parts; nothing of a sensitive value is in the texts among them. */
function bodyParts(value: JsonValue, known: ReadonlyMap<string, Known>): readonly BodyPart[] {
  const between = (lists: readonly (readonly BodyPart[])[]) =>
    lists.flatMap((list, index) => (index === 0 ? list : [',', ...list]));
  if (isJsonArray(value)) return ['[', ...between(value.map((item) => bodyParts(item, known))), ']'];
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([name, member]) => [
      `${JSON.stringify(name)}:`,
      ...bodyParts(member, known),
    ]);
    return ['{', ...between(members), '}'];
  }
  if (typeof value !== 'string' && !isJsonNumber(value)) return [stringifyJson(value)];
  const text = textOf(value);
  const quoted = typeof value === 'string';
  const part = editOf(text, known);
  if (part) return quoted ? ['"', { ...part, quoted }, '"'] : [{ ...part, quoted }];
  const leak = [...known.keys()].some((secret) => shares(text, secret));
  if (leak) throw new NoScript('it sends a part of a value that may not be written down');
  // What is hidden by its place and is not of the prepared data was made up by this suite.
  return [stringifyJson(value)];
}

/** A text as a known one, whole, cut or lengthened. */
function editOf(
  text: string,
  known: ReadonlyMap<string, Known>,
): (Edit & { readonly variable: string }) | undefined {
  for (const [secret, { variable }] of known) {
    if (text === secret) return { variable };
    if (secret.length < 3) continue;
    if (text.startsWith(secret)) return { variable, add: text.slice(secret.length) };
    if (text.length >= 3 && secret.startsWith(text)) return { variable, cut: secret.length - text.length };
  }
  return undefined;
}

/** Whether a text has so much of another one that this could be told from it. */
function shares(text: string, secret: string): boolean {
  const length = Math.max(3, Math.ceil(secret.length * 0.4));
  for (let start = 0; start + length <= secret.length; start += 1) {
    const piece = secret.slice(start, start + length);
    if (new Set(piece).size > 2 && text.includes(piece)) return true;
  }
  return false;
}

function joinedTexts(parts: readonly BodyPart[]): readonly BodyPart[] {
  const joined: BodyPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined.splice(-1, 1, last + part);
    else joined.push(part);
  }
  return joined;
}

/** What the script makes by itself, by the name under which it has it. */
type Made = 'aspId' | 'accessKey' | 'cryptoKeyId' | 'correlationId' | 'tranTime' | 'tranToken';

const dynamic: readonly Made[] = ['correlationId', 'tranTime'];

interface Line {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string | (Edit & { readonly from: Made })])[];
}

/** Method, path and headers as the case sends them. */
function changedRequest({ one: { api, plan }, profile, contract }: Repeatable): Line {
  const names = contract.platform.headers;
  const made = (from: Made): readonly [RawHeader, Made] => [[names[from], samples[from]], from];
  const all: readonly (readonly [RawHeader, Made | undefined])[] = [
    [['Content-Type', 'application/json'], undefined],
    [['Accept', 'application/json'], undefined],
    made('aspId'),
    made('correlationId'),
    made('accessKey'),
    ...(api.request.body.encrypted ? [made('cryptoKeyId')] : []),
    made('tranToken'),
    made('tranTime'),
    [[names.timeZone, profile.timeZone], undefined],
  ];
  const body = new Uint8Array();
  const documented = { method: api.method, url: api.path, headers: all.map(([header]) => header), body };
  const mutation = plan.ready ? plan.mutation : undefined;
  if (mutation && mutation.at !== 'body' && mutation.at !== 'request') {
    throw new NoScript(
      `it changes the ${mutation.breaks.join(' and the ')}, which such a script makes by itself`,
    );
  }
  const sent = mutation?.at === 'request' ? mutation.apply(documented) : documented;
  if (sent.body !== body)
    throw new NoScript('it changes the body on its way, which such a script makes by itself');
  return {
    method: sent.method,
    path: sent.url,
    headers: sent.headers.map(([name, value]) => {
      const was = all.find(([[header]]) => header.toLowerCase() === name.toLowerCase());
      const from = was?.[1];
      if (!from || value === '') return [name, value] as const;
      const sample = samples[from];
      if (value === sample) return [name, { from }] as const;
      if (!dynamic.includes(from))
        throw new NoScript(`it changes a part of ${name}, which may not be written down`);
      if (value.startsWith(sample)) return [name, { from, add: value.slice(sample.length) }] as const;
      if (sample.startsWith(value)) return [name, { from, cut: sample.length - value.length }] as const;
      return [name, value] as const;
    }),
  };
}

/** In place of what a request has by itself. */
const samples: Readonly<Record<Made, string>> = {
  aspId: 'sample-of-the-asp-id',
  accessKey: 'sample-of-the-access-key',
  cryptoKeyId: 'sample-of-the-crypto-key-id',
  correlationId: '260102030405-0a1b2c3',
  tranTime: '20260102030405',
  tranToken: 'sample-of-the-token',
};
