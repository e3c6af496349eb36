import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import { change, copyOfDocuments } from '../documents/copy.ts';
import { assertRefused } from '../documents/refused.ts';

const root = path.resolve(import.meta.dirname, '../..');
const contract = loadContract(contractFolders(root));

test('the first five APIs have all scenarios and code rows of their pages', () => {
  const published = {
    'ars-register': [3, 2],
    'ars-inquiry': [8, 8],
    'account-info': [1, 1],
    'account-delete': [2, 2],
    'linkable-cards': [6, 5],
  };
  for (const [id, counts] of Object.entries(published)) {
    const api = contract.apis.find((one) => one.id === id);
    assert.deepEqual([api?.scenarios.length, api?.codes.length], counts, id);
  }
});

test('every file of an API is read, and every scenario in it', () => {
  const folder = path.join(root, 'specs/apis');
  const listed = readdirSync(folder).flatMap((name) => {
    const file: { readonly scenarios: readonly { readonly id: string }[] } = parse(
      readFileSync(path.join(folder, name), 'utf8'),
    );
    return file.scenarios.map(({ id }) => `${path.parse(name).name}/${id}`);
  });
  const read = contract.apis.flatMap(({ scenarios }) => scenarios.map(({ id }) => id));
  assert.deepEqual(read.toSorted(), listed.toSorted());
});

test('every clause has a sentence, and a source but for what no page says', () => {
  const unsourced = [...contract.clauses.values()]
    .filter(({ source, level }) => source.length === 0 && level === 'MUST')
    .map(({ id }) => id);
  assert.deepEqual(
    unsourced,
    contract.apis.map(({ id }) => `${id}.response.content-type`),
  );
  for (const { sentence } of contract.clauses.values()) assert.match(sentence, /^\S.*\.$/);
});

test('a source is quoted behind the words that say what it is about, in at most 80 characters', () => {
  const quotesOf = (id: string) => contract.clauses.get(id)?.source.map(({ quote }) => quote);
  assert.deepEqual(quotesOf('ars-inquiry.request.header.X-KM-Crypto-Key-Id.presence'), [
    'X-KM-Crypto-Key-Id … Optional',
  ]);
  assert.deepEqual(quotesOf('ars-inquiry.code.002_018.message'), ['002_018 … Communication with PG error.']);
  assert.deepEqual(quotesOf('ars-inquiry.operation.path'), ['/api/v1/bankaccounts/ars/register/inquiry']);
  assert.match(
    quotesOf('account-delete.behaviour.account-is-gone')?.join() ?? '',
    /^회원에게 등록된 충전 계좌/,
  );
  for (const { id, source } of contract.clauses.values()) {
    for (const { quote } of source) assert.ok(quote.length > 0 && quote.length <= 80, `${id}: ${quote}`);
  }
});

test('limits beyond 2^53 keep every digit', () => {
  const userId = contract.apis.find(({ id }) => id === 'account-delete')?.request.body.schema.properties
    ?.userId;
  assert.equal(userId?.maximum, 9999999999999999999n);
});

test('the catalogue marks what is documented', () => {
  const documented = contract.catalogue.entries.flatMap(({ api }) => (api === undefined ? [] : [api]));
  // A name stands once for each place where the platform lists it.
  assert.deepEqual([...new Set(documented)].sort(), contract.apis.map(({ id }) => id).sort());
  assert.ok(contract.catalogue.entries.length >= 143);
});

