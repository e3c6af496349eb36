import { clauseId } from '../contract/clauses.ts';
import type { Header } from '../contract/model.ts';
import { type Case, tokenChanges } from './case.ts';
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
    return [
      changedCase(source, {
        kind: 'integrity',
        level,
        name: `unknown/${header.name}`,
        title: `unknown ${header.name}`,
        clauses: [clause],
        change: { on: 'header', name: header.name, edit: { set: unknownValue(header) } },
        expectation,
      }),
    ];
  });
}

/** The changes after which the token no longer has its form. */
const malforms: ReadonlySet<string> = new Set(['other-prefix', 'malformed-time', 'without-signature']);

/** Of the documented length, so that nothing but being unknown is wrong with it. */
function unknownValue({ schema }: Header): string {
  return '0'.repeat(schema.maxLength ?? 16);
}
