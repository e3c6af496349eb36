import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Ledger, ReadLedger } from '../../src/report/ledger/ledger.ts';
import { mergeLedgers } from '../../src/report/ledger/merge.ts';
import { allIds, brokenRecord, sampleLedger, sampleRecord } from './samples.ts';

const half = Math.floor(allIds.length / 2);
/** Every other case, so that merging has something to put in order. */
const even = allIds.filter((_, index) => index % 2 === 0);
const odd = allIds.filter((_, index) => index % 2 === 1);

function shard(part: string, planned: readonly string[], broken: readonly string[] = []): Ledger {
  const ledger = sampleLedger(
    broken.map((id) => brokenRecord(id)),
    { planned, selection: { shard: part } },
  );
  return { ...ledger, cases: ledger.cases.map((one) => ({ ...one, position: allIds.indexOf(one.id) })) };
}

function complete(ledger: Ledger): ReadLedger {
  return { state: 'complete', ...ledger };
}

function merge(...ledgers: readonly ReadLedger[]): ReturnType<typeof mergeLedgers> {
  return mergeLedgers(ledgers.map((ledger, index) => ({ folder: `shard-${index + 1}`, ledger })));
}

function merged(...ledgers: readonly ReadLedger[]): Ledger {
  const result = merge(...ledgers);
  assert.ok('ledger' in result, 'mistake' in result ? result.mistake : '');
  return result.ledger;
}

describe('merging the ledgers of shards', () => {
  it('gives the cases in the order of the plan, whatever the order of the shards', () => {
    const { header, cases, footer } = merged(complete(shard('2/2', odd)), complete(shard('1/2', even)));
    assert.deepEqual(
      cases.map(({ id }) => id),
      allIds,
    );
    assert.deepEqual(header.selection, {});
    assert.deepEqual(header.cases, { planned: allIds.length, all: allIds.length });
    assert.equal(footer.verdict, 'conformant');
    assert.equal(footer.counts.conforms, allIds.length);
  });

  it('keeps the broken promises of each shard', () => {
    const [first = '', second = ''] = [even[0], odd[0]];
    const { cases, footer } = merged(
      complete(shard('1/2', even, [first])),
      complete(shard('2/2', odd, [second])),
    );
    assert.equal(footer.verdict, 'nonconformant');
    assert.deepEqual(
      cases.filter(({ outcome }) => outcome === 'violates').map(({ id }) => id),
      [first, second],
    );
  });

  it('is incomplete without one of the shards', () => {
    const { footer } = merged(complete(shard('1/3', even)), complete(shard('3/3', odd)));
    assert.equal(footer.verdict, 'incomplete');
    assert.deepEqual(footer.problems, ['shard 2/3 is missing']);
  });

  it('is incomplete when a shard broke off', () => {
    const { header, cases } = shard('2/2', odd);
    const broken: ReadLedger = { state: 'incomplete', why: 'there is no footer', header, cases };
    const { footer } = merged(complete(shard('1/2', even)), broken);
    assert.equal(footer.verdict, 'incomplete');
    assert.deepEqual(footer.problems, ['shard 2: there is no footer']);
  });

  const mistakes: readonly (readonly [string, () => ReturnType<typeof mergeLedgers>, RegExp])[] = [
    ['no shard at all', () => merge(complete(sampleLedger())), /shard-1: expected a run with --shard/],
    [
      'the same shard twice',
      () => merge(complete(shard('1/2', even)), complete(shard('1/2', even))),
      /shard 1\/2 stands in another folder too/,
    ],
    [
      'shards of another number',
      () => merge(complete(shard('1/2', even)), complete(shard('2/3', odd))),
      /shard-2: a part of 3, shard-1 one of 2/,
    ],
    [
      'another seed',
      () => merge(complete(shard('1/2', even)), complete(changed({ seed: 43 }))),
      /another seed/,
    ],
    [
      'another target',
      () => merge(complete(shard('1/2', even)), complete(changed({ target: { name: 'elsewhere' } }))),
      /another target/,
    ],
    [
      'another version of the suite',
      () =>
        merge(
          complete(shard('1/2', even)),
          complete(changed({ tool: { name: 'konaplate', version: '9.9.9' } })),
        ),
      /another version of the suite/,
    ],
    [
      'records without a place',
      () => merge(complete({ ...shard('1/2', even), cases: [sampleRecord(allIds[half] ?? '')] })),
      /do not tell their places/,
    ],
  ];
  for (const [what, run, says] of mistakes) {
    it(`refuses ${what}`, () => {
      const result = run();
      assert.ok('mistake' in result);
      assert.match(result.mistake, says);
    });
  }

  function changed(header: Partial<Ledger['header']>): Ledger {
    const ledger = shard('2/2', odd);
    return { ...ledger, header: { ...ledger.header, ...header } };
  }
});
