import type { Api, Contract } from '../../src/contract/model.ts';
import { type Field, fieldsOf, type Schema } from '../../src/contract/schema.ts';
import type { JsonObject, JsonValue } from '../../src/json/json.ts';
import { headerValues } from '../../src/wire/headers.ts';
import { valuesAt } from '../edit-field.ts';
import { echoedFields } from '../faults/echoes.ts';
import { codeOf, isSuccess, withEnvelope, withField } from '../faults/edit.ts';
import { anyInterpretation, breachesOf, fits } from '../generic/check-value.ts';
import { scenarioOf } from '../generic/scenarios.ts';
import type { Situation } from '../stages.ts';
import type { Variant } from './variant.ts';

/** What the contract itself leaves open: other interpretations of messages and limits, values at their limits. */
export function contractVariants(contract: Contract): readonly Variant[] {
  return [...messageVariants(contract), ...limitVariants(contract), ...valueVariants];
}

function messageVariants({ apis }: Contract): readonly Variant[] {
  const messages = apis.flatMap(({ codes }) => codes.flatMap((row) => row.messages));
  return unique(messages.map(({ interpretation }) => interpretation)).map((interpretation) => ({
    id: interpretation.replace('.', '-'),
    sentence: `Messages follow the interpretation ${interpretation} wherever it is one of theirs.`,
    deviation: {
      answer: (answer, { api }) => {
        const row = api.codes.find(({ code }) => code === codeOf(answer));
        const message = row?.messages.find((one) => one.interpretation === interpretation);
        return message ? withEnvelope(answer, 'description', () => message.text) : answer;
      },
    },
  }));
}

/** Another interpretation of a limit than the assumed one: what it allows is taken. */
function limitVariants({ apis, ambiguities }: Contract): readonly Variant[] {
  const isAssumed = (interpretation: string) =>
    ambiguities.some(({ id, assumed }) => interpretation === `${id}.${assumed}`);
  const isAllowed = (
    { anyOf = [], ...own }: Schema,
    interpretation: string,
    given: readonly (JsonValue | undefined)[],
  ) =>
    given.length > 0 &&
    anyOf
      .filter((one) => one['x-interpretation'] === interpretation)
      .some((option) =>
        given.every((value) => value !== undefined && fits(value, { ...own, ...option }, anyInterpretation)),
      );
  // What a token may look like is not only a matter of its length.
  const headersOf = ({ request }: Api) => request.headers.filter(({ guard }) => guard !== 'integrity');
  const schemas = apis.flatMap((api) => [
    ...headersOf(api).map(({ schema }) => schema),
    ...fieldsOf(api.request.body.schema).map(({ schema }) => schema),
  ]);
  const all = unique(schemas.flatMap(({ anyOf = [] }) => anyOf.map((one) => one['x-interpretation'])));
  return all
    .filter((interpretation) => !isAssumed(interpretation))
    .map((interpretation) => ({
      id: interpretation.replace('.', '-'),
      sentence: `Requests are read by the interpretation ${interpretation}: what it allows is taken.`,
      deviation: {
        leavesOut: (check, at) =>
          headersOf(at.api).some(
            ({ name, schema }) =>
              check.startsWith(`header.${name}.`) &&
              isAllowed(schema, interpretation, headerValues(at.received.headers, name)),
          ) ||
          fieldsOf(at.api.request.body.schema).some(
            ({ path, schema }) =>
              check.startsWith(`parameter.${path}.`) &&
              isAllowed(schema, interpretation, valuesAt(at.parameters ?? {}, path)),
          ),
      },
    }));
}

const valueVariants: readonly Variant[] = [
  {
    id: 'least-values',
    sentence: 'Texts and numbers of a successful answer have their least length or value.',
    deviation: values(({ schema, required }) => {
      const { type, minLength = 0, maxLength, minimum } = schema;
      if (type === 'string' && minLength !== maxLength) {
        const length = required ? minLength : Math.max(1, minLength);
        return () => '가'.repeat(length);
      }
      return minimum === undefined ? undefined : () => minimum;
    }),
  },
  {
    id: 'greatest-values',
    sentence:
      'Texts and numbers of a successful answer have their greatest length or value, texts in code points beyond 16 bits.',
    deviation: values(({ schema: { type, minLength, maxLength, maximum } }) => {
      if (type === 'string' && maxLength !== undefined && minLength !== maxLength)
        return () => '𠮷'.repeat(maxLength);
      return maximum === undefined ? undefined : () => maximum;
    }),
  },
  {
    id: 'optional-left-out',
    sentence: 'No optional field is there.',
    deviation: values(({ required, name }) => (required || name === '[]' ? undefined : () => undefined)),
  },
  {
    id: 'optional-empty',
    sentence: 'Optional texts are empty and optional lists have no element (ambiguity empty-optional-field).',
    deviation: values(({ schema: { type, minItems = 0 }, required, name }) => {
      if (required || name === '[]') return undefined;
      if (type === 'string') return () => '';
      return type === 'array' && minItems === 0 ? () => [] : undefined;
    }),
  },
];

/**
 * Other values in the successful answers, where nothing else is promised of them: an echo or what a scenario wants stays,
 * and so do the answers of APIs whose promises over time rest on their values.
 */
function values(editOf: (field: Field) => (() => JsonValue | undefined) | undefined): Variant['deviation'] {
  return {
    answer: (answer, at) => {
      const schema = at.api.responses.find(({ status }) => status === answer.status)?.body.schema;
      if (!schema || !isSuccess(answer) || at.api.behaviours.length > 0) return answer;
      const body = fieldsOf(schema).reduce((given, field) => {
        const edit = editOf(field);
        const { enum: words, format, pattern, const: only } = field.schema;
        if (!edit || words || format || pattern || only !== undefined) return given;
        if (isPromised(at, field.path)) return given;
        const edited = withEdit(given, field, edit);
        // An empty text stands for one that is left out, which its own limits do not allow.
        const isLikeBefore = [...breachesOf(edited, schema, anyInterpretation)].every(
          ({ aspect }) => aspect === 'length',
        );
        return isLikeBefore ? edited : given;
      }, answer.body);
      return { ...answer, body };
    },
  };
}

function withEdit(body: JsonObject, { places }: Field, edit: () => JsonValue | undefined): JsonObject {
  return places.reduce(
    (given, place) => withField(given, place, (value) => (value === undefined ? undefined : edit())),
    body,
  );
}

/** What must come back as it was sent, and what the scenario wants of the answer. */
function isPromised({ contract, api, parameters = {} }: Situation, path: string): boolean {
  const wanted = scenarioOf(contract, api, parameters)?.body;
  const named = wanted ? fieldsOf(wanted).map((field) => field.path) : [];
  return [...echoedFields(api), ...named, ...(wanted?.required ?? [])].some(
    (one) => one === path || one.startsWith(`${path}.`) || one.startsWith(`${path}[]`),
  );
}

function unique(list: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(list.filter((one) => one !== undefined))];
}
