import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { parse } from 'yaml';
import { loadProfile } from '../../src/target/load.ts';
import { complete, folderWith, keys, profileError } from './helper.ts';

const clauses = new Map([
  ['account-info.code.000_000.message', { level: 'MUST' }],
  ['linkable-cards.response.issuedCardList[].cardApplyNo.length', { level: 'MUST' }],
  ['account-info.robustness.graceful', { level: 'SHOULD' }],
] as const);

const good = `${complete}waivers:
  - clause: account-info.code.000_000.message
    observed: { code: 000_000, place: /response/description, status: 200 }
    reason: |
      The message is translated,
      ticket 4711
    owner: account team
    expires: 2027-03-31
`;

function load(t: TestContext, text: string) {
  const cwd = folderWith(t, { 'p.yaml': text });
  return loadProfile('./p.yaml', { cwd, root: cwd, env: keys, clauses });
}

function problem(t: TestContext, from: string | RegExp, to: string): string {
  const text = good.replace(from, to);
  assert.notEqual(text, good);
  const lines = profileError(() => load(t, text)).message.split('\n');
  assert.equal(lines.length, 1, lines.join('\n'));
  return lines[0] ?? '';
}

describe('the waivers of a profile', () => {
  it('are read with their place; without any there are none', (t) => {
    assert.deepEqual(load(t, good).waivers, [
      {
        clause: 'account-info.code.000_000.message',
        observed: { code: '000_000', place: '/response/description', status: 200 },
        reason: 'The message is translated, ticket 4711',
        owner: 'account team',
        expires: '2027-03-31',
        at: 'p.yaml:11',
      },
    ]);
    assert.deepEqual(load(t, complete).waivers, []);
    assert.deepEqual(load(t, `${complete}waivers:\n`).waivers, []);
  });

  it('may name the items of a list', (t) => {
    const text = good.replace(
      'account-info.code.000_000.message',
      'linkable-cards.response.issuedCardList[].cardApplyNo.length',
    );
    assert.equal(load(t, text).waivers.length, 1);
  });

  const mistakes: Readonly<Record<string, readonly [from: string | RegExp, to: string, says: RegExp]>> = {
    'a clause that is not there': [
      'account-info.code.000_000.message',
      'account-info.code.000_000.mesage',
      /^p\.yaml:11:13: \/waivers\/0\/clause: no such clause \(did you mean "account-info\.code\.000_000\.message"\?\); npm run clauses/,
    ],
    'an API that is not there': [
      'account-info.code.000_000.message',
      'account-inf.code.000_000.message',
      /^p\.yaml:11:13: \/waivers\/0\/clause: no such clause \(did you mean "account-info\./,
    ],
    'a clause that no run fails by': [
      'account-info.code.000_000.message',
      'account-info.robustness.graceful',
      /\/waivers\/0\/clause: a SHOULD, which never counts against a target/,
    ],
    'nothing observed': [
      /observed: .*/,
      'observed: {}',
      /^p\.yaml:12:15: \/waivers\/0\/observed: expected at least one of code, place and status/,
    ],
    'no observed': [/ {4}observed: .*\n/, '', /^p\.yaml:11:5: \/waivers\/0: observed is missing$/],
    'no reason': [/ {4}reason: [^:]*\n/, '', /\/waivers\/0: reason is missing$/],
    'an empty reason': [
      /reason: \|\n.*\n.*\n/,
      'reason: " "\n',
      /\/waivers\/0\/reason: expected a reason in words/,
    ],
    'no owner': [/ {4}owner: .*\n/, '', /\/waivers\/0: owner is missing$/],
    'no expiry': [/ {4}expires: .*\n/, '', /\/waivers\/0: expires is missing$/],
    'a day that is none': [
      '2027-03-31',
      '2027-02-29',
      /^p\.yaml:17:14: \/waivers\/0\/expires: no day of the calendar/,
    ],
    'a month that is none': ['2027-03-31', '2027-13-01', /\/expires: no day of the calendar/],
    'a day of another form': ['2027-03-31', '31.03.2027', /\/expires: expected a day as YYYY-MM-DD/],
    'a code of another form': [
      'code: 000_000',
      'code: 000_00',
      /\/observed\/code: expected the code of the answer, three digits, an underscore and three digits$/,
    ],
    'a status as text': [
      'status: 200',
      'status: "200"',
      /\/observed\/status: expected a whole number, found text$/,
    ],
    'a status that is none': ['status: 200', 'status: 99', /\/observed\/status: expected at least 100$/],
    'a key more': [
      'owner: account team',
      'owner: account team\n    ownr: x',
      /\/waivers\/0\/ownr: unknown key \(did you mean "owner"\?\)/,
    ],
    'the same twice': [
      'waivers:\n',
      `waivers:
  - clause: account-info.code.000_000.message
    observed: { status: 200, code: 000_000, place: /response/description }
    reason: Again
    owner: account team
    expires: 2027-04-30
`,
      /^p\.yaml:16:5: \/waivers\/1: waives the same as the one at p\.yaml:11; keep one of them$/,
    ],
  };
  for (const [name, [from, to, says]] of Object.entries(mistakes)) {
    it(`have one problem: ${name}`, (t) => assert.match(problem(t, from, to), says));
  }

  it('are a list', (t) => {
    const { message } = profileError(() => load(t, `${complete}waivers: { clause: x }\n`));
    assert.match(message, /\/waivers: expected a list, found a map of fields$/);
  });

  it('replace those of the extended profile as a whole', (t) => {
    const cwd = folderWith(t, {
      'base.yaml': good,
      'none.yaml': 'extends: base.yaml\nwaivers: []\n',
      'same.yaml': 'extends: base.yaml\n',
    });
    const read = (name: string) => loadProfile(`./${name}`, { cwd, root: cwd, env: keys, clauses }).waivers;
    assert.deepEqual(read('none.yaml'), []);
    assert.deepEqual(
      read('same.yaml').map(({ at }) => at),
      ['base.yaml:11'],
    );
  });

  it('change the digest, but not by where they stand', (t) => {
    const digest = (text: string) => {
      const profile = load(t, text);
      return profile.kind === 'ready' ? profile.digest : assert.fail();
    };
    assert.notEqual(digest(complete), digest(good));
    assert.equal(digest(good), digest(`# a comment\n${good}`));
  });

  it('are explained by an example that can be used', (t) => {
    const readme = readFileSync(new URL('../../targets/README.md', import.meta.url), 'utf8');
    const [, example = ''] = /```yaml\n(waivers:\n[\s\S]*?)```/.exec(readme) ?? [];
    const written: unknown = parse(example);
    assert.ok(typeof written === 'object' && written !== null && 'waivers' in written);
    const cwd = folderWith(t, { 'p.yaml': complete + example });
    assert.equal(loadProfile('./p.yaml', { cwd, root: cwd, env: keys }).waivers.length, 1);
  });
});
