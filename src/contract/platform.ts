import { fromPointer } from '../json/json.ts';
import type { Encryption } from '../wire/jwe.ts';
import type { Ambiguity, Api, Either, InterpretationId, Page, Platform } from './model.ts';
import type { Report } from './resolve.ts';
import type { Written } from './written/documents.ts';

type WrittenPlatform = Written['platform'];

/** What all pages share, typed. */
export function readPlatform({
  codes,
  headers,
  token,
  encryption,
  envelope,
  open,
  refusal,
}: WrittenPlatform): Platform {
  const { success, badValue, missing, wrongLength } = codes;
  const { prefix, separator, time, algorithm } = token;
  const { member, algorithm: alg, contents, unmarked, failure } = encryption;
  const [first] = envelope.places;
  return {
    codes: {
      success: success.code,
      badValue: badValue.code,
      missing: missing.code,
      wrongLength: wrongLength.code,
    },
    setup: new Map(
      Object.values(codes).flatMap(({ code, setup }) => (setup === undefined ? [] : [[code, setup]])),
    ),
    badValueCodes: [badValue, missing, wrongLength].map(({ code }) => code),
    headers,
    signing: { prefix, separator, time, algorithm },
    encryption: { member, alg, encs: encsOf(contents) },
    envelope: {
      ...envelope,
      members: { code: lastOf(first.code), message: lastOf(first.message) },
    },
    open,
    shown: { contents, unmarked, failure, refusal },
  };
}

const encs = ['A128GCM', 'A256GCM'] as const;

/** In the order in which they are written. */
function encsOf(contents: WrittenPlatform['encryption']['contents']): Encryption['encs'] {
  const known = Object.keys(contents).flatMap((name) => encs.filter((enc) => enc === name));
  const [first = 'A128GCM', ...rest] = known;
  return [first, ...rest];
}

function lastOf(pointer: string): string {
  return fromPointer(pointer).at(-1) ?? '';
}

/** Checks that it fits the other documents. Every interpretation that it names is one that concerns every API. */
export function checkPlatform(
  { codes, headers, encryption, envelope, open, refusal }: WrittenPlatform,
  known: {
    readonly apis: readonly Pick<Api, 'request'>[];
    readonly pages: ReadonlyMap<string, Page>;
    readonly ambiguities: readonly Ambiguity[];
  },
  report: Report,
): void {
  for (const [name, { source = {} }] of Object.entries(codes)) {
    for (const page of Object.keys(source)) {
      if (known.pages.has(page)) continue;
      report(['codes', name, 'source', page], `no page ${page} in specs/pages.yaml`);
    }
  }
  const names = new Set(known.apis.flatMap(({ request }) => request.headers.map(({ name }) => name)));
  for (const [role, name] of Object.entries(headers)) {
    if (names.has(name)) continue;
    report(
      ['headers', role],
      `no request header "${name}" in the OpenAPI document; there are ${[...names].join(', ')}`,
    );
  }
  const named: (readonly [readonly string[], InterpretationId])[] = [
    ...under(['encryption', 'contents'], encryption.contents),
    ...under(['encryption', 'unmarked'], encryption.unmarked),
    ...under(['encryption', 'failure'], encryption.failure),
    ...envelope.places.map(
      ({ interpretation }, index) =>
        [['envelope', 'places', String(index), 'interpretation'], interpretation] as const,
    ),
    [['envelope', 'ofProfile'], envelope.ofProfile],
    ...under(['envelope', 'encrypted'], envelope.encrypted),
    ...Object.entries(open).flatMap(([name, shown]) => under(['open', name], shown)),
    ...under(['refusal'], refusal),
  ];
  for (const [at, written] of named) {
    const [id = '', interpretation = ''] = written.split('.');
    const ambiguity = known.ambiguities.find((one) => one.id === id);
    if (!ambiguity?.interpretations.has(interpretation)) {
      report(at, `no interpretation "${interpretation}" of an ambiguity "${id}" in specs/ambiguities.yaml`);
    } else if (ambiguity.apis) {
      report(
        at,
        `"${id}" concerns ${ambiguity.apis.join(', ')} alone in specs/ambiguities.yaml, and what is named here every API: take its apis out`,
      );
    }
  }
}

function under(
  at: readonly string[],
  shown: { readonly [Key in string]: InterpretationId } | Either,
): (readonly [readonly string[], InterpretationId])[] {
  return Object.entries(shown).map(([key, id]) => [[...at, key], id]);
}
