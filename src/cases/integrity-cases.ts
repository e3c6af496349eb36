import { clauseId } from '../contract/clauses.ts';
import type { Header } from '../contract/model.ts';
import { writtenTime } from '../wire/clock.ts';
import type { Case } from './case.ts';
import { changedCase } from './changed-case.ts';
import { interpretationThatAllows } from './interpretations.ts';
import { editHeader } from './mutations/header.ts';
import type { Mutation } from './mutations/mutation.ts';
import { textEdits } from './mutations/text-edits.ts';
import { type TokenMutation, tokenMutations } from './mutations/token.ts';
import type { CaseSource } from './prepared.ts';

/** The headers that guard a request: who calls, that the bytes are untouched, which key opens the body. */
export function integrityCases(source: CaseSource): readonly Case[] {
  const { api } = source;
  return api.request.headers.flatMap((header) => {
    if (header.guard === 'integrity') {
      return tokenMutations(header.name).flatMap((mutation) => tokenCases(source, header, mutation));
    }
    if (!header.guard || (header.guard === 'key' && !api.request.body.encrypted)) return [];
    const { name } = header;
    const edits = [
      // The known value but for its last character, so that comparing the beginning alone does not do.
      editHeader(name, textEdits.alter, { name: 'unknown', title: `unknown ${name}` }),
      ...(name === api.platform.headers.accessKey ? [inOtherCase(name)] : []),
    ];
    return edits.map((mutation) =>
      guardCase(source, header, `${mutation.name}/${name}`, mutation, clauseId.requestGuard(api.id, name)),
    );
  });
}

function tokenCases(source: CaseSource, header: Header, mutation: TokenMutation): readonly Case[] {
  const { api, control } = source;
  const name = `token/${mutation.name}`;
  if (mutation.tells === 'interpretation') {
    const interpretations = interpretationThatAllows(header.schema, changedToken(mutation, source));
    if (!interpretations) return [];
    const [accepted, rejected] = interpretations;
    const { title } = mutation;
    const expectation = { kind: 'observed', accepted, rejected, control } as const;
    return [changedCase(source, { kind: 'integrity', name, title, clauses: [], mutation, expectation })];
  }
  const clause =
    mutation.tells === 'form' && header.facts
      ? clauseId.requestHeader(api.id, header.name, 'form')
      : clauseId.requestGuard(api.id, header.name);
  return [guardCase(source, header, name, mutation, clause)];
}

/** A token of the form that a mutation gives it. */
function changedToken(mutation: TokenMutation, { api, prepared }: CaseSource): string | undefined {
  const { signing } = api.platform;
  const time = writtenTime(signing.time, new Date(0), 'UTC');
  const padding = prepared.wire?.tokenPadding ?? 'padded';
  const parts = { signing, secretKey: '', body: new Uint8Array(), time, padding };
  return mutation.at === 'token' ? mutation.apply(parts) : undefined;
}

function guardCase(
  source: CaseSource,
  header: Header,
  name: string,
  mutation: Mutation,
  clause: string,
): Case {
  const { api, control } = source;
  // What no page has, but the guide and clients know, a good target guards all the same.
  const level = header.facts ? 'MUST' : 'SHOULD';
  const guard = clause === clauseId.requestGuard(api.id, header.name);
  const codes = api.platform.badValueCodes;
  return changedCase(source, {
    kind: 'integrity',
    level,
    name,
    title: mutation.title,
    clauses: [clause],
    mutation,
    expectation: { kind: 'rejected', level, clause, codes, only: false, guard, control },
  });
}

/** A key is secret text, exact to the letter; an id might well be compared in any case. */
function inOtherCase(header: string): Mutation {
  return editHeader(header, textEdits.otherCase, {
    name: 'other-case',
    title: `${header} in the other case`,
    // Keys that are not known yet have letters.
    vacuous: ({ credentials }) =>
      /[A-Za-z]/.test(credentials?.accessKey ?? 'a')
        ? undefined
        : 'the access key of this target has no letters whose case could be changed',
  });
}
