import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encryptionMutations } from '../../../src/cases/mutations/encryption.ts';
import { editHeader } from '../../../src/cases/mutations/header.ts';
import { messageMutations } from '../../../src/cases/mutations/message.ts';
import { brokenHeaders, type Mutation } from '../../../src/cases/mutations/mutation.ts';
import { textEdits } from '../../../src/cases/mutations/text-edits.ts';
import { type TokenMutation, tokenMutations } from '../../../src/cases/mutations/token.ts';

const called = { name: 'x', title: 'x' };

/** `npm run typecheck` fails where one of these compiles. */
const incomplete: readonly Mutation[] = [
  // @ts-expect-error a name alone
  called,
  // @ts-expect-error without what it breaks
  { ...called, at: 'payload', apply: (bytes: Uint8Array) => bytes },
  // @ts-expect-error nothing is broken
  { ...called, breaks: [], at: 'payload', apply: (bytes: Uint8Array) => bytes },
  // @ts-expect-error no part of a request
  { ...called, breaks: ['footer'], at: 'payload', apply: (bytes: Uint8Array) => bytes },
  // @ts-expect-error without how it is applied
  { ...called, breaks: ['body'], at: 'payload' },
  // @ts-expect-error without where it is applied
  { ...called, breaks: ['body'], apply: (bytes: Uint8Array) => bytes },
  // @ts-expect-error without a title
  { name: 'x', breaks: ['body'], at: 'payload', apply: (bytes: Uint8Array) => bytes },
];

// @ts-expect-error what an answer to it tells is left open
const untold: TokenMutation = {
  ...called,
  breaks: ['body'],
  at: 'payload',
  apply: (bytes: Uint8Array) => bytes,
};

test('a mutation with a part forgotten does not compile', () => {
  assert.equal(incomplete.length, 7);
  assert.equal('tells' in untold, false);
});

test('no two mutations of a list have one name', () => {
  for (const list of [tokenMutations('X-Token'), encryptionMutations, messageMutations('X-Id')]) {
    assert.equal(new Set(list.map(({ name }) => name)).size, list.length);
  }
});

test('the headers that a mutation breaks', () => {
  assert.deepEqual(brokenHeaders(editHeader('X-Some', textEdits.cut, called)), ['X-Some']);
  assert.deepEqual(
    brokenHeaders({ ...called, breaks: ['body'], at: 'payload', apply: (bytes) => bytes }),
    [],
  );
  assert.deepEqual(brokenHeaders(undefined), []);
});