/** Each edit of a copy of the documents stops the run, and the message names file, line and what to do. */
const mistakes: readonly { name: string; file: string; from: string; to: string; says: RegExp }[] = [
  {
    name: 'a scenario without a code row',
    file: 'specs/apis/ars-inquiry.yaml',
    from: 'code: "002_019"',
    to: 'code: "002_020"',
    says: /^specs\/apis\/ars-inquiry\.yaml:15:5: no code row 400 002_020 .* it has 200 000_000, 400 002_019/m,
  },
  {
    name: 'a code row without a scenario',
    file: 'openapi/konaplate.yaml',
    from: 'const: "003_049"',
    to: 'const: "003_050"',
    says: /^openapi\/konaplate\.yaml:\d+:\d+: the code row 400 003_050 has no scenario in specs\/apis\/linkable-cards\.yaml/m,
  },
  {
    name: 'an unknown key in a spec',
    file: 'specs/apis/account-info.yaml',
    from: 'given:',
    to: 'givven:',
    says: /^specs\/apis\/account-info\.yaml:8:\d+: unknown key "givven" \(did you mean "given"\?\)/m,
  },
  {
    name: 'an unknown word in a schema',
    file: 'openapi/konaplate.yaml',
    from: 'maxLength: 22\n                    x-sensitive',
    to: 'maxLenght: 22\n                    x-sensitive',
    says: /^openapi\/konaplate\.yaml:\d+:\d+: unknown key "maxLenght" \(did you mean "maxLength"\?\)/m,
  },
  {
    name: 'a dangling reference',
    file: 'openapi/konaplate.yaml',
    from: 'items: { $ref: "#/components/schemas/IssuedCard" }',
    to: 'items: { $ref: "#/components/schemas/IssuedCards" }',
    says: /^openapi\/konaplate\.yaml:\d+:\d+: "#\/components\/schemas\/IssuedCards" refers to nothing; there are Envelope/m,
  },
  {
    name: 'an interpretation that the register does not have',
    file: 'openapi/konaplate.yaml',
    from: 'x-interpretation: success-message.bare',
    to: 'x-interpretation: success-message.blunt',
    says: /^openapi\/konaplate\.yaml:\d+:\d+: no interpretation "blunt" of an ambiguity "success-message"/m,
  },
  {
    name: 'an ambiguity that a scenario names and nobody has',
    file: 'specs/apis/ars-register.yaml',
    from: 'ambiguities: [register-request]',
    to: 'ambiguities: [register-requests]',
    says: /^specs\/apis\/ars-register\.yaml:15:\d+: no ambiguity "register-requests"/m,
  },
  {
    name: 'a spec for an API that is not there',
    file: 'specs/apis/account-info.yaml',
    from: 'api: account-info',
    to: 'api: account-infos',
    says: /^specs\/apis\/account-info\.yaml:2:1: no operationId "account-infos"/m,
  },
  {
    name: 'a source on another page',
    file: 'specs/apis/account-info.yaml',
    from: 'source: { "002": 271 }',
    to: 'source: { "003": 271 }',
    says: /^specs\/apis\/account-info\.yaml:9:\d+: expected a line of page 002/m,
  },
  {
    name: 'a page that nobody describes',
    file: 'openapi/konaplate.yaml',
    from: 'x-page: { number: "002"',
    to: 'x-page: { number: "905"',
    says: /^openapi\/konaplate\.yaml:\d+:\d+: no page 905 in specs\/pages\.yaml; add its name, address and lines/m,
  },
  {
    name: 'a source without its words',
    file: 'specs/pages.yaml',
    from: '      68: Optional\n',
    to: '',
    says: /^specs\/pages\.yaml:\d+:\d+: no words of line 68, the source of ars-inquiry\.request\.header\.X-KM-Crypto-Key-Id\.presence; add "68: /m,
  },
  {
    name: "a path that is not the page's",
    file: 'specs/pages.yaml',
    from: 'address: /api/v1/bankaccounts/info',
    to: 'address: /api/v1/bankaccounts/inf',
    says: /^specs\/pages\.yaml:\d+:\d+: \/api\/v1\/bankaccounts\/inf is not the path of account-info; expected \/api\/v1\/bankaccounts\/info, or the URL/m,
  },
  {
    name: 'an operation that does not say its effect',
    file: 'openapi/konaplate.yaml',
    from: '      x-effect: deletes\n',
    to: '',
    says: /^openapi\/konaplate\.yaml:\d+:\d+: .*"x-effect"/m,
  },
  {
    name: 'an effect that there is not',
    file: 'openapi/konaplate.yaml',
    from: 'x-effect: deletes',
    to: 'x-effect: delete',
    says: /^openapi\/konaplate\.yaml:\d+:\d+: .*reads, writes, deletes/m,
  },
  {
    name: 'YAML that is not',
    file: 'specs/catalogue.yaml',
    from: 'groups:\n',
    to: 'groups: [\n',
    says: /^specs\/catalogue\.yaml:\d+:\d+: not readable as YAML/m,
  },
  {
    name: 'x-encrypted that disagrees with the schema',
    file: 'openapi/konaplate.yaml',
    from: 'x-encrypted: false',
    to: 'x-encrypted: true',
    says: /^openapi\/konaplate\.yaml:\d+:\d+: x-encrypted is true: expected a property encData/m,
  },
  {
    name: 'a status 4XX that promises something and of which nothing would be tested',
    file: 'openapi/konaplate.yaml',
    from: '"400":',
    to: '"4XX":',
    says: /^openapi\/konaplate\.yaml:\d+:\d+: "4XX" promises something and names no one status/m,
  },
];

for (const { name, file, from, to, says } of mistakes) {
  test(`${name} stops the run with file, line and hint`, (context) => {
    const copy = copyOfDocuments(context);
    change(copy, file, from, to);
    assertRefused(copy, says);
  });
}
