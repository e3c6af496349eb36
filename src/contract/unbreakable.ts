import { clauseId } from './clauses.ts';
import { factsOn, presenceOf } from './facts.ts';
import { type Aspect, aspectsOf } from './limits.ts';
import type { Api, Facts } from './model.ts';
import { type Field, fieldsOf, type Schema } from './schema.ts';

/** The longest text and the longest list that a case sends: what is longer is about the size of messages. */
export const longestSent = { characters: 100_000, items: 1_000 } as const;

/** The clauses of an API's requests that no request can break, each with the reason, as the documents show it. */
export function unbreakable(api: Api): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  const { headers, body } = api.request;
  for (const { name, guard, facts, schema } of headers) {
    if (guard !== 'key' || body.encrypted || !facts) continue;
    for (const aspect of aspectsOf(schema).filter((one) => one !== 'type')) {
      reasons.set(
        clauseId.requestHeader(api.id, name, aspect),
        'A plain request does not need the header, and no page says that a target reads what it does not need.',
      );
    }
  }
  for (const field of fieldsOf(body.schema)) {
    const facts = factsOn(api.page, field.schema['x-source']);
    if (!facts) continue;
    for (const aspect of ['presence', ...aspectsOf(field.schema)] as const) {
      const reason = reasonFor(field, aspect, facts);
      if (reason !== undefined) reasons.set(clauseId.requestField(api.id, field.path, aspect), reason);
    }
  }
  return reasons;
}

function reasonFor(field: Field, aspect: Aspect, facts: Facts): string | undefined {
  if (aspect === 'presence') {
    return presenceOf(field, facts) === 'conditional' && field.conditions.length === 0
      ? 'The page gives its condition in words, so that no case can tell when it holds.'
      : undefined;
  }
  const { anyOf, ...own } = field.schema;
  const interpretations = anyOf?.map((part): Schema => ({ ...own, ...part })) ?? [own];
  const isBroken = (breaks: (schema: Schema) => boolean) => interpretations.every(breaks);
  if (ways(field)[aspect].some(isBroken)) return undefined;
  return interpretations.every((schema) => aspectsOf(schema).includes(aspect))
    ? 'No value that could be sent breaks it.'
    : 'One interpretation of the page has no such limit; a run shows which one a target follows.';
}

/** The ways to break an aspect, each as what a schema needs for it. */
function ways({
  required,
}: Field): Readonly<Record<Exclude<Aspect, 'presence'>, readonly ((schema: Schema) => boolean)[]>> {
  // Text that is left empty where it may be left out may count as left out.
  const shortest = required ? 0 : 1;
  return {
    type: [({ type }) => type !== undefined],
    length: [
      ({ minLength = 0 }) => minLength > shortest,
      ({ maxLength = Number.POSITIVE_INFINITY }) => maxLength < longestSent.characters,
      ({ minItems = 0 }) => minItems > 0,
      ({ maxItems = Number.POSITIVE_INFINITY }) => maxItems < longestSent.items,
    ],
    range: [({ minimum }) => minimum !== undefined, ({ maximum }) => maximum !== undefined],
    form: [({ format, pattern }) => format !== undefined || pattern !== undefined],
    enum: [({ enum: values, const: value }) => values !== undefined || value !== undefined],
  };
}
