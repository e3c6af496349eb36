import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Parent } from '../../src/pages/page.ts';
import { parsePage } from '../../src/pages/parse.ts';
import { candidateParents } from '../../src/pages/placement.ts';

/** Candidate parents, by name, of the last parameter; `|` stands for a gap above a parameter. */
function parentsOfLast(...declarations: string[]): (string | null)[] {
  const lines: string[] = ['ParcelsSync', 'POST', '/v1/parcels', 'Response Parameters'];
  for (const declaration of declarations) {
    const [gap, name = '', ...type] = declaration.split(' ');
    lines.push(
      ...(gap === '|' ? ['', ''] : ['']),
      name,
      '',
      type.join(' '),
      '',
      'Required',
      '',
      'Text of it',
    );
  }
  const all = parsePage(lines.join('\n')).page.responseParameters?.parameters ?? [];
  assert.equal(all.length, declarations.length);
  const nameOf = (parent: Parent) => (parent === null ? null : (all[parent]?.name.value ?? null));
  return (candidateParents(all).at(-1) ?? []).map(nameOf);
}

test('before any object everything is at the top', () => {
  assert.deepEqual(parentsOfLast('- a string', '- b string'), [null]);
});

test('behind a gap the first parameter is inside the object; without one it may be', () => {
  assert.deepEqual(parentsOfLast('- o object', '| a string'), ['o']);
  assert.deepEqual(parentsOfLast('- o object', '- a string'), ['o', null]);
});

test('a gap behind something that is no object says nothing', () => {
  assert.deepEqual(parentsOfLast('- a string', '| b string'), [null]);
});

test('where an object ends is not told', () => {
  assert.deepEqual(parentsOfLast('- o object', '| a string', '- b string'), ['o', null]);
  assert.deepEqual(parentsOfLast('- o object', '| p object', '| a string', '- b string'), ['p', 'o', null]);
});

test('an item is inside its array, its first member inside the item, and nothing else inside the array', () => {
  assert.deepEqual(parentsOfLast('- list array of objects', '- list_item object'), ['list']);
  assert.deepEqual(parentsOfLast('- list array of objects', '- list_item object', '- a string'), [
    'list_item',
  ]);
  assert.deepEqual(
    parentsOfLast('- list array of objects', '- list_item object', '- a string', '- b string'),
    ['list_item', null],
  );
});

test('an item of another name is no item', () => {
  assert.deepEqual(parentsOfLast('- list array of objects', '- lists_item object'), ['list', null]);
});

test('an item that is no object holds nothing', () => {
  assert.deepEqual(parentsOfLast('- list array of strings', '- list_item string', '- a string'), [null]);
});

test('outside the section there is no parent', () => {
  assert.deepEqual(candidateParents([]), []);
});

/** Lines of a page in which two empty lines stand between all lines. */
test('a gap must be wider than the ordinary distance of the page', () => {
  const lines = [
    'ParcelsSync',
    'POST',
    '/v1/x',
    'Response Parameters',
    'o',
    'object',
    'Required',
    'a',
    'string',
  ];
  const all = parsePage(lines.join('\n\n\n')).page.responseParameters?.parameters ?? [];
  assert.deepEqual(candidateParents(all)[1], [0, null]);
});

test('a gap with white space in it belongs to the description', () => {
  const lines = [
    'P',
    'POST',
    '/x',
    'Response Parameters',
    'o',
    'object',
    'Text',
    '',
    '\u00a0',
    '',
    'a',
    'string',
  ];
  const all = parsePage(lines.join('\n')).page.responseParameters?.parameters ?? [];
  assert.deepEqual(candidateParents(all)[1], [0, null]);
});
