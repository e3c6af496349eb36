import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import { plainDocument, readOperations } from '../../../bench/peers/documents.ts';
import { type Given, makeGiven } from '../../../bench/peers/given.ts';
import { answerSchema, inOpenApi30, plainSchema } from '../../../bench/peers/plain-schema.ts';
import { openStage, type Stage } from '../../../bench/peers/stage.ts';
import { type JsonObject, stringifyJson } from '../../../src/json/json.ts';

let stage: Stage;
let given: Given;
before(async () => {
  stage = await openStage();
  given = makeGiven(stage.contract, stage.profile, stage.prefix);
});

function validator(schema: JsonObject): ValidateFunction {
  return new Ajv({ strict: false }).compile(JSON.parse(stringifyJson(schema)));
}

const envelope: JsonObject = {
  type: 'object',
  required: ['code', 'description'],
  properties: { code: { type: 'string' }, description: { type: 'string' } },
};
const answer: JsonObject = {
  type: 'object',
  required: ['response', 'name'],
  properties: {
    response: { 'x-envelope': true, allOf: [envelope] },
    name: { type: 'string', minLength: 2 },
    nick: { type: 'string', minLength: 2 },
  },
};
const outcome = { code: '000_000', messages: ['Success.'] };

describe('a schema in plain form', () => {
  test('takes the envelope wherever the documents let it stand, and not without', () => {
    const valid = validator(plainSchema(answer, outcome));
    assert.equal(valid({ response: { code: '000_000', description: 'Success.' }, name: 'ab' }), true);
    assert.equal(valid({ code: '000_000', description: 'Success.', name: 'ab' }), true);
    assert.equal(valid({ code: '000_000', message: 'Success.', name: 'ab' }), true);
    assert.equal(valid({ name: 'ab' }), false);
    assert.equal(valid({ response: { code: '000_001', description: 'Success.' }, name: 'ab' }), false);
    assert.equal(valid({ response: { code: '000_000', description: 'Success' }, name: 'ab' }), false);
    assert.equal(valid({ code: '000_000', message: 'Success', name: 'ab' }), false);
  });

  test('keeps limits, and lets only an optional text come empty', () => {
    const valid = validator(plainSchema(answer));
    const response = { code: '1', description: '' };
    assert.equal(valid({ response, name: 'a' }), false);
    assert.equal(valid({ response, name: '' }), false);
    assert.equal(valid({ response, name: 'ab', nick: '' }), true);
    assert.equal(valid({ response, name: 'ab', nick: 'a' }), false);
  });

  test('lets no text come empty that must stand in one of several places', () => {
    const field: JsonObject = { type: 'string', minLength: 1 };
    const valid = validator(
      plainSchema({
        type: 'object',
        allOf: [{ 'x-presence-of': 'status', anyOf: [{ required: ['status'] }] }],
        properties: { status: field, note: field },
      }),
    );
    assert.equal(valid({ status: 'a', note: '' }), true);
    assert.equal(valid({ status: '' }), false);
  });

  test('of several limits has the one that holds the others, with every digit', () => {
    const schema = plainSchema({
      type: 'integer',
      anyOf: [
        { minimum: 1, maximum: 19, 'x-interpretation': 'a.b' },
        { minimum: 1, maximum: 9999999999999999999n, 'x-interpretation': 'a.c' },
      ],
    });
    assert.equal(stringifyJson(schema), '{"type":"integer","minimum":1,"maximum":9999999999999999999}');
    const apart = {
      anyOf: [
        { minimum: 1, maximum: 2 },
        { minimum: 2, maximum: 3 },
      ],
    };
    assert.deepEqual(plainSchema(apart), apart);
  });

  test('allows in the words of OpenAPI 3.0 what it allows in those of 3.1', () => {
    const schema: JsonObject = {
      if: { properties: { code: { const: 'a' } } },
      then: { properties: { text: { const: 'A' } } },
    };
    const thirty = inOpenApi30(schema);
    assert.doesNotMatch(stringifyJson(thirty), /"(const|if|then)":/);
    for (const [value, expected] of [
      [{ code: 'a', text: 'A' }, true],
      [{ code: 'a', text: 'B' }, false],
      [{ code: 'b', text: 'B' }, true],
    ] as const) {
      assert.equal(validator(schema)(value), expected);
      assert.equal(validator(thirty)(value), expected);
    }
  });

  test('of an encrypted answer wants encData with the opened message', () => {
    const valid = validator(
      answerSchema(
        {
          type: 'object',
          required: ['encData'],
          properties: { encData: { type: 'string', contentSchema: answer } },
        },
        outcome,
      ),
    );
    const response = { code: '000_000', description: 'Success.' };
    assert.equal(valid({ encData: { response, name: 'ab' } }), true);
    assert.equal(valid({ encData: { name: 'ab' }, response }), true);
    assert.equal(valid({ response, name: 'ab' }), false);
    assert.equal(valid({ encData: 'a.b.c.d.e' }), false);
    assert.equal(valid({ encData: { name: 'ab' } }), false);
  });
});

