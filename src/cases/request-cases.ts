import { clauseId } from '../contract/clauses.ts';
import type { Aspect } from '../contract/limits.ts';
import type { Api, Header } from '../contract/model.ts';
import type { Schema } from '../contract/schema.ts';
import type { Case } from './case.ts';
import { changedCase } from './changed-case.ts';
import { fieldCases } from './field-cases.ts';
import { editHeader } from './mutations/header.ts';
import { extendBeyond, setTo, type TextEdit, textEdits } from './mutations/text-edits.ts';
import type { CaseSource } from './prepared.ts';

/** The documented limits of a request, header by header and field by field, each broken by a hair and met by a hair. */
export function requestCases(source: CaseSource): readonly Case[] {
  return [
    ...source.api.request.headers
      .filter(({ facts }) => facts)
      .flatMap((header) => headerCases(source, header)),
    ...fieldCases(source),
  ];
}

interface HeaderEdit {
  readonly name: string;
  readonly edit: TextEdit;
  readonly aspect: Aspect;
  /** SHOULD where the page gives a form and leaves open whether its values are looked into. */
  readonly level?: 'SHOULD';
}

function headerCases(source: CaseSource, header: Header): readonly Case[] {
  const { api, control } = source;
  const { schema, name } = header;
  const codes = api.platform.badValueCodes;
  const lengths = [schema, ...(schema.anyOf ?? [])].some(({ minLength }) => minLength !== undefined);
  const edits: readonly HeaderEdit[] = [
    ...(header.presence === 'optional'
      ? []
      : ([
          { name: 'missing', edit: textEdits.remove, aspect: 'presence' },
          { name: 'empty', edit: textEdits.empty, aspect: 'presence' },
        ] as const)),
    ...(lengths && isSent(api, header)
      ? ([
          // A padded token without its last character is an unpadded one, which another interpretation accepts.
          ...(header.guard === 'integrity'
            ? []
            : ([{ name: 'too-short', edit: textEdits.cut, aspect: 'length' }] as const)),
          { name: 'too-long', edit: extendBeyond(longest(schema)), aspect: 'length' },
        ] as const)
      : []),
    ...badForms(schema),
  ];
  const rejected = edits.map(({ name: how, edit, aspect, level = 'MUST' as const }) => {
    const clause = clauseId.requestHeader(api.id, name, aspect);
    const title = `header ${name} ${how.replaceAll('-', ' ')}`;
    return changedCase(source, {
      kind: 'request',
      name: `header/${name}/${how}`,
      title,
      level,
      clauses: [clause],
      mutation: editHeader(name, edit, { name: how, title }),
      expectation: { kind: 'rejected', level, clause, codes, only: false, control },
    });
  });
  return [...rejected, ...interpretationsOfHeader(source, header)];
}

/** The greatest length that any interpretation of a header allows. */
function longest({ anyOf = [], ...schema }: Schema): number {
  return Math.max(0, ...[schema, ...anyOf].map(({ maxLength = 0 }) => maxLength));
}

/** Whether the control has it. */
function isSent(api: Api, { name, guard }: Header): boolean {
  return (
    Object.values(api.platform.headers).includes(name) && (guard !== 'key' || api.request.body.encrypted)
  );
}

function badForms({ format, anyOf }: Schema): readonly HeaderEdit[] {
  const known = format ?? anyOf?.find((part) => part.format)?.format;
  if (known === 'correlation-id')
    return [{ name: 'bad-form', edit: setTo('260101000000-012345g'), aspect: 'form' }];
  if (known === 'compact-date-time') {
    return [
      { name: 'bad-form', edit: setTo('2026010100000x'), aspect: 'form' },
      { name: 'thirteenth-month', edit: setTo('20261301000000'), aspect: 'form', level: 'SHOULD' },
    ];
  }
  return [];
}

/** Requests that one interpretation of the documents accepts and another rejects: either conforms and tells the interpretation. */
function interpretationsOfHeader(source: CaseSource, header: Header): readonly Case[] {
  const { api, control } = source;
  const observed = (name: string, edit: TextEdit, accepted: string, rejected: string, clause?: string) => {
    const title = `header ${header.name} ${name.replaceAll('-', ' ')}`;
    return changedCase(source, {
      kind: 'request',
      name: `header/${header.name}/${name}`,
      title,
      clauses: clause === undefined ? [] : [clause],
      mutation: editHeader(header.name, edit, { name, title }),
      expectation: { kind: 'observed', accepted, rejected, ...(clause !== undefined && { clause }), control },
    });
  };
  const cases: Case[] = [];
  if (header.guard === 'key' && api.request.body.encrypted) {
    const { accepted, rejected } = api.platform.open.missingKeyId;
    cases.push(
      observed(
        'missing',
        textEdits.remove,
        accepted,
        rejected,
        clauseId.requestHeader(api.id, header.name, 'presence'),
      ),
    );
  }
  if (header.presence === 'optional' && !api.request.body.encrypted) {
    const clause = clauseId.requestHeader(api.id, header.name, 'presence');
    const title = `header ${header.name} left out`;
    cases.push(
      changedCase(source, {
        kind: 'request',
        name: `header/${header.name}/left-out`,
        title,
        clauses: [clause],
        // Where the control itself has none, it is sent once more as it is.
        mutation: isSent(api, header)
          ? editHeader(header.name, textEdits.remove, { name: 'left-out', title })
          : undefined,
        expectation: { kind: 'understood', clause, control },
      }),
    );
  }
  const sixteen = header.schema.anyOf?.find((part) => part.minLength === 16 && part['x-interpretation']);
  const fourteen = header.schema.anyOf?.find((part) => part.format === 'compact-date-time');
  if (sixteen?.['x-interpretation'] && fourteen?.['x-interpretation']) {
    cases.push(
      observed(
        'of-sixteen',
        setTo('2026010100000000'),
        sixteen['x-interpretation'],
        fourteen['x-interpretation'],
      ),
    );
  }
  return cases;
}
