import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Source } from '../../src/contract/model.ts';
import { contract } from '../project.ts';
import { runHere } from './run-here.ts';

interface Listed {
  readonly id: string;
  readonly api: string;
  readonly subject: string;
  readonly part?: string;
  readonly name?: string;
  readonly aspect: string;
  readonly level: string;
  readonly sentence: string;
  readonly source: readonly Source[];
  readonly cases: readonly string[];
  readonly untested: string | null;
}

test('lists every clause with level, sentence, source and what tests it', async () => {
  const { code, out } = await runHere('clauses');
  assert.equal(code, 0);
  assert.match(
    out,
    /^account-info\.code\.000_000\.message {2}MUST\n {4}The code 000_000 comes with .*\n {4}회원 등록 계좌 조회, line 260: "000_000 … Success\."\n {4}tested by account-info\/succeeded/m,
  );
  assert.match(out, new RegExp(`\\n${contract.clauses.size} clauses: \\d+ with a case, `));
});

test('--json has the same clauses, --api those of one API', async () => {
  const all: readonly Listed[] = JSON.parse((await runHere('clauses', '--json')).out);
  assert.deepEqual(
    all.map(({ id }) => id),
    [...contract.clauses.keys()],
  );
  const clause = all.find(({ id }) => id === 'account-info.response.header.X-KM-Correlation-Id.length');
  assert.deepEqual(
    [clause?.subject, clause?.part, clause?.name, clause?.aspect],
    ['response', 'header', 'X-KM-Correlation-Id', 'length'],
  );
  const one: readonly Listed[] = JSON.parse(
    (await runHere('clauses', '--json', '--api', 'account-info')).out,
  );
  assert.deepEqual(
    one,
    all.filter(({ api }) => api === 'account-info'),
  );
});

test('--untested lists those without a case, and exits with 1 just when one has no reason', async () => {
  const { code, out } = await runHere('clauses', '--untested', '--json');
  const list: readonly Listed[] = JSON.parse(out);
  assert.ok(list.every(({ cases }) => cases.length === 0));
  assert.equal(code, list.some(({ untested }) => untested === null) ? 1 : 0);
});

test('an unknown API exits with 2 and names the near one', async () => {
  const { code, out, errors } = await runHere('clauses', '--api', 'account-inf');
  assert.equal(code, 2);
  assert.equal(out, '');
  assert.match(errors, /no API "account-inf" \(did you mean "account-info"\?\)/);
});

test('of a clause that is named it tells page, checks, every case and the last run, and nothing of others', async () => {
  const id = 'account-info.response.userId.echo';
  const { code, out } = await runHere('clauses', id);
  assert.equal(code, 0);
  assert.match(
    out,
    /^account-info\.response\.userId\.echo {2}MUST\n {4}\S.*\n {4}page {6}.*, line \d+: ".*\n {4}check {5}body\.echo: .*\n( {4}case {6}.*\n)+ {4}last run {2}.*\n$/,
  );
  const mistaken = await runHere('clauses', `${id}o`);
  assert.equal(mistaken.code, 2);
  assert.match(
    mistaken.errors,
    /no clause "account-info\.response\.userId\.echoo" \(did you mean ".*echo"\?\)/,
  );
});