describe('the documents of the peers', () => {
  test('have every operation, no reference and no extension', () => {
    const document = plainDocument(readOperations(), given.examplesOf, { version: '3.1.0', server: '/x' });
    const text = stringifyJson(document);
    assert.equal(Object.keys(JSON.parse(text).paths).length, stage.contract.apis.length);
    assert.doesNotMatch(text, /"\$ref"|"x-[a-z]/);
    assert.match(text, /"maximum":9999999999999999999\b/);
  });

  test('name no word that OpenAPI 3.0 does not have', () => {
    const document = plainDocument(readOperations(), given.examplesOf, { version: '3.0.3', server: '/x' });
    assert.doesNotMatch(stringifyJson(document), /"(const|if|then|contentSchema|contentMediaType)":/);
  });
});

describe('the requests of the peers', () => {
  test('have one for each documented scenario with test data, and broken ones of each API', () => {
    const { testData } = stage.profile;
    const scenarios = stage.contract.apis
      .flatMap((api) => api.scenarios.map(({ id }) => id))
      .filter((id) => testData.has(id));
    assert.deepEqual(
      given.requests.filter(({ kind }) => kind === 'scenario').map(({ id }) => id),
      scenarios,
    );
    for (const { id, scenarios } of stage.contract.apis) {
      if (!scenarios.some((one) => testData.has(one.id))) continue;
      assert.ok(
        given.requests.some(({ kind, operation }) => kind === 'broken' && operation === id),
        id,
      );
    }
    assert.equal(new Set(given.requests.map(({ id }) => id)).size, given.requests.length);
  });

  test('each differ from the good one by one value, beside its limit', () => {
    const one = given.requests.find(({ id }) => id === 'account-delete userId too large');
    assert.equal(one?.body, '{"userId":10000000000000000000}');
    assert.equal(one?.status, 'refused');
    const short = given.requests.find(({ id }) => id === 'linkable-cards physicalCardCVC too short');
    assert.equal(JSON.parse(short?.body ?? '{}').physicalCardCVC, '10');
    const without = given.requests.find(({ id }) => id === 'ars-inquiry without X-KM-Time-Zone');
    assert.equal(without?.headers.has('X-KM-Time-Zone'), false);
    assert.equal(without?.headers.size, 8);
  });

  test('wait for the documented outcome of their scenario', () => {
    const one = given.requests.find(({ id }) => id === 'account-delete/invalid-user-id');
    assert.ok(one);
    assert.equal(one.status, 400);
    const valid = validator(one.schema);
    const description = 'Invalid input parameter. userId';
    assert.equal(valid({ response: { code: '000_002', description } }), true);
    assert.equal(valid({ response: { code: '000_003', description } }), false);
    assert.equal(valid({ response: { code: '000_002', description: `${description}.` } }), false);
  });
});
