import { bodyChecker } from '../../src/contract/body-check.ts';
import { clauseId } from '../../src/contract/clauses.ts';
import type { Api, Contract } from '../../src/contract/model.ts';
import { type Field, fieldsOf, type Schema } from '../../src/contract/schema.ts';
import { equalJson, type JsonObject, type JsonValue } from '../../src/json/json.ts';
import { valuesAt, withField } from '../edit-field.ts';
import { anyInterpretation, breachesOf } from '../generic/check-value.ts';
import { isForBadValues, refusalOf } from '../generic/refusal.ts';
import type { Outcome, Situation } from '../stages.ts';
import { boundaries, type Departure, departuresFrom } from './departures.ts';
import { type Fault, fault } from './fault.ts';
import { promisesLost } from './over-time/promises.ts';
import { preparedBody, preparedObject } from './prepared-object.ts';

/** Each check of a documented request field left out, wherever it sits, and limits drawn too narrow. */
export function requestFieldFaults(contract: Contract): readonly Fault[] {
  return contract.apis.flatMap((api) =>
    fieldsOf(api.request.body.schema)
      .filter(({ schema }) => schema['x-source']?.[api.page.number])
      .flatMap((field) => {
        const given = { contract, api, field };
        return [
          ...departuresFrom(field).map((one) => tolerated(given, one)),
          ...conditionOverlooked(given),
          ...leftOutRefused(given),
          ...(hasOwnFailure(api) ? [...boundariesRefused(given), ...strangersRefused(given)] : []),
        ];
      }),
  );
}

interface Given {
  readonly contract: Contract;
  readonly api: Api;
  readonly field: Field;
}

/**
 * The request with a bad value is answered like the prepared one: a check left out alone would often let the business
 * refuse the value, for want of such a member or card.
 */
function tolerated(
  { contract, api, field: { path } }: Given,
  { how, aspect, says, departs }: Departure,
): Fault {
  const [good] = valuesAt(preparedObject(contract, api), path);
  const departsIn = ({ parameters = {} }: Situation) => valuesAt(parameters, path).some(departs);
  // What is promised of the prepared requests that have the same bad value.
  const spoiled = api.scenarios.filter(
    ({ id, breaksRequest }) => breaksRequest && valuesAt(preparedBody(contract, id), path).some(departs),
  );
  const because =
    spoiled.length === 0
      ? ''
      : ` The prepared request for ${spoiled[0]?.code} is such a one, so its outcome can’t come either.`;
  return fault({
    how,
    family: 'request field',
    sentence: `A request whose ${path} ${says} is accepted.${because}`,
    breaks: [
      clauseId.requestField(api.id, path, aspect),
      ...spoiled.flatMap(({ id, code }) => [clauseId.code(api.id, code, 'code'), clauseId.scenario(id)]),
    ],
    deviation: {
      leavesOut: (check, at) => isCheckOf(check, path) && departsIn(at),
      act: (at, act) =>
        departsIn(at) && good !== undefined
          ? act({
              ...at,
              parameters: withField(at.parameters ?? {}, path, (value) => (departs(value) ? good : value)),
            })
          : act(at),
    },
  });
}

/** Whether a check is one of this field, and none of what is in it. */
export function isCheckOf(check: string, path: string): boolean {
  const prefix = `parameter.${path}.`;
  return check.startsWith(prefix) && /^[a-z]+$/.test(check.slice(prefix.length));
}

/** A field that a condition asks for is missing, and nobody minds. */
function conditionOverlooked({ contract, api, field: { path, required } }: Given): readonly Fault[] {
  const { schema } = api.request.body;
  const [good] = valuesAt(preparedObject(contract, api), path);
  if (required || good === undefined || !askedFor(schema).includes(path)) return [];
  const isMissing = ({ parameters = {} }: Situation) =>
    [...breachesOf(parameters, schema, anyInterpretation)].some(
      (breach) => breach.path === path && breach.aspect === 'presence',
    );
  return [
    fault({
      how: 'missing-although-asked-for',
      family: 'request field',
      sentence: `A request without ${path} is accepted where a condition asks for it.`,
      breaks: [clauseId.requestField(api.id, path, 'presence')],
      deviation: {
        leavesOut: (check) => check === `parameter.${path}.presence`,
        act: (at, act) =>
          isMissing(at)
            ? act({ ...at, parameters: withField(at.parameters ?? {}, path, (value) => value ?? good) })
            : act(at),
      },
    }),
  ];
}

/** The fields that a condition of a schema asks for. */
function askedFor(schema: Schema, path = ''): readonly string[] {
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  return [
    ...[schema, ...(schema.allOf ?? [])].flatMap(({ then }) => (then?.required ?? []).map(below)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, child]) => askedFor(child, below(name))),
    ...(schema.items ? askedFor(schema.items, `${path}[]`) : []),
  ];
}

