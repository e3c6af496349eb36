import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePage } from '../../src/pages/parse.ts';

/** A field with these lines, as the parser reads it. */
function fieldOf(head: readonly string[], lines: readonly string[]) {
  const text = ['Request Parameters', 'field', ...head, ...lines].join('\n\n');
  const field = parsePage(text).page.requestParameters?.parameters[0];
  assert.ok(field !== undefined);
  return {
    values: field.values.map(({ value }) => value).join(' '),
    uncertain: field.uncertain.length,
    description: field.description.length,
  };
}

const LENGTH = (length: number) => ['string', 'Optional', `Length : ${length}`];
const TEXT = ['string', 'Optional'];

/** Head, lines, the values that are certain, and how many lines are uncertain and prose: each pair differs by a hair. */
const LISTS: readonly (readonly [string, readonly string[], readonly string[], string, number, number])[] = [
  ['plain list that fits', LENGTH(1), ['Y: yes', 'N: no'], 'Y N', 0, 0],
  ['plain list with one that does not', LENGTH(1), ['Y: yes', 'NO: no'], '', 2, 0],
  ['one line of an exact length', LENGTH(2), ['MC: a shop'], 'MC', 0, 0],
  ['one line without one', TEXT, ['MC: a shop'], '', 1, 0],
  [
    'words of a limit',
    ['string', 'Optional', 'Min : 3 , Max : 4'],
    ['ASC: up', 'DESC: down'],
    'ASC DESC',
    0,
    0,
  ],
  ['words beyond it', ['string', 'Optional', 'Min : 3 , Max : 3'], ['ASC: up', 'DESC: down'], '', 2, 0],
  ['small letters', TEXT, ['asc: up', 'desc: down'], '', 2, 0],
  ['steps', TEXT, ['1: first', '2: then'], '', 2, 0],
  ['the same value twice', LENGTH(1), ['Y: yes', 'Y: no'], '', 2, 0],
  ['no text', ['number', 'Optional'], ['00: a', '01: b'], '', 2, 0],
  ['a list in brackets', LENGTH(1), ['Which (0: none, 1: some)'], '0 1', 0, 1],
  ['in Korean ones', LENGTH(1), ['구분（0：없음、1：있음）'], '0 1', 0, 1],
  ['with an equals sign, and a full stop', LENGTH(1), ['Which (Y=yes / N=no).'], 'Y N', 0, 1],
  ['longer than the limit', LENGTH(1), ['Which (00: none, 01: some)'], '', 1, 0],
  ['brackets with one pair', LENGTH(1), ['Which (1: some)'], '', 0, 1],
  ['brackets without pairs', LENGTH(3), ['Standard time (UTC, KST, ...)'], '', 0, 1],
  ['a table, names first', LENGTH(3), ['North 088   South 004', 'Old Mill 020'], '088 004 020', 0, 2],
  ['a table, codes first', LENGTH(3), ['088 North   004 South', '020 Old Mill'], '088 004 020', 0, 2],
  ['a table of capitals', LENGTH(3), ['KBN 088   NHB 004', 'SC 020'], '088 004 020', 0, 2],
  ['a table that does not fit', LENGTH(4), ['North 088   South 004', 'Mill 020   Old 081'], '', 0, 2],
  ['a table without a limit', TEXT, ['North 088   South 004', 'Mill 020   Old 081'], '', 2, 0],
  ['one row', LENGTH(3), ['North 088   South 004'], '', 0, 1],
  ['two sentences that end in numbers', LENGTH(3), ['It costs 100', 'at most 200'], '', 0, 2],
];

for (const [name, head, lines, values, uncertain, description] of LISTS) {
  test(`${name}: ${values === '' ? 'no certain value' : values}`, () => {
    assert.deepEqual(fieldOf(head, lines), { values, uncertain, description });
  });
}
