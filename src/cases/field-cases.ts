import { type Breach, breachesOf } from '../contract/body-check.ts';
import { clauseId } from '../contract/clauses.ts';
import { factsOn, presenceOf } from '../contract/facts.ts';
import type { Aspect } from '../contract/limits.ts';
import type { Facts } from '../contract/model.ts';
import { type Field, fieldsOf } from '../contract/schema.ts';
import { longestSent } from '../contract/unbreakable.ts';
import { getPointer, type JsonValue, toPointer } from '../json/json.ts';
import type { Case, Expectation } from './case.ts';
import { changedCase } from './changed-case.ts';
import { allowedEdits, breakingEdits, type FieldEdit } from './field-edits.ts';
import { type FieldStart, fieldStarts } from './field-starts.ts';
import { interpretationThatAllows } from './interpretations.ts';
import { greatestLengthOf, instanceOf, madeValue, valuesOf } from './made-value.ts';
import { setMember, withMember } from './mutations/body.ts';
import type { CaseSource } from './prepared.ts';

/** The documented limits of each field of a request, wherever it stands: broken by a hair, and met by a hair. */
export function fieldCases(source: CaseSource): readonly Case[] {
  const { page, request } = source.api;
  return fieldsOf(request.body.schema).flatMap((field) => {
    const facts = factsOn(page, field.schema['x-source']);
    return facts ? casesOf(source, field, facts) : [];
  });
}

/** What a value does to the request that it is put into. */
interface Effect {
  readonly start: FieldStart | undefined;
  readonly value: JsonValue | undefined;
  /** The aspects of the field that it breaks, the one that it is there for first. */
  readonly breaks: readonly Aspect[];
  /** The interpretation that it needs, and the one that it breaks. */
  readonly between: readonly [string, string] | undefined;
  /** Where else the request would break a limit. */
  readonly elsewhere: readonly string[];
}

/** A request, and the edits of a field as it stands there. */
interface Try {
  readonly start: FieldStart | undefined;
  readonly edits: readonly FieldEdit[];
}

/** Of an edit for which there is no request to try it in. */
const nowhere: Effect = {
  start: undefined,
  value: undefined,
  breaks: [],
  between: undefined,
  elsewhere: [],
};

