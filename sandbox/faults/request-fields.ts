import { bodyChecker } from '../../src/contract/body-check.ts';
import { clauseId } from '../../src/contract/clauses.ts';
import { formats } from '../../src/contract/formats.ts';
import type { Aspect } from '../../src/contract/limits.ts';
import type { Api, Contract } from '../../src/contract/model.ts';
import { type Field, fieldsOf } from '../../src/contract/schema.ts';
import {
  compareNumbers,
  equalJson,
  getMember,
  isJsonArray,
  isJsonNumber,
  isJsonObject,
  type JsonValue,
} from '../../src/json/json.ts';
import { documented } from '../act.ts';
import { ownCodes } from '../own-codes.ts';
import type { Outcome, Situation } from '../stages.ts';
import { type Fault, fault } from './fault.ts';
import { preparedBody, preparedObject } from './prepared-object.ts';

/** Each check of a documented request field left out, and limits drawn too narrow. */
export function requestFieldFaults({ apis }: Contract): readonly Fault[] {
  return apis.flatMap((api) =>
    fieldsOf(api.request.body.schema)
      .filter(({ schema }) => schema['x-source']?.[api.page.number])
      .flatMap((field) => [
        ...departuresFrom(field).map((one) => toleranceOf(api, field, one)),
        ...(hasOwnFailure(api)
          ? [
              ...boundaries(field).map((value) => refusalOf(api, field, value)),
              ...strangersRefused(api, field),
            ]
          : []),
      ]),
  );
}

interface Departure {
  readonly how: string;
  readonly aspect: Aspect;
  readonly says: string;
  readonly departs: (value: JsonValue | undefined) => boolean;
}

/**
 * The request with a bad value is answered like the prepared one: a check left out alone would often let the business
 * refuse the value, for want of such a member or card.
 */
function toleranceOf(api: Api, { name, path }: Field, { how, aspect, says, departs }: Departure): Fault {
  const prepared = preparedObject(api);
  const departsIn = ({ parameters = {} }: Situation) => departs(getMember(parameters, name));
  const good = getMember(prepared, name);
  const spoiled = spoiledScenarios(api, name, departs);
  const because =
    spoiled.length === 0
      ? ''
      : ' The prepared request for 000_002 is such a one, so its outcome can’t come either.';
  return fault({
    how,
    family: 'request field',
    sentence: `A request whose ${path} ${says} is accepted.${because}`,
    breaks: [clauseId.requestField(api.id, path, aspect), ...spoiled],
    deviation: {
      leavesOut: (check, at) => check.startsWith(`parameter.${name}.`) && departsIn(at),
      act: (at, act) =>
        departsIn(at) && good !== undefined
          ? act({ ...at, parameters: { ...at.parameters, [name]: good } })
          : act(at),
    },
  });
}

/** What is promised of the prepared requests that have the same bad value. */
function spoiledScenarios(api: Api, name: string, departs: Departure['departs']): readonly string[] {
  return api.scenarios.flatMap(({ id, code, breaksRequest }) => {
    const value = breaksRequest ? getMember(preparedBody(id), name) : undefined;
    return value !== undefined && departs(value)
      ? [clauseId.code(api.id, code, 'code'), clauseId.scenario(id)]
      : [];
  });
}

/** Otherwise a bad value may be what answers a member that there is not (ambiguity code-for-a-stranger). */
function hasOwnFailure({ codes }: Api): boolean {
  return codes.some(({ code, status }) => status >= 300 && code !== ownCodes.badValue.code);
}

function refusalOf(api: Api, { name, path }: Field, value: JsonValue): Fault {
  return fault({
    how: `${String(value)}-refused`,
    family: 'request field',
    sentence: `A request whose ${path} is ${String(value)}, within its limits, is refused as a bad value.`,
    breaks: [clauseId.requestField(api.id, path, 'range')],
    deviation: {
      act: (at, act) => {
        const given = getMember(at.parameters ?? {}, name);
        return given !== undefined && equalJson(given, value) ? badValue(api) : act(at);
      },
    },
  });
}

