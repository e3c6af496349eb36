import { bodyChecker } from '../contract/body-check.ts';
import { clauseId } from '../contract/clauses.ts';
import type { Aspect } from '../contract/limits.ts';
import type { Api, Header } from '../contract/model.ts';
import { type Field, fieldsOf, type Schema } from '../contract/schema.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts';
import type { Case, Expectation } from './case.ts';
import { changedCase } from './changed-case.ts';
import { interpretationThatAllows } from './interpretations.ts';
import { exact, greatestLengthOf, madeValue, rangeOf } from './made-value.ts';
import { setMember, withMember } from './mutations/body.ts';
import { editHeader } from './mutations/header.ts';
import { setTo, type TextEdit, textEdits } from './mutations/text-edits.ts';
import { type CaseSource, planFor } from './prepared.ts';

/** The documented limits of a request, header by header and field by field, each broken by a hair and met by a hair. */
export function requestCases(source: CaseSource): readonly Case[] {
  return [
    ...source.api.request.headers
      .filter(({ facts }) => facts)
      .flatMap((header) => headerCases(source, header)),
    ...fieldsOf(source.api.request.body.schema)
      .filter(({ schema }) => schema['x-source']?.[source.api.page.number])
      .flatMap((field) => fieldCases(source, field)),
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
          { name: 'too-long', edit: textEdits.extend, aspect: 'length' },
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

interface FieldEdit {
  readonly name: string;
  /** Undefined takes the field out. */
  readonly value: JsonValue | undefined;
  readonly aspect: Aspect;
}

function fieldCases(source: CaseSource, field: Field): readonly Case[] {
  const { api, control, prepared } = source;
  const plan = planFor(control, prepared);
  const body: JsonObject = plan.ready && isJsonObject(plan.body) ? plan.body : {};
  const check = bodyChecker(api.request.body.schema);
  const { badValueCodes, open } = api.platform;
  const only = api.codes.some(({ code }) => badValueCodes.includes(code));
  const fieldCase = (
    edit: FieldEdit,
    expectation: Expectation,
    clauses: readonly string[],
    beyondPrepared = false,
  ) => {
    const title = `${field.path} ${edit.name.replaceAll('-', ' ')}`;
    return changedCase(source, {
      kind: 'request',
      name: `${field.path}/${edit.name}`,
      title,
      clauses,
      mutation: setMember(field.name, edit.value, { name: edit.name, title }),
      expectation,
      beyondPrepared,
    });
  };

  const changed = editsOf(field, body[field.name]).flatMap((edit) => {
    const clause = clauseId.requestField(api.id, field.path, edit.aspect);
    const codes = [...badValueCodes, ...(api.rejections.get(field.name) ?? [])];
    const allowed = check(withMember(body, field.name, edit.value));
    const interpretation = interpretationThatAllows(field.schema, edit.value);
    // A value within one interpretation and outside another breaks nothing; the answer shows the interpretation.
    if (allowed.breaches.length === 0 && interpretation) {
      const [accepted, rejected] = interpretation;
      return fieldCase(edit, { kind: 'observed', accepted, rejected, control }, []);
    }
    const [breach] = allowed.breaches;
    // A field left empty where it may be left out, or a form that can't be missed by a hair.
    if (breach === undefined) return [];
    return fieldCase(edit, { kind: 'rejected', level: 'MUST', clause, codes, only, control }, [clause]);
  });
  const inside = (rangeOf(field.schema) ?? []).map((value) => accepted(`of-${value}`, exact(value), 'range'));
  const made = madeValue(field.schema, source.seed, `${api.id} ${field.path}`);
  const within =
    made === undefined
      ? []
      : [accepted('of-a-made-value', made, field.schema.type === 'string' ? 'length' : 'range')];
  return [...changed, ...inside, ...within, ...inKorean(), ...leftOut()];

  function accepted(name: string, value: JsonValue, aspect: Aspect): Case {
    const clause = clauseId.requestField(api.id, field.path, aspect);
    const edit: FieldEdit = { name, value, aspect };
    // Where a page has no failure but a bad value, that may be what answers a value that is nobody's.
    if (!api.codes.some(({ code, status }) => status >= 300 && !badValueCodes.includes(code))) {
      return fieldCase(
        edit,
        { kind: 'observed', ...open.stranger, rejectedAs: 'bad-value', control },
        [],
        true,
      );
    }
    return fieldCase(edit, { kind: 'understood', clause, control }, [clause], true);
  }

  /** A text that is as long as it may be in characters, and longer in bytes. */
  function inKorean(): readonly Case[] {
    const { type, pattern, format } = field.schema;
    const most = greatestLengthOf(field.schema);
    if (type !== 'string' || most === undefined || pattern !== undefined || format !== undefined) return [];
    const edit: FieldEdit = {
      name: `of-${most}-korean-characters`,
      value: '가'.repeat(most),
      aspect: 'length',
    };
    return [fieldCase(edit, { kind: 'observed', ...open.longerInBytes, control }, [], true)];
  }

  /** An optional field is left out; an optional text left empty may count as that. */
  function leftOut(): readonly Case[] {
    if (field.required) return [];
    const clause = clauseId.requestField(api.id, field.path, 'presence');
    const without: FieldEdit = { name: 'left-out', value: undefined, aspect: 'presence' };
    const empty: FieldEdit = { name: 'empty', value: '', aspect: 'length' };
    return [
      fieldCase(without, { kind: 'understood', clause, control }, [clause], true),
      ...(field.schema.type === 'string'
        ? [fieldCase(empty, { kind: 'observed', ...open.emptyOptional, control }, [])]
        : []),
    ];
  }
}

function editsOf({ schema, required }: Field, value: JsonValue | undefined): readonly FieldEdit[] {
  const limits = [schema, ...(schema.anyOf ?? [])];
  const common: readonly FieldEdit[] = [
    { name: 'true', value: true, aspect: 'type' },
    { name: 'a-list', value: [], aspect: 'type' },
    { name: 'an-object', value: {}, aspect: 'type' },
    ...(required ? [{ name: 'missing', value: undefined, aspect: 'presence' } as const] : []),
    { name: 'null', value: null, aspect: 'type' },
  ];
  if (schema.type === 'string') {
    const text = typeof value === 'string' ? value : '';
    const lengths = (word: 'minLength' | 'maxLength') => unique(limits.flatMap((part) => part[word] ?? []));
    return [
      ...common,
      { name: 'of-another-type', value: unquoted(text), aspect: 'type' },
      ...(required ? [{ name: 'empty', value: '', aspect: 'length' } as const] : []),
      ...lengths('minLength')
        .filter((least) => least > 1)
        .map((least) => ({
          name: `of-${least - 1}-characters`,
          value: sized(text, least - 1),
          aspect: 'length' as const,
        })),
      ...lengths('maxLength').map((most) => ({
        name: `of-${most + 1}-characters`,
        value: sized(text, most + 1),
        aspect: 'length' as const,
      })),
      ...(schema.pattern === undefined
        ? []
        : [
            {
              name: 'bad-form',
              value: `${sized(text, schema.minLength ?? text.length).slice(0, -1)}~`,
              aspect: 'form' as const,
            },
          ]),
      // The thirteenth month.
      ...(schema.format === 'yymm' ? [{ name: 'bad-form', value: '3013', aspect: 'form' as const }] : []),
    ];
  }
  const bounds = (word: 'minimum' | 'maximum') =>
    unique(limits.flatMap((part) => part[word] ?? []).map(BigInt));
  return [
    ...common,
    {
      name: 'of-another-type',
      value: typeof value === 'number' || typeof value === 'bigint' ? String(value) : 'text',
      aspect: 'type',
    },
    { name: 'with-a-fraction', value: 1.5, aspect: 'type' },
    ...bounds('minimum').map((least) => ({
      name: `of-${least - 1n}`,
      value: exact(least - 1n),
      aspect: 'range' as const,
    })),
    ...bounds('maximum').map((most) => ({
      name: `of-${most + 1n}`,
      value: exact(most + 1n),
      aspect: 'range' as const,
    })),
  ];
}

/** The value without its quotes where that is a number, as a client that mixes up the types would send it. */
function unquoted(text: string): JsonValue {
  return /^[1-9]\d*$/.test(text) ? exact(BigInt(text)) : [text];
}

function sized(text: string, length: number): string {
  const last = text.at(-1) ?? '0';
  return text.slice(0, length).padEnd(length, last);
}

function unique<T>(list: readonly T[]): readonly T[] {
  return [...new Set(list)];
}
