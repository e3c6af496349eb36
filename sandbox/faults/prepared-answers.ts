import { clauseId } from '../../src/contract/clauses.ts';
import type { Api, Contract, Scenario } from '../../src/contract/model.ts';
import type { Schema } from '../../src/contract/schema.ts';
import { equalJson, isJsonArray, isJsonObject, type JsonObject } from '../../src/json/json.ts';
import { assumedOf } from '../assumed.ts';
import { type Edit, withField } from '../edit-field.ts';
import { drawFrom } from '../generic/draw.ts';
import { makeValue } from '../generic/make-value.ts';
import { type Fault, fault } from './fault.ts';
import { preparedBody } from './prepared-object.ts';

/** What a scenario wants of its answer beyond the response schema, not kept although the answer fits that schema. */
export function preparedAnswerFaults(contract: Contract): readonly Fault[] {
  return contract.apis.flatMap((api) =>
    api.scenarios.flatMap((scenario) => {
      const schema = api.responses.find(({ status }) => status === scenario.status)?.body.schema;
      const request = preparedBody(contract, scenario.id);
      if (!schema || !scenario.body) return [];
      return breaksOf(contract, scenario.body, schema, '').map((one) =>
        wrongFor(api, scenario, request, one),
      );
    }),
  );
}

interface Break {
  readonly how: string;
  readonly says: string;
  readonly path: string;
  readonly edit: Edit;
}

function wrongFor(
  api: Api,
  scenario: Scenario,
  request: JsonObject,
  { how, says, path, edit }: Break,
): Fault {
  return fault({
    how,
    family: 'prepared answer',
    sentence: `The prepared request "${scenario.title}" is answered with ${path} ${says}.`,
    breaks: [clauseId.scenario(scenario.id)],
    apis: [api.id],
    deviation: {
      act: (at, act) => {
        const outcome = act(at);
        const isIts = outcome.code === scenario.code && equalJson(at.parameters ?? {}, request);
        return isIts ? { ...outcome, fields: withField(outcome.fields, path, edit) } : outcome;
      },
    },
  });
}

/** Each word of what is wanted that the response schema leaves open, not kept. */
function breaksOf(contract: Contract, wanted: Schema, schema: Schema, path: string): readonly Break[] {
  const { properties = {}, required = [], minItems = 0, maxItems, enum: values, const: only } = wanted;
  const one = (how: string, says: string, edit: Edit): Break => ({
    how: `${idOf(path)}${how}`,
    says,
    path,
    edit,
  });
  const read = (part: Schema) => assumedOf(part, contract);
  const item = () => makeValue(schema.items ?? {}, { draw: drawFrom(path), read });
  const allowed = values ?? (only === undefined ? undefined : [only]);
  return [
    ...(minItems > 0 && (schema.minItems ?? 0) === 0 ? [one('empty', 'without an element', () => [])] : []),
    ...(maxItems === 0
      ? [
          one('not-empty', 'with an element where there is none', (value) =>
            isJsonArray(value) && value.length > 0 ? value : [item()],
          ),
        ]
      : []),
    ...(allowed
      ? (schema.enum ?? [])
          .filter((value) => !allowed.includes(value))
          .map((value) => one(value.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), `as ${value}`, () => value))
      : []),
    ...required
      .filter((name) => !schema.required?.includes(name))
      .map((name) =>
        one(`without-${idOf(name)}`.replace(/-$/, ''), `without ${name}`, (value) =>
          value !== undefined && isJsonObject(value) ? withField(value, name, () => undefined) : value,
        ),
      )
      // The body as a whole has no path to be edited at.
      .filter(() => path !== ''),
    ...Object.entries(properties).flatMap(([name, child]) => {
      const known = schema.properties?.[name];
      return known ? breaksOf(contract, child, known, path === '' ? name : `${path}.${name}`) : [];
    }),
    ...(wanted.items && schema.items ? breaksOf(contract, wanted.items, schema.items, `${path}[]`) : []),
  ];
}

/** `issuedCardList[].status` → `issued-card-list-status-` */
function idOf(path: string): string {
  return path
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => `${word.toLowerCase()}-`)
    .join('');
}
