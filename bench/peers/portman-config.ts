import { type JsonObject, parseJson, stringifyJson } from '../../src/json/json.ts';
import type { Given } from './given.ts';
import { objectAt } from './json-tree.ts';
import { correlationIdPattern } from './plain-schema.ts';
import type { PeerRequest } from './requests.ts';
import type { StandIns } from './stand-ins.ts';

const on = { enabled: true };

/** All that is documented: contract tests of each operation, fuzzing of headers and body, a variation a scenario. */
export function portmanConfig(given: Given, standIns: StandIns): JsonObject {
  const { operations, requests } = given;
  const ids = operations.map(({ id }) => id);
  const everything: JsonObject = {
    statusSuccess: on,
    contentType: on,
    jsonBody: on,
    schemaValidation: on,
    headersPresent: on,
  };
  const variations = ids.map((id) => ({
    openApiOperationId: id,
    variations: [...scenarios(requests, id, standIns), ...guards(requests, id)],
  }));
  const fuzzed = ids.map((id) => ({ openApiOperationId: id, variations: [fuzzing(requests, id)] }));
  return {
    version: 1.0,
    tests: {
      contractTests: Object.entries(everything).map(([name, value]) => ({
        openApiOperation: '*::/*',
        [name]: value,
      })),
      contentTests: [],
      extendTests: ids.map((id) => ({
        openApiOperationId: id,
        tests: [formTests(first(requests, id), standIns)],
      })),
      variationTests: [...variations, ...fuzzed],
      integrationTests: [chain(requests, standIns)],
    },
    globals: { portmanReplacements: standIns.replacements },
  };
}

function first(requests: readonly PeerRequest[], operation: string): PeerRequest | undefined {
  return requests.find((one) => one.operation === operation && one.kind === 'scenario');
}

function scenarios(requests: readonly PeerRequest[], operation: string, standIns: StandIns) {
  const base = objectAt(parseJson(first(requests, operation)?.body ?? '{}'));
  return requests
    .filter((one) => one.operation === operation && one.kind === 'scenario')
    .map((one) => ({
      name: one.id,
      openApiResponse: String(one.status),
      overwrites: [{ overwriteRequestBody: overwrites(base, objectAt(parseJson(one.body)), standIns) }],
      tests: {
        contractTests: [
          {
            statusCode: { enabled: true, code: one.status },
            contentType: on,
            jsonBody: on,
            schemaValidation: on,
            headersPresent: on,
          },
        ],
        extendTests: [{ tests: [formTests(one, standIns)] }],
      },
    }));
}

function overwrites(base: JsonObject, body: JsonObject, standIns: StandIns) {
  return [
    ...Object.entries(body).map(([key, value]) => ({ key, value: standIns.of(value), overwrite: true })),
    ...Object.keys(base)
      .filter((key) => !(key in body))
      .map((key) => ({ key, remove: true })),
  ];
}

/** A wrong value of each header that guards, and the header that keeps the bridge from encrypting. */
function guards(requests: readonly PeerRequest[], operation: string) {
  return requests
    .filter((one) => one.operation === operation && one.kind === 'broken' && / (wrong|plain)$/.test(one.id))
    .map((one) => {
      const name = one.id.split(' ')[1] ?? '';
      return {
        name: one.id,
        overwrites: [
          { overwriteRequestHeaders: [{ key: name, value: one.headers.get(name) ?? '', overwrite: true }] },
        ],
        tests: {
          contractTests: [{ contentType: on, jsonBody: on }],
          extendTests: [{ tests: [refusedTest(one)] }],
        },
      };
    });
}

function fuzzing(requests: readonly PeerRequest[], operation: string): JsonObject {
  const kinds = [
    {
      requiredFields: on,
      minimumNumberFields: on,
      maximumNumberFields: on,
      minLengthFields: on,
      maxLengthFields: on,
    },
  ];
  const example = requests.find((one) => one.operation === operation && one.kind === 'broken');
  return {
    name: 'fuzzing',
    fuzzing: [{ requestBody: kinds, requestHeaders: kinds }],
    tests: {
      contractTests: [{ contentType: on, jsonBody: on }],
      extendTests: [{ tests: [refusedTest(example)] }],
    },
  };
}

/** Registration, inquiry with the number that came, look-up and deletion, with Portman's variables. */
function chain(requests: readonly PeerRequest[], standIns: StandIns): JsonObject {
  const steps = requests.filter(({ kind }) => kind === 'chain');
  return {
    name: 'chain',
    operations: steps.map((one) => {
      const given = steps.find(({ takes }) => takes?.from === one.id)?.takes;
      const base = objectAt(parseJson(first(requests, one.operation)?.body ?? '{}'));
      const body = one.takes
        ? { [one.takes.field]: `{{${one.takes.answer}}}` }
        : objectAt(parseJson(one.body));
      return {
        openApiOperationId: one.operation,
        variations: [
          {
            name: one.id,
            openApiResponse: String(one.status),
            overwrites: [{ overwriteRequestBody: overwrites(base, body, standIns) }],
            tests: {
              contractTests: [
                { statusCode: { enabled: true, code: one.status }, contentType: on, jsonBody: on },
              ],
              extendTests: [{ tests: [formTests(one, standIns)] }],
            },
            ...(given && {
              assignVariables: [
                { collectionVariables: [{ responseBodyProp: given.answer, name: given.answer }] },
              ],
            }),
          },
        ],
      };
    }),
  };
}

/** Tests of one's own, as `extendTests` takes them: the schema of this scenario, the forms of the headers. */
function formTests(one: PeerRequest | undefined, standIns: StandIns): string {
  if (one === undefined) return '';
  return [
    `\npm.test(${JSON.stringify(`${one.id}: schema of the scenario`)}, function () {`,
    `  pm.response.to.have.jsonSchema(${stringifyJson(standIns.of(one.schema))});`,
    '});',
    `pm.test(${JSON.stringify(`${one.id}: form of X-KM-Correlation-Id`)}, function () {`,
    `  pm.expect(pm.response.headers.get('X-KM-Correlation-Id')).to.match(/${correlationIdPattern}/);`,
    '});',
    `pm.test(${JSON.stringify(`${one.id}: form of X-KM-Crypto-Key-Id`)}, function () {`,
    "  pm.expect(pm.response.headers.get('X-KM-Crypto-Key-Id') || '').to.match(/^(.{32})?$/);",
    '});\n',
  ].join('\n');
}

function refusedTest(one: PeerRequest | undefined): string {
  return [
    "\npm.test('is refused', function () {",
    '  pm.expect(pm.response.code).to.be.within(400, 499);',
    '});',
    "pm.test('schema of a failure', function () {",
    `  pm.response.to.have.jsonSchema(${stringifyJson(one?.schema ?? {})});`,
    '});',
    `if (pm.response.code === ${one?.refusalWithHeaders}) pm.test('has the headers of a refusal', function () {`,
    `  pm.expect(pm.response.headers.get('X-KM-Correlation-Id')).to.match(/${correlationIdPattern}/);`,
    '});\n',
  ].join('\n');
}
