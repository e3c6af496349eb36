import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyChecker, breachesOf } from '../../src/contract/body-check.ts';
import type { Schema } from '../../src/contract/schema.ts';
import type { JsonValue } from '../../src/json/json.ts';

/** `<pointer> <aspect>+<other aspects>: <what is allowed>` */
function said(schema: Schema, body: JsonValue): readonly string[] {
  return breachesOf(schema, body).map(
    ({ pointer, aspect, also, expected }) => `${pointer} ${[aspect, ...also].join('+')}: ${expected}`,
  );
}

const fields = (properties: Readonly<Record<string, Schema>>, more: Partial<Schema> = {}): Schema => ({
  type: 'object',
  properties: { ...properties },
  ...more,
});

test('a value that breaks several limits is told once, by the most telling one, with the others', () => {
  const schema = fields({ pay: { type: 'string', minLength: 4, maxLength: 4, enum: ['CARD', 'BANK'] } });
  assert.deepEqual(said(schema, { pay: 'CARD' }), []);
  assert.deepEqual(said(schema, { pay: 'CARE' }), ['/pay enum: one of CARD, BANK']);
  assert.deepEqual(said(schema, { pay: 'CARDS' }), ['/pay enum+length: one of CARD, BANK']);
  assert.deepEqual(said(schema, { pay: 5 }), ['/pay type: a string']);
});

test('the items of a list are counted, and each of them is looked into', () => {
  const schema = fields({ list: { type: 'array', minItems: 1, maxItems: 2, items: { type: 'boolean' } } });
  assert.deepEqual(said(schema, { list: [true] }), []);
  assert.deepEqual(said(schema, { list: [] }), ['/list length: 1 to 2 items']);
  assert.deepEqual(said(schema, { list: [true, 1, false] }), [
    '/list length: 1 to 2 items',
    '/list/1 type: true or false',
  ]);
});

test('what a condition asks for is missed at its field alone', () => {
  const schema = fields(
    { pay: { type: 'string' }, cardNo: { type: 'string' } },
    { allOf: [{ if: { properties: { pay: { const: 'CARD' } } }, then: { required: ['cardNo'] } }] },
  );
  assert.deepEqual(said(schema, { pay: 'BANK' }), []);
  assert.deepEqual(said(schema, { pay: 'CARD' }), ['/cardNo presence: a value']);
});

test('a field that a condition asks for counts as there just where the condition holds', () => {
  const schema = fields(
    { pay: { type: 'string' }, cardNo: { type: 'string' } },
    { if: { properties: { pay: { const: 'CARD' } } }, then: { required: ['cardNo'] } },
  );
  const seen = (pay: string) =>
    bodyChecker(schema)({ pay, cardNo: '1' }).sightings.find(({ pointer }) => pointer === '/cardNo')?.aspects;
  assert.deepEqual(seen('CARD'), ['presence', 'type']);
  assert.deepEqual(seen('BANK'), ['type']);
});

test('of several interpretations a value breaks what it breaks in all of them', () => {
  const lengths = {
    anyOf: [
      { minLength: 22, maxLength: 22 },
      { minLength: 1, maxLength: 22 },
    ],
  };
  const schema = fields({ no: { type: 'string', pattern: '^[0-9]+$', ...lengths } });
  assert.deepEqual(said(schema, { no: '1' }), []);
  assert.deepEqual(said(schema, { no: '1'.repeat(23) }), [
    '/no length: 22 characters, or 1 to 22 characters',
  ]);
  assert.deepEqual(said(schema, { no: 'x'.repeat(23) }), [
    '/no length+form: 22 characters, or 1 to 22 characters',
  ]);
  // Each interpretation is broken in another way.
  const mixed = fields({ no: { type: 'string', anyOf: [{ maxLength: 2 }, { pattern: '^A' }] } });
  assert.deepEqual(
    breachesOf(mixed, { no: 'BBB' }).map(({ aspect, also }) => [aspect, ...also]),
    [['length', 'form']],
  );
});

test('an optional text left empty breaks nothing, a required one does', () => {
  const text: Schema = { type: 'string', minLength: 1 };
  assert.deepEqual(said(fields({ text }), { text: '' }), []);
  assert.deepEqual(said(fields({ text }, { required: ['text'] }), { text: '' }), [
    '/text length: at least 1 characters',
  ]);
  assert.equal(bodyChecker(fields({ text }))({ text: '' }).leftEmpty, true);
});

test('numbers beyond 2^53 are compared to the last digit', () => {
  const schema = fields({ id: { type: 'integer', maximum: 9999999999999999999n } });
  assert.deepEqual(said(schema, { id: 9999999999999999999n }), []);
  assert.deepEqual(said(schema, { id: 10000000000000000000n }), ['/id range: at most 9999999999999999999']);
  assert.deepEqual(said(schema, { id: 0.5 }), ['/id type: an integer']);
});