/** A value that only the business can refuse is refused before it comes there. */
function strangersRefused(api: Api, { name, path, schema }: Field): readonly Fault[] {
  // Of a form there are so few values that the prepared ones may be all.
  if (schema.format !== undefined) return [];
  const interpretations = [schema, ...(schema.anyOf ?? [])].map((one) => bodyChecker(one));
  const expected = [
    ...api.scenarios.map(({ id }) => getMember(preparedBody(id), name)),
    ...boundaries({ schema }),
  ];
  const isStranger = (value: JsonValue, { world }: Situation) =>
    interpretations.every((check) => check(value).breaches.length === 0) &&
    !expected.some((one) => one !== undefined && equalJson(one, value)) &&
    (typeof value === 'string'
      ? world.progress(value) === undefined
      : (typeof value === 'bigint' || typeof value === 'number') &&
        world.accountOf(BigInt(value)) === undefined);
  return [
    fault({
      how: 'strangers-refused',
      family: 'request field',
      sentence: `A request whose ${path} is within its limits, and known to nobody, is refused as a bad value.`,
      breaks: [clauseId.requestField(api.id, path, schema.type === 'string' ? 'length' : 'range')],
      deviation: {
        act: (at, act) => {
          const given = getMember(at.parameters ?? {}, name);
          return given !== undefined && isStranger(given, at) ? badValue(api) : act(at);
        },
      },
    }),
  ];
}

/** How the API answers a bad value. */
export function badValue(api: Api): Outcome {
  const isDocumented = api.codes.some(({ code }) => code === ownCodes.badValue.code);
  return isDocumented ? documented(api, ownCodes.badValue.code) : { ...ownCodes.badValue, fields: {} };
}

function departuresFrom({ schema, required }: Field): readonly Departure[] {
  const limits = [schema, ...(schema.anyOf ?? [])];
  const one = (
    how: string,
    aspect: Aspect,
    says: string,
    departs: (value: JsonValue | undefined) => boolean,
  ): Departure => ({ how, aspect, says, departs });
  const common = [
    ...(required ? [one('missing', 'presence', 'is missing', (value) => value === undefined)] : []),
    one('null', 'type', 'is null', (value) => value === null),
  ];
  if (schema.type === 'string') {
    const lengths = limits.flatMap(({ minLength = 0, maxLength }) =>
      maxLength === undefined ? [] : [{ minLength, maxLength }],
    );
    const least = Math.min(...lengths.map(({ minLength }) => minLength));
    const most = Math.max(...lengths.map(({ maxLength }) => maxLength));
    const ofLength = (fits: (length: number) => boolean) => (value: JsonValue | undefined) =>
      typeof value === 'string' && fits([...value].length);
    const { format } = schema;
    return [
      ...common,
      one(
        'number',
        'type',
        'is no text',
        (value) => value !== undefined && value !== null && typeof value !== 'string',
      ),
      one('empty', 'length', 'is empty', (value) => value === ''),
      ...(least > 1
        ? [
            one(
              'too-short',
              'length',
              'is too short',
              ofLength((length) => length > 0 && length < least),
            ),
          ]
        : []),
      one(
        'too-long',
        'length',
        'is too long',
        ofLength((length) => length > most),
      ),
      ...(format
        ? [
            one(
              'bad-form',
              'form',
              'has not its form',
              (value) => typeof value === 'string' && value.length === most && !formats[format](value),
            ),
          ]
        : []),
    ];
  }
  const isInteger = (value: JsonValue | undefined) => typeof value === 'bigint' || Number.isInteger(value);
  const minima = limits.flatMap(({ minimum }) => minimum ?? []);
  const maxima = limits.flatMap(({ maximum }) => maximum ?? []);
  return [
    ...common,
    one('string', 'type', 'is a text', (value) => typeof value === 'string'),
    one(
      'no-number',
      'type',
      'is true, false, a list or an object',
      (value) =>
        typeof value === 'boolean' || isJsonArray(value) || (value !== undefined && isJsonObject(value)),
    ),
    one('fraction', 'type', 'has a fraction', (value) => isJsonNumber(value) && !isInteger(value)),
    one(
      'too-small',
      'range',
      'is too small',
      (value) =>
        isJsonNumber(value) && isInteger(value) && minima.every((least) => compareNumbers(value, least) < 0),
    ),
    one(
      'too-great',
      'range',
      'is too great',
      (value) =>
        isJsonNumber(value) && isInteger(value) && maxima.every((most) => compareNumbers(value, most) > 0),
    ),
  ];
}

/** The least and the greatest value that every interpretation allows. */
function boundaries({ schema }: Pick<Field, 'schema'>): readonly JsonValue[] {
  const limits = [schema, ...(schema.anyOf ?? [])];
  const [least] = limits.flatMap(({ minimum }) => minimum ?? []).sort((a, b) => compareNumbers(b, a));
  const [most] = limits.flatMap(({ maximum }) => maximum ?? []).sort((a, b) => compareNumbers(a, b));
  return [least, most].filter((value) => value !== undefined);
}
