import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { runThroughEngine, startSandboxHere } from '../run/engine-run.ts';
import { failingRun } from './run.ts';
import { allIds, brokenRecord, root, sampleLedger, sampleRecord } from './samples.ts';

const schema: unknown = JSON.parse(readFileSync(path.join(root, 'reports/ledger.schema.json'), 'utf8'));
assert.ok(typeof schema === 'object' && schema !== null);
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

function check(lines: readonly unknown[]): void {
  for (const line of lines) assert.ok(validate(line), JSON.stringify([validate.errors, line]));
}

function read(file: string): readonly unknown[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line): unknown => JSON.parse(line));
}

const id = 'ars-inquiry/succeeded';

describe('ledger.schema.json', () => {
  it('fits made-up ledgers, with every optional part', () => {
    const ledger = sampleLedger(
      [
        brokenRecord('account-info/succeeded'),
        sampleRecord(id, {
          seen: [{ clause: 'ars-inquiry.response.status.enum', values: ['ARS_AUTH_DONE'] }],
          answered: { status: 200, code: '000_000' },
        }),
      ],
      { problems: ['a worker crashed'], selection: { grep: 'x', shard: '1/2' } },
    );
    check([ledger.header, ...ledger.cases, ledger.footer]);
    check([sampleRecord(id, { kind: 'request', level: 'SHOULD', expected: 'a rejection' })]);
  });

  it('does not fit a line by a hair', () => {
    const { header, footer } = sampleLedger();
    const record = sampleRecord(id);
    const { violates: _, ...counts } = footer.counts;
    for (const [name, line] of Object.entries({
      'another version': { ...header, ledger: 2 },
      'a digest too short': { ...header, documents: { ...header.documents, digest: 'abc' } },
      'no seed': { ...header, seed: undefined },
      'an unknown kind': { ...record, kind: 'scenarios' },
      'an unknown level': { ...record, level: 'must' },
      'no level': { ...record, level: undefined },
      'an unknown outcome': { ...record, outcome: 'fine' },
      'half an expectation': { ...record, expected: { status: 200 } },
      'a key more': { ...record, more: 1 },
      'a local time': { ...record, startedAt: '2026-01-02T03:04:05' },
      'a count less': { ...footer, counts },
      'another verdict': { ...footer, verdict: 'fine' },
      'no type': { ...footer, type: undefined },
    })) {
      assert.ok(!validate(JSON.parse(JSON.stringify(line))), name);
    }
  });

  it('describes every property', () => {
    const undescribed: string[] = [];
    const walk = (value: unknown, at: string) => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, child] of Object.entries(value)) {
        if (key === 'properties' && typeof child === 'object' && child !== null) {
          for (const [name, property] of Object.entries<unknown>({ ...child })) {
            const described = typeof property === 'object' && property !== null && 'description' in property;
            if (!described) undescribed.push(`${at}/${name}`);
          }
        }
        walk(child, `${at}/${key}`);
      }
    };
    walk(schema, '');
    assert.deepEqual(undescribed, []);
  });

  it('fits the ledger of a run with failures, missing answers and exchanges', async () => {
    const run = await failingRun();
    const lines = read(path.join(run.dir, 'ledger.jsonl'));
    assert.equal(lines.length, allIds.length + 2, run.output);
    check(lines);
  });

  it('fits the ledger of a run of the suite', async (context) => {
    const { ledger } = await runThroughEngine(await startSandboxHere(context), {
      only: ({ api }) => api.id === 'account-info' || api.id === 'account-delete',
    });
    const lines = [ledger.header, ...ledger.cases, ledger.footer];
    assert.ok(lines.length > 4);
    check(lines.map((line): unknown => JSON.parse(JSON.stringify(line))));
  });
});
