import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { StorageError, shownPath, writeWhole } from '../../src/report/ledger/storage.ts';

function scratch(context: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-storage-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('a file has its name only when it is whole, and leaves nothing besides', (context) => {
  const folder = scratch(context);
  const file = path.join(folder, 'report.json');
  writeWhole(file, 'first');
  writeWhole(file, Buffer.from('second'), false);
  assert.equal(readFileSync(file, 'utf8'), 'second');
  assert.deepEqual(readdirSync(folder), ['report.json']);
});

test('a file that can not be written is told in one line, and the one before stays', (context) => {
  const folder = scratch(context);
  const taken = path.join(folder, 'taken');
  mkdirSync(taken);
  writeFileSync(path.join(taken, 'mine'), 'mine');
  const says = (place: string, why: RegExp) =>
    assert.throws(
      () => writeWhole(place, 'text'),
      (error) => {
        assert.ok(error instanceof StorageError);
        assert.match(error.message, why);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      },
    );
  says(taken, /taken could not be written: /);
  says(path.join(folder, 'not/there'), /could not be written: it is not there \(ENOENT\)/);
  says(path.join(taken, 'mine/deeper'), /a file is where a folder must be \(ENOTDIR\)/);
  says(path.join(folder, 'a'.repeat(300)), /the name is too long \(ENAMETOOLONG\)/);
  assert.deepEqual(readdirSync(folder), ['taken']);
  assert.equal(readFileSync(path.join(taken, 'mine'), 'utf8'), 'mine');
});

test('a path is shown from the current folder when it lies below it', () => {
  assert.equal(shownPath(path.resolve('reports/runs/a')), path.join('reports', 'runs', 'a'));
  const above = path.resolve('../a');
  assert.equal(shownPath(above), above);
  assert.equal(shownPath(process.cwd()), process.cwd());
});