function casesOf(source: CaseSource, field: Field, facts: Facts): readonly Case[] {
  const { api, control, seed } = source;
  const { schema, path } = field;
  const { badValueCodes, open } = api.platform;
  const only = api.codes.some(({ code }) => badValueCodes.includes(code));
  const codes = [...badValueCodes, ...(api.rejections.get(path) ?? [])];
  const clause = (aspect: Aspect) => clauseId.requestField(api.id, path, aspect);
  const starts = fieldStarts(source, field);
  const item = schema.items && instanceOf(schema.items, seed, `${api.id} ${path}[]`);
  const presence = presenceOf(field, facts);

  return [...broken(), ...within(), ...inKorean(), ...leftOut()];

  function fieldCase(
    { name }: FieldEdit,
    { start, value, elsewhere }: Effect,
    expectation: Expectation,
    clauses: readonly string[],
    beyondPrepared = false,
  ): Case {
    const title = `${path} ${name.replaceAll('-', ' ')}`;
    return changedCase(source, {
      kind: 'request',
      name: `${path}/${name}`,
      title,
      clauses,
      mutation: setMember(start?.path ?? [], value, { name, title }),
      expectation,
      beyondPrepared,
      ...(start && !start.isPrepared && { ownControl: start.body }),
      ...((!start || elsewhere.length > 0) && { impossible: whyNot(start, elsewhere) }),
    });
  }

  function whyNot(start: FieldStart | undefined, elsewhere: readonly string[]): string {
    return start
      ? `the request would break a limit at ${elsewhere.join(' and ')} as well`
      : `no valid request with ${path} could be made of the prepared one of ${control.id}; prepare one that has it`;
  }

  /** The edits of a field, in each request that they could be tried in. */
  function tries(editsFor: (current: JsonValue | undefined) => readonly FieldEdit[]): readonly Try[] {
    return (starts.length > 0 ? starts : [undefined]).map((start) => ({
      start,
      edits: editsFor(start && getPointer(start.body, toPointer(start.path))),
    }));
  }

  /** What an edit does, in the first request in which it does that alone; otherwise with what it does besides. */
  function effectOf(
    all: readonly Try[],
    name: string,
    isWanted: (effect: Effect) => boolean,
  ): Effect | undefined {
    let fallback: Effect | undefined;
    for (const { start, edits } of all) {
      const edit = edits.find((one) => one.name === name);
      const best = edit && plainest(start, edit, isWanted);
      if (best?.elsewhere.length === 0) return best;
      fallback ??= best;
    }
    return fallback;
  }

  /** The first of its values that breaks what the edit is there for alone, or else comes nearest to it. */
  function plainest(
    start: FieldStart | undefined,
    { values, aspect }: FieldEdit,
    isWanted: (effect: Effect) => boolean,
  ): Effect | undefined {
    const rank = ({ breaks: [first, ...others], between }: Effect) =>
      first === undefined ? (between ? 2 : 4) : first !== aspect ? 3 : others.length > 0 ? 1 : 0;
    let best: Effect | undefined;
    for (const value of values) {
      const found = effect(start, value, aspect);
      if (!isWanted(found) || (best && rank(best) <= rank(found))) continue;
      best = found;
      if (rank(found) === 0) break;
    }
    return best;
  }

  function effect(start: FieldStart | undefined, value: JsonValue | undefined, aspect: Aspect): Effect {
    const between = interpretationThatAllows(schema, value);
    if (!start) return { start, value, breaks: ordered(brokenAlone(value), aspect), between, elsewhere: [] };
    const own = toPointer(start.path);
    const breaches = breachesOf(api.request.body.schema, withMember(start.body, start.path, value));
    // A field whose nesting is open is missed where it should be, wherever it was.
    const isOwn = ({ pointer, field: at, aspect: what }: Breach) =>
      pointer === own || (what === 'presence' && field.places.length > 1 && at?.path === path);
    const breaks = breaches.filter(isOwn).flatMap((breach) => [breach.aspect, ...breach.also]);
    const elsewhere = breaches
      .filter((breach) => !isOwn(breach) && !start.departures.has(breach.pointer))
      .map(({ pointer }) => pointer);
    return { start, value, breaks: ordered(breaks, aspect), between, elsewhere };
  }

  /** What a value breaks of the field's own limits, whatever it stands in. */
  function brokenAlone(value: JsonValue | undefined): readonly Aspect[] {
    if (value === undefined) return field.required ? ['presence'] : [];
    if (value === '' && !field.required) return [];
    return breachesOf(schema, value).flatMap((breach) => [breach.aspect, ...breach.also]);
  }

  /** Each limit broken; a value that one interpretation allows shows which one a target follows. */
  function broken(): readonly Case[] {
    const all = tries((current) => breakingEdits(field, current, item));
    return (all[0]?.edits ?? []).flatMap((edit) => {
      const isOnCondition = edit.aspect === 'presence' && !field.required;
      const found =
        effectOf(all, edit.name, ({ breaks, between }) => breaks.length > 0 || between !== undefined) ??
        (isOnCondition ? { ...nowhere, breaks: [edit.aspect] } : undefined);
      if (!found) return [];
      const [first, ...others] = found.breaks;
      if (first === undefined) {
        if (!found.between) return [];
        const [accepted, rejected] = found.between;
        return fieldCase(edit, found, { kind: 'observed', accepted, rejected, control }, []);
      }
      const clauses = [first, ...others].map(clause);
      return fieldCase(
        edit,
        found,
        { kind: 'rejected', level: 'MUST', clause: clause(first), codes, only, control },
        clauses,
      );
    });
  }

  /** Values within the limits: at them, each that is listed, and one that is nobody's. */
  function within(): readonly Case[] {
    const made = madeValue(schema, seed, `${api.id} ${path}`);
    const some: readonly FieldEdit[] =
      made === undefined
        ? []
        : [
            {
              name: 'of-a-made-value',
              aspect: typeof made === 'string' ? 'length' : 'range',
              values: [made],
            },
          ];
    const all = tries((current) => [...allowedEdits(field, current, item), ...some]);
    // Where a page has no failure but a bad value, that may be what answers a value that is nobody's.
    const hasOwnFailure = api.codes.some(
      ({ code, status }) => status >= 300 && !badValueCodes.includes(code),
    );
    return (all[0]?.edits ?? []).flatMap((edit) => {
      const found = effectOf(all, edit.name, ({ breaks }) => breaks.length === 0);
      if (!found) return [];
      const own = clause(edit.aspect);
      return hasOwnFailure
        ? fieldCase(edit, found, { kind: 'understood', clause: own, control }, [own], true)
        : fieldCase(
            edit,
            found,
            { kind: 'observed', ...open.stranger, rejectedAs: 'bad-value', control },
            [],
            true,
          );
    });
  }

  /** A text that is as long as it may be in characters, and longer in bytes. */
  function inKorean(): readonly Case[] {
    const { type, pattern, format } = schema;
    const most = greatestLengthOf(schema);
    if (type !== 'string' || most === undefined || most > longestSent.characters) return [];
    if (pattern !== undefined || format !== undefined || valuesOf(schema)) return [];
    const edit: FieldEdit = {
      name: `of-${most}-korean-characters`,
      aspect: 'length',
      values: ['가'.repeat(most)],
    };
    const found = effectOf(
      tries(() => [edit]),
      edit.name,
      ({ breaks }) => breaks.length === 0,
    );
    return found
      ? [fieldCase(edit, found, { kind: 'observed', ...open.longerInBytes, control }, [], true)]
      : [];
  }

  /** An optional field is left out; an optional text left empty may count as that. */
  function leftOut(): readonly Case[] {
    const isOpen = presence === 'conditional' && field.conditions.length === 0;
    if (presence === 'required' || isOpen || field.name === '[]') return [];
    const without: FieldEdit = { name: 'left-out', aspect: 'presence', values: [undefined] };
    const empty: FieldEdit = { name: 'empty', aspect: 'length', values: [''] };
    const own = clause('presence');
    const fits = ({ breaks }: Effect) => breaks.length === 0;
    const gone =
      effectOf(
        tries(() => [without]),
        without.name,
        fits,
      ) ?? (presence === 'conditional' ? nowhere : undefined);
    const emptied =
      schema.type === 'string'
        ? effectOf(
            tries(() => [empty]),
            empty.name,
            fits,
          )
        : undefined;
    return [
      ...(gone ? [fieldCase(without, gone, { kind: 'understood', clause: own, control }, [own], true)] : []),
      ...(emptied
        ? [fieldCase(empty, emptied, { kind: 'observed', ...open.emptyOptional, control }, [])]
        : []),
    ];
  }
}

/** Each once, the wanted one first. */
function ordered(aspects: readonly Aspect[], wanted: Aspect): readonly Aspect[] {
  const all = [...new Set(aspects)];
  return all.includes(wanted) ? [wanted, ...all.filter((one) => one !== wanted)] : all;
}
