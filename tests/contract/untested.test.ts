import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { ContractError } from '../../src/contract/error.ts';
import { type ContractFolders, contractFolders } from '../../src/contract/load.ts';
import { casesByClause } from '../../src/contract/tested-by.ts';
import { loadUntested, staleUntested, type Untested } from '../../src/contract/untested.ts';
import { contract, root } from '../project.ts';

const reason = 'out of reach for a client';

function written(context: TestContext, yaml: string): ContractFolders {
  const copy = mkdtempSync(path.join(tmpdir(), 'konaplate-untested-'));
  context.after(() => rmSync(copy, { recursive: true }));
  mkdirSync(path.join(copy, 'specs'));
  writeFileSync(path.join(copy, 'specs/untested.yaml'), yaml);
  return contractFolders(copy);
}

/** The clauses that are excused by what is written, not by what the documents show. */
function excused({ reasons }: Untested): readonly string[] {
  return [...reasons].flatMap(([id, why]) => (why === reason ? [id] : []));
}

function saying(clauses: string): string {
  return `untested:\n  - clauses: [${clauses}]\n    reason: ${reason}\n`;
}

test('the project has a reason for what it can not test, and no stale one', () => {
  assert.doesNotThrow(() => loadUntested(contractFolders(root), contract));
});

test('a pattern excuses every clause it fits, a plain id itself alone', (context) => {
  const pattern = loadUntested(written(context, saying('"*.request.encryption"')), contract);
  assert.ok(excused(pattern).length > 1);
  for (const id of excused(pattern)) assert.match(id, /\.request\.encryption$/);
  const plain = loadUntested(written(context, saying('account-info.request.encryption')), contract);
  assert.deepEqual(excused(plain), ['account-info.request.encryption']);
});

test('a pattern takes dots and brackets as they are', (context) => {
  const id = 'linkable-cards.response.issuedCardList[].issueType.enum';
  assert.deepEqual(excused(loadUntested(written(context, saying(`"${id}"`)), contract)), [id]);
});

const mistakes: readonly { readonly name: string; readonly yaml: string; readonly says: RegExp }[] = [
  {
    name: 'a pattern that fits no clause',
    yaml: saying('account-info.request.encryptions'),
    says: /^specs\/untested\.yaml:2:15: no clause fits "account-info\.request\.encryptions" \(did you mean "account-info\.request\.encryption"\?\)/,
  },
  {
    name: 'a clause excused twice',
    yaml: saying('account-info.request.encryption, "*.request.encryption"'),
    says: /^specs\/untested\.yaml:2:\d+: "account-info\.request\.encryption" has a reason above already/,
  },
  { name: 'a reason of no word', yaml: saying('x').replace(reason, '""'), says: /reason/ },
  { name: 'no clauses', yaml: saying(''), says: /clauses/ },
];

for (const { name, yaml, says } of mistakes) {
  test(`${name} is told with its place`, (context) => {
    assert.throws(
      () => loadUntested(written(context, yaml), contract),
      (error: unknown) => error instanceof ContractError && says.test(error.message),
    );
  });
}

test('what the documents themselves show needs no entry, and a written reason counts before it', (context) => {
  const id = 'ars-inquiry.request.header.X-KM-Crypto-Key-Id.length';
  const shown = loadUntested(written(context, 'untested: []\n'), contract);
  assert.deepEqual([...shown.reasons.keys()], [id]);
  assert.match(shown.reasons.get(id) ?? '', /^A plain request does not need the header/);
  assert.equal(loadUntested(written(context, saying(id)), contract).reasons.get(id), reason);
});

test('a pattern is stale as soon as one of its clauses has a case', (context) => {
  const untested = loadUntested(written(context, saying('"account-*.request.encryption"')), contract);
  const cases = (clauses: readonly string[]) => casesByClause(contract, [{ id: 'x/y', clauses }]);
  assert.deepEqual(staleUntested(untested, cases(['linkable-cards.request.encryption'])), []);
  const [some] = staleUntested(untested, cases(['account-info.request.encryption']));
  assert.match(
    some?.message ?? '',
    /fits 1 of 2 clauses that have a case.*; account-info\.request\.encryption is tested by x\/y/,
  );
  const [all] = staleUntested(
    untested,
    cases(['account-info.request.encryption', 'account-delete.request.encryption']),
  );
  assert.match(all?.message ?? '', /no longer needed: take it out/);
});

test('a scenario tests what its answer shows: fields of a success, headers of any', () => {
  const by = (id: string) => casesByClause(contract, [{ id, clauses: [] }]);
  const field = 'linkable-cards.response.issuedCardList[].issueType.enum';
  assert.ok(by('linkable-cards/succeeded').has(field));
  assert.ok(!by('linkable-cards/invalid-card').has(field));
  assert.ok(by('linkable-cards/invalid-card').has('linkable-cards.response.content-type'));
  assert.ok(by('linkable-cards/invalid-card').has('linkable-cards.scenario.invalid-card'));
  for (const id of by('linkable-cards/succeeded').keys()) assert.ok(contract.clauses.has(id), id);
  assert.equal(by('linkable-cards/request/x').size, 0);
});
