import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closed, count, flag, type Shape, text } from '../../src/json/define.ts';
import type { CaseRecord } from '../../src/record/record.ts';
import { type ConformanceReport, conformanceReport } from '../../src/report/render/conformance.ts';
import { type conformance, gridRow } from '../../src/report/written.ts';
import { Fields } from '../../src/target/fields.ts';
import { contract, sampleLedger, sampleRecord } from './samples.ts';

// The compiler is what tries these: an expected error that does not come is an error of its own (npm run typecheck).

test('a writer that forgets a field of the definition does not compile', () => {
  const { kept: _, ...record } = sampleRecord('ars-inquiry/succeeded');
  // @ts-expect-error kept is missing
  const forgetful: CaseRecord = record;
  const report: Shape<typeof conformance> = conformanceReport(sampleLedger(), contract);
  const { grid: _grid, ...rest } = report;
  // @ts-expect-error grid is missing
  const partial: ConformanceReport = rest;
  assert.ok(!('kept' in forgetful) && !('grid' in partial));
});

test('a field that is added to a definition is one that its writer lacks', () => {
  const wider = closed({ ...gridRow.properties, added: flag('Something new.') });
  const [row] = conformanceReport(sampleLedger(), contract).grid;
  assert.ok(row);
  // @ts-expect-error added is missing
  const written: Shape<typeof wider> = row;
  assert.ok(!('added' in written));
});

test('what is read is what a definition has: no text for a number, nothing written to', () => {
  const definition = closed({ name: text(), size: count() });
  const value: Shape<typeof definition> = { name: 'a', size: 1 };
  // @ts-expect-error it is read-only
  value.size = 2;
  // @ts-expect-error size is a number
  const other: Shape<typeof definition> = { name: 'a', size: '1' };
  assert.deepEqual([value.size, other.size], [2, '1']);
});

test('a profile is read by the fields of its definition alone', () => {
  const at = { place: 'p.yaml:1:1', folder: '.' };
  const fields = new Fields({ kind: 'map', at, entries: new Map() }, []);
  assert.equal(fields.text('wire', 'tokenPadding'), undefined);
  // @ts-expect-error there is no such field
  assert.equal(fields.text('wire', 'tokenPading'), undefined);
  // @ts-expect-error nor is there one below it
  assert.equal(fields.text('name', 'first'), undefined);
});
