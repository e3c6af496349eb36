import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { finishText } from '../../bench/pages/finish.ts';
import { importPage, tryPage } from '../../bench/pages/page.ts';
import { contractFolders } from '../../src/contract/load.ts';
import { readCapture } from '../../src/pages/capture.ts';
import { readExisting } from '../../src/pages/import/write.ts';
import { openPlaces } from '../../src/pages/open-places.ts';
import { testCredentials } from '../keys.ts';
import { root } from '../project.ts';

const page = path.join(root, 'tests/pages/captures/card-search.txt');

test('a page comes from its text to a conformant run, finished by its YAML alone', async (context) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'konaplate-finish-'));
  context.after(() => rmSync(dir, { recursive: true }));
  const capture = await readCapture(page);
  const folder = path.join(dir, 'draft');
  const imported = await importPage(capture, await readExisting(root), { documents: root, folder });
  assert.ok(imported.openPlaces > 0);
  assert.deepEqual(openPlaces(contractFolders(folder)), []);
  const whole = { credentials: await testCredentials(), seed: 1 };
  const tried = await tryPage(capture, imported, whole);
  assert.deepEqual(tried.troubles, []);
  assert.equal(tried.verdict, 'conformant');
  assert.ok(tried.clauses > 20 && tried.cases > tried.clauses, JSON.stringify(tried));
  assert.equal(tried.harnessErrors, 0);
});

test('an id whose length one page gives otherwise than the others is right on each', async (context) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'konaplate-finish-'));
  context.after(() => rmSync(dir, { recursive: true }));
  const file = path.join(dir, 'sixteen.txt');
  writeFileSync(file, readFileSync(page, 'utf8').replace('Length : 15', 'Length : 16'));
  const capture = await readCapture(file);
  const folder = path.join(dir, 'draft');
  const imported = await importPage(capture, await readExisting(root), { documents: root, folder });
  const tried = await tryPage(capture, imported, { credentials: await testCredentials(), seed: 1 });
  assert.deepEqual(tried.troubles, []);
  assert.equal(tried.verdict, 'conformant');
});

test('marks go, what stands at them stays, a comment that only asks goes as a whole', () => {
  const text = [
    'given: "TODO(curate): what must be true."',
    'code: "000_002" # TODO(curate): guessed, the page does not say which code it is',
    '# TODO(curate): the page lists no request headers; these are the usual ones',
    'title: Two',
  ];
  assert.equal(
    finishText(text.join('\n')),
    ['given: "what must be true."', 'code: "000_002"', 'title: Two'].join('\n'),
  );
});

test('what a finished draft says of the page otherwise is told, line by line', async (context) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'konaplate-finish-'));
  context.after(() => rmSync(dir, { recursive: true }));
  const capture = await readCapture(page);
  const folder = path.join(dir, 'draft');
  const imported = await importPage(capture, await readExisting(root), { documents: root, folder });
  const file = path.join(folder, 'openapi/konaplate.yaml');
  const text = readFileSync(file, 'utf8');
  const own = text.indexOf('/api/v1/cards/search:');
  const changed = text.slice(0, own) + text.slice(own).replace('const: "Success."', 'const: "Succeeded."');
  assert.notEqual(changed, text);
  writeFileSync(file, changed);
  const { troubles } = await tryPage(capture, imported, { credentials: await testCredentials(), seed: 1 });
  assert.notDeepEqual(troubles, []);
  assert.ok(
    troubles.every((one) => one.startsWith('check: ')),
    troubles.join('\n'),
  );
});
