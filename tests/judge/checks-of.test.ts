import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkIds } from '../../src/judge/check.ts';
import { checksOf } from '../../src/judge/checks-of.ts';
import { contract, judge, keeping } from './answers.ts';

test('every clause has a check that can tell a breach of it, and every check a clause', () => {
  const used = new Set<string>();
  for (const clause of contract.clauses.values()) {
    const checks = checksOf(clause);
    assert.ok(checks.length > 0, clause.id);
    for (const check of checks) used.add(check);
  }
  // A form of a field need not be on any page.
  const unused = checkIds.filter((check) => !used.has(check) && check !== 'body.form');
  assert.deepEqual(unused, []);
});

test('the check of a finding is one of those of its clause', () => {
  const id = 'account-info/succeeded';
  const broken = [
    { ...keeping(id), code: '999_999' },
    { ...keeping(id), message: 'Other' },
    { ...keeping(id), status: 201 },
    { ...keeping(id), headers: [] },
    { ...keeping(id), body: {} },
  ].flatMap((answer) => judge(id, answer).findings);
  assert.ok(broken.length > 4);
  for (const { check, clause } of broken) {
    const found = contract.clauses.get(clause);
    assert.ok(found && checksOf(found).includes(check), `${clause} ${check}`);
  }
});

test('a name that looks like another part of an id misleads nobody', () => {
  const field = {
    api: 'a',
    subject: 'response',
    part: 'field',
    name: 'header.echo',
    aspect: 'type',
  } as const;
  assert.deepEqual(checksOf(field), ['body.type']);
  assert.deepEqual(checksOf({ ...field, part: 'header', name: 'X-Id', aspect: 'length' }), ['header.length']);
  assert.deepEqual(checksOf({ api: 'a', subject: 'response', aspect: 'encryption' }), ['encryption']);
});
