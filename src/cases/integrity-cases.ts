import { clauseId } from '../contract/clauses.ts';
import { HEADER } from '../wire/headers.ts';
import { type Case, type TextEdit, tokenChanges } from './case.ts';
import { badValueCodes, changedCase } from './changed-case.ts';
import type { CaseSource } from './prepared.ts';

/** The headers that guard a request: who calls, that the bytes are untouched, which key opens the body. */
export function integrityCases(source: CaseSource): readonly Case[] {
  const { api, control } = source;
  return api.request.headers.flatMap((header) => {
    if (!header.guard) return [];
    // What no page has, but the guide and clients know, a good target guards all the same.
    const level = header.facts ? 'MUST' : 'SHOULD';
    const clause = clauseId.requestGuard(api.id, header.name);
    const expectation = {
      kind: 'rejected',
      level,
      clause,
      codes: badValueCodes,
      only: false,
      control,
    } as const;
    if (header.guard === 'integrity') {
      return [
        ...tokenChanges.map((how) => {
          const hasForm = header.facts && malforms.has(how);
          const broken = hasForm ? clauseId.requestHeader(api.id, header.name, 'form') : clause;
          return changedCase(source, {
            kind: 'integrity',
            level,
            name: `token/${how}`,
            title: `token ${how.replaceAll('-', ' ')}`,
            clauses: [broken],
            change: { on: 'token', how },
            expectation: { ...expectation, clause: broken },
          });
        }),
        changedCase(source, {
          kind: 'integrity',
          name: 'token/other-padding',
          title: 'token with the other base64 padding',
          clauses: [],
          change: { on: 'token', how: 'other-padding' },
          expectation: {
            kind: 'observed',
            accepted: 'tran-token-length.unpadded',
            rejected: 'tran-token-length.padded',
            control,
          },
        }),
      ];
    }
    if (header.guard === 'key' && !api.request.body.encrypted) return [];
    const withKey = (name: string, title: string, edit: TextEdit) =>
      changedCase(source, {
        kind: 'integrity',
        level,
        name: `${name}/${header.name}`,
        title,
        clauses: [clause],
        change: { on: 'header', name: header.name, edit },
        expectation,
      });
    // The known value but for its last character, so that comparing the beginning alone does not do.
    const unknown = withKey('unknown', `unknown ${header.name}`, 'alter');
    if (header.name !== HEADER.accessKey) return [unknown];
    const otherCase = withKey('other-case', `${header.name} in the other case`, 'other-case');
    return [unknown, hasLetters(source) ? otherCase : { ...otherCase, plan: noLetters }];
  });
}

/** A key is secret text, exact to the letter; an id might well be compared in any case. Keys not known yet have letters. */
function hasLetters({ prepared }: CaseSource): boolean {
  return /[A-Za-z]/.test(prepared.credentials?.accessKey ?? 'a');
}

const noLetters = {
  ready: false,
  reason: 'the access key of this target has no letters whose case could be changed',
  acknowledged: true,
} as const;

/** The changes after which the token no longer has its form. */
const malforms: ReadonlySet<string> = new Set([
  'other-prefix',
  'without-prefix',
  'malformed-time',
  'without-signature',
]);