/** Otherwise a bad value may be what answers a member that there is not (ambiguity code-for-a-stranger). */
function hasOwnFailure({ codes }: Api): boolean {
  return codes.some(({ code, status }) => status >= 300 && !isForBadValues(code));
}

/** A request that keeps all limits is refused as a bad value; the prepared ones are left alone unless they are named. */
function refused(
  { contract, api, field }: Given,
  parts: Pick<Parameters<typeof fault>[0], 'how' | 'sentence'> & {
    readonly aspect: 'presence' | 'range' | 'length';
    readonly isRefused: (parameters: JsonObject, at: Situation) => boolean;
  },
): readonly Fault[] {
  const clause = clauseId.requestField(api.id, field.path, parts.aspect);
  if (!contract.clauses.has(clause)) return [];
  const prepared = api.scenarios.map(({ id }) => preparedBody(contract, id));
  const isPrepared = (parameters: JsonObject) => prepared.some((one) => equalJson(one, parameters));
  return [
    fault({
      how: parts.how,
      family: 'request field',
      sentence: parts.sentence,
      // What is refused as a bad value is not refused for what a promise over time says.
      breaks: [clause, ...api.codes.flatMap(({ code }) => promisesLost(contract, api.id, code, 'any'))],
      apis: [api.id],
      deviation: {
        act: (at, act) => {
          const { parameters = {} } = at;
          return !isPrepared(parameters) && parts.isRefused(parameters, at) ? badValue(api) : act(at);
        },
      },
    }),
  ];
}

function leftOutRefused(given: Given): readonly Fault[] {
  const { path, required, name } = given.field;
  if (required || name === '[]') return [];
  return refused(given, {
    how: 'left-out-refused',
    sentence: `A request without ${path}, which may be left out, is refused as a bad value.`,
    aspect: 'presence',
    isRefused: (parameters) => valuesAt(parameters, path).includes(undefined),
  });
}

function boundariesRefused(given: Given): readonly Fault[] {
  const { path, schema } = given.field;
  return boundaries(schema).flatMap((value) =>
    refused(given, {
      how: `${String(value)}-refused`,
      sentence: `A request whose ${path} is ${String(value)}, within its limits, is refused as a bad value.`,
      aspect: 'range',
      isRefused: (parameters) => hasAt(parameters, path, (one) => equalJson(one, value)),
    }),
  );
}

/** A value that only the business can refuse is refused before it comes there. */
function strangersRefused(given: Given): readonly Fault[] {
  const { contract, api, field } = given;
  const { path, schema } = field;
  const interpretations = [schema, ...(schema.anyOf ?? [])];
  // Of a form, of some words or without limits, no other value than the prepared ones is tried.
  const isOpen =
    (schema.type === 'string' || schema.type === 'integer') &&
    interpretations.every(({ format, pattern, enum: values }) => !(format ?? pattern ?? values)) &&
    interpretations.some(({ maxLength, maximum }) => maxLength !== undefined || maximum !== undefined);
  // Of few values a made one may well be a prepared one.
  const [least, most] = boundaries(schema).map(BigInt);
  const isWide = least === undefined || most === undefined || most - least > 1000n;
  if (!isOpen || !isWide) return [];
  const checks = interpretations.map((one) => bodyChecker(one));
  const expected = [
    ...api.scenarios.flatMap(({ id }) => valuesAt(preparedBody(contract, id), path)),
    ...boundaries(schema),
  ];
  const isStranger = (value: JsonValue, { world }: Situation) =>
    checks.every((check) => check(value).breaches.length === 0) &&
    !expected.some((one) => one !== undefined && equalJson(one, value)) &&
    !world.overTime.knows(String(value)) &&
    (typeof value === 'string'
      ? world.progress(value) === undefined
      : (typeof value === 'bigint' || typeof value === 'number') &&
        world.accountOf(BigInt(value)) === undefined);
  return refused(given, {
    how: 'strangers-refused',
    sentence: `A request whose ${path} is within its limits, and known to nobody, is refused as a bad value.`,
    aspect: schema.type === 'string' ? 'length' : 'range',
    isRefused: (parameters, at) => hasAt(parameters, path, (value) => isStranger(value, at)),
  });
}

function hasAt(parameters: JsonObject, path: string, is: (value: JsonValue) => boolean): boolean {
  return valuesAt(parameters, path).some((value) => value !== undefined && is(value));
}

/** How the API answers a bad value. */
export function badValue(api: Api): Outcome {
  return { ...refusalOf(api, 'range').answer, fields: {} };
}
