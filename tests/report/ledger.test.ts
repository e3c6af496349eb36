import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readLedger, writeLedger } from '../../src/report/ledger/ledger.ts';
import {
  appendRecord,
  keepRecords,
  keptRecords,
  partsFolder,
  readParts,
} from '../../src/report/ledger/parts.ts';
import { allIds, brokenRecord, sampleLedger, sampleRecord } from './samples.ts';

describe('ledger', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'konaplate-ledger-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const written = () => {
    const file = path.join(dir, 'ledger.jsonl');
    writeLedger(file, sampleLedger());
    return { file, lines: readFileSync(file, 'utf8').trimEnd().split('\n') };
  };

  it('gives back what it was given', () => {
    const ledger = sampleLedger([brokenRecord('account-info/succeeded')]);
    const file = path.join(dir, 'ledger.jsonl');
    writeLedger(file, ledger);
    assert.deepEqual(readLedger(file), { state: 'complete', ...ledger });
    assert.equal(ledger.footer.verdict, 'nonconformant');
    assert.deepEqual([ledger.footer.counts.conforms, ledger.footer.counts.violates], [allIds.length - 1, 1]);
  });

  it('is incomplete without its footer', () => {
    const { file, lines } = written();
    writeFileSync(file, `${lines.slice(0, -1).join('\n')}\n`);
    const ledger = readLedger(file);
    assert.equal(ledger.state, 'incomplete');
    assert.match(ledger.state === 'incomplete' ? ledger.why : '', /no footer/);
    assert.equal(ledger.cases.length, allIds.length);
  });

  it('is incomplete when a case is missing, twice there, or no longer what the footer counted', () => {
    const { file, lines } = written();
    const [header = '', first = '', second = '', ...others] = lines;
    const cases: Readonly<Record<string, readonly string[]>> = {
      'were planned': [header, second, ...others],
      'two records': [header, first, first, ...others],
      'footer counts': [
        header,
        first.replace('"outcome":"conforms"', '"outcome":"target-error"'),
        second,
        ...others,
      ],
      'footer says': [
        header,
        first,
        second,
        ...others.slice(0, -1),
        (others.at(-1) ?? '').replace('"conformant"', '"incomplete"'),
      ],
      'no record of a case': [header, first.replace('"conforms"', '"fine"'), second, ...others],
      'no header': [first, second, ...others],
    };
    for (const [why, changed] of Object.entries(cases)) {
      writeFileSync(file, `${changed.join('\n')}\n`);
      const ledger = readLedger(file);
      assert.equal(ledger.state, 'incomplete', why);
      assert.match(ledger.state === 'incomplete' ? ledger.why : '', new RegExp(why));
    }
  });

  it('keeps some records in place of all parts, and adds to them', () => {
    appendRecord(dir, sampleRecord('ars-inquiry/succeeded', { outcome: 'not-exercised' }));
    const kept = [sampleRecord('account-info/succeeded'), brokenRecord('account-delete/succeeded')];
    keepRecords(dir, kept);
    assert.deepEqual(readParts(dir), { records: kept, problems: [] });
    appendRecord(dir, sampleRecord('ars-inquiry/succeeded'));
    assert.deepEqual(keptRecords(dir), kept);
    assert.equal(readParts(dir).records.length, 3);
  });

  it('has kept nothing in a run that was not resumed', () => {
    appendRecord(dir, sampleRecord('ars-inquiry/succeeded'));
    assert.deepEqual(keptRecords(dir), []);
  });

  it('reads the parts of all processes, and says of a torn last line that its record is missing', () => {
    appendRecord(dir, sampleRecord('ars-inquiry/succeeded'));
    appendFileSync(
      path.join(partsFolder(dir), '1.jsonl'),
      `${JSON.stringify(sampleRecord('account-info/succeeded'))}\n`,
    );
    assert.deepEqual(readParts(dir).problems, []);
    appendFileSync(path.join(partsFolder(dir), '1.jsonl'), '{"type":"case","id":"account-del');
    const { records, problems } = readParts(dir);
    assert.deepEqual(records.map(({ id }) => id).sort(), ['account-info/succeeded', 'ars-inquiry/succeeded']);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /^parts\/1\.jsonl:2: the last line is torn/);
  });

  it('keeps the planned order, the worst of several runs, and leaves strangers out aloud', () => {
    const id = 'account-info/succeeded';
    const ledger = sampleLedger([], { planned: [id, 'ars-inquiry/succeeded'] });
    assert.deepEqual(
      ledger.cases.map((record) => record.id),
      [id, 'ars-inquiry/succeeded'],
    );
    assert.equal(ledger.footer.verdict, 'conformant');
    assert.equal(sampleLedger([], { problems: ['a worker crashed'] }).footer.verdict, 'incomplete');
  });
});
