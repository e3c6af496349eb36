import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SandboxError } from '../../sandbox/error.ts';
import { allFaults, findFault } from '../../sandbox/faults/catalogue.ts';
import { codeOf, withEnvelope, withField, withHeader } from '../../sandbox/faults/edit.ts';
import { families, fault } from '../../sandbox/faults/fault.ts';
import { allVariants, findVariant } from '../../sandbox/variants/catalogue.ts';
import { call, contract, sandboxWith } from './client.ts';

const faults = allFaults(contract);

describe('the catalogue of faults', () => {
  it('has enough of them, each once, of every family', () => {
    assert.ok(faults.length >= 120, `${faults.length} faults`);
    assert.equal(new Set(faults.map(({ id }) => id)).size, faults.length);
    for (const family of families) {
      assert.ok(
        faults.some((one) => one.family === family),
        `no fault of the family ${family}`,
      );
    }
  });

  it('names each after a clause that it breaks, and breaks documented clauses only', () => {
    for (const { id, breaks } of faults) {
      assert.ok(id.startsWith(`${breaks[0]}/`), id);
      assert.match(id, /\/[\da-z_-]+$/);
      assert.equal(new Set(breaks).size, breaks.length, id);
      for (const clause of breaks)
        assert.ok(contract.clauses.has(clause), `${id} breaks ${clause}, which is no clause`);
    }
  });

  it('says in one sentence what each does', () => {
    for (const { id, sentence } of faults) assert.match(sentence, /^\S.*\.$/s, id);
  });

  it('lists more than one clause only with a reason', () => {
    const several = faults.filter(
      ({ breaks }) => breaks.filter((id) => !id.includes('.scenario.')).length > 1,
    );
    for (const { id, sentence } of several) assert.match(sentence, /[,;:]|\. /, id);
  });

  it('breaks every clause that an answer or a tolerance can break', () => {
    const broken = new Set(faults.flatMap(({ breaks }) => breaks));
    const left = [...contract.clauses.keys()].filter((id) => !broken.has(id));
    for (const id of left) assert.match(id, /X-KM-Crypto-Key-Id\.(?:presence|length)$/);
  });

  it('tells a mistyped id', () => {
    assert.throws(
      () => findFault('account-info.response.userId.echo/roundd', contract),
      (error) => error instanceof SandboxError && /did you mean ".*\/rounded"/.test(error.message),
    );
  });
});

describe('the catalogue of variants', () => {
  it('has enough of them, each once, in a sentence', () => {
    const variants = allVariants(contract);
    assert.ok(variants.length >= 15, `${variants.length} variants`);
    assert.equal(new Set(variants.map(({ id }) => id)).size, variants.length);
    for (const { id, sentence } of variants) assert.match(sentence, /^\S.*\.$/s, id);
  });

  it('tells a mistyped id', () => {
    assert.throws(() => findVariant('chunkd', contract), /did you mean "chunked"/);
  });
});

describe('a fault', () => {
  const message = fault({
    how: 'loud',
    family: 'status, code and message',
    sentence: 'The message is loud.',
    breaks: ['account-info.code.000_000.message'],
    deviation: { answer: (answer) => withEnvelope(answer, 'description', () => 'LOUD') },
  });

  it('reaches its own API and no other', async () => {
    const sandbox = await sandboxWith({ deviation: message.deviation() });
    const info = await call(sandbox, 'account-info', { userId: 9876543210123456789n });
    const inquiry = await call(sandbox, 'ars-inquiry', { regNo: '2025010109000000000000' });
    assert.equal(info.description, 'LOUD');
    assert.equal(inquiry.description, 'Success.');
  });

  it('starts afresh with each deviation: what one sandbox has seen is not another’s', async () => {
    const stale = findFault(
      'account-info.response.header.X-KM-Correlation-Id.presence/second-call',
      contract,
    );
    for (const round of [1, 2]) {
      const sandbox = await sandboxWith({ deviation: stale.deviation() });
      const ids = [];
      for (let time = 0; time < 3; time += 1) {
        const { headers } = await call(sandbox, 'account-info', { userId: 9876543210123456789n });
        ids.push(headers.some(([name]) => name === 'X-KM-Correlation-Id'));
      }
      assert.deepEqual(ids, [true, false, true], `round ${round}`);
    }
  });
});

describe('an edit', () => {
  const body = { list: [{ a: 1 }, { a: 2 }, { a: 3 }], o: { list: [{ a: 4 }] } };

  it('changes a field in every element, or in the second one alone', () => {
    assert.deepEqual(withField(body, 'list[].a', () => null).list, [{ a: null }, { a: null }, { a: null }]);
    assert.deepEqual(withField(body, 'list[].a', () => null, 'second').list, [
      { a: 1 },
      { a: null },
      { a: 3 },
    ]);
    assert.deepEqual(withField(body, 'o.list[].a', () => undefined).o, { list: [{}] });
  });

  it('takes a field out, and leaves alone what is not there', () => {
    assert.deepEqual(
      withField(body, 'o', () => undefined),
      { list: body.list },
    );
    assert.deepEqual(
      withField(body, 'no.such.field', () => 1),
      body,
    );
  });

  it('finds a header whatever its case', () => {
    assert.deepEqual(
      withHeader([['x-a', '1']], 'X-A', (value) => `${value}2`),
      [['X-A', '12']],
    );
    assert.deepEqual(
      withHeader([['x-a', '1']], 'X-A', () => undefined),
      [],
    );
  });

  it('reads the code of an answer', () => {
    const answer = { status: 200, headers: [], encrypted: false };
    assert.equal(codeOf({ ...answer, body: { response: { code: '000_000' } } }), '000_000');
    assert.equal(codeOf({ ...answer, body: { response: { code: 0 } } }), undefined);
    assert.equal(codeOf({ ...answer, body: {} }), undefined);
  });
});
