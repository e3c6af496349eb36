import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Type } from 'typebox';
import { closed, mapOf, part, published, recursivePart, type Shape } from '../../src/json/define.ts';

const name = part('name', Type.String({ description: 'A name.', minLength: 1 }));
const tree = recursivePart('tree', (self) =>
  closed({ name, branches: Type.Optional(mapOf(self, { description: 'By name.' })) }),
);
const garden = closed(
  { tree, owner: { ...name, description: 'Whose it is.' } },
  { title: 'A garden', description: 'With a tree.' },
);

test('a definition is published as plain JSON Schema, parts once and behind the words that use them', () => {
  assert.deepEqual(JSON.parse(published(garden, { $id: 'garden' })), {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'garden',
    title: 'A garden',
    description: 'With a tree.',
    type: 'object',
    required: ['tree', 'owner'],
    properties: {
      tree: { $ref: '#/$defs/tree' },
      owner: { description: 'Whose it is.', $ref: '#/$defs/name' },
    },
    additionalProperties: false,
    $defs: {
      tree: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { $ref: '#/$defs/name' },
          branches: {
            description: 'By name.',
            type: 'object',
            additionalProperties: { $ref: '#/$defs/tree' },
          },
        },
        additionalProperties: false,
      },
      name: { description: 'A name.', type: 'string', minLength: 1 },
    },
  });
});

test('what is published holds a value as its type does', () => {
  const validate = new Ajv2020({ strict: true }).compile(JSON.parse(published(garden, {})));
  const leaf = { name: 'b' };
  const good: Shape<typeof garden> = { owner: 'o', tree: { name: 'a', branches: { b: leaf } } };
  assert.ok(validate(good));
  // @ts-expect-error a branch has no leaves
  const bad: Shape<typeof garden> = { owner: 'o', tree: { name: 'a', branches: { b: { leaves: 1 } } } };
  assert.ok(!validate(bad));
});

test('two parts of one name are refused', () => {
  const other = part('name', Type.Integer());
  assert.throws(() => published(closed({ name, other }), {}), /two parts have the name "name"/);
});

test('no program loads TypeBox: definitions are imported as types alone', () => {
  const src = path.resolve(import.meta.dirname, '../../src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const loading = files.filter((file) =>
    /^(?:import|export) (?!type )[^;]*? from '(?:typebox|[^']*\/(?:define|written(?:\/[\w-]+)?)\.ts)';/m.test(
      readFileSync(path.join(src, file), 'utf8'),
    ),
  );
  const definitions = loading.filter((file) => /(?:^|[\\/])written(?:[\\/][\w-]+)?\.ts$/.test(file));
  assert.ok(definitions.length > 5);
  const others = loading.filter((file) => !definitions.includes(file)).sort();
  assert.deepEqual(others, [path.join('cli', 'schemas.ts'), path.join('json', 'define.ts')]);
});
