import assert from 'node:assert/strict';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { runHere as run } from '../cli/run-here.ts';
import { finished } from './finish.ts';
import { changed, documentsIn, folder, PAGES, WAYBILLS } from './fixtures.ts';

async function written(t: TestContext, text: string | Uint8Array, name = 'page.txt'): Promise<string> {
  const file = path.join(await folder(t), name);
  await writeFile(file, text);
  return file;
}

test('pages:check: 0 when clean, also of a folder; 1 with differences; JSON is one document', async (t) => {
  const documents = await documentsIn(await folder(t));
  const clean = await written(t, WAYBILLS);
  const file = await run('pages-check', '--documents', documents, clean);
  assert.equal(file.code, 0, file.errors);
  assert.match(file.out, /87 facts of 1 page compared, none unexplained\.\n$/);
  const whole = await run('pages-check', '--documents', documents, path.dirname(clean), '--json');
  assert.equal(whole.code, 0, whole.errors);
  const json: unknown = JSON.parse(whole.out);
  assert.ok(typeof json === 'object' && json !== null && 'clean' in json && json.clean === true);
  const other = await run(
    'pages-check',
    '--documents',
    documents,
    await written(t, changed(WAYBILLS, 'Length : 12', 'Length : 11')),
  );
  assert.equal(other.code, 1);
  assert.match(other.out, /changed waybills: response field waybillNo \(limit\)/);
  assert.match(
    other.out,
    /page\.txt:146 {2}Length : 11\n +documents {2}openapi\/konaplate\.yaml:\d+:\d+ {2}12 characters/,
  );
});

test('pages:diff: 0 when nothing breaks, 1 when something does', async (t) => {
  const documents = await documentsIn(await folder(t));
  const old = await written(t, WAYBILLS);
  const harmless = await run(
    'pages-diff',
    '--documents',
    documents,
    old,
    await written(t, changed(WAYBILLS, 'grams', 'kg')),
  );
  assert.equal(harmless.code, 0, harmless.errors);
  assert.match(harmless.out, /0 changes, 0 breaking/);
  const breaking = await run(
    'pages-diff',
    '--documents',
    documents,
    old,
    await written(t, changed(WAYBILLS, 'Length : 4', 'Length : 3')),
    '--json',
  );
  assert.equal(breaking.code, 1, breaking.errors);
  assert.match(breaking.out, /"waybills\.request\.until\.length"/);
});

test('pages:import: drafts into a new folder, tells what is next, refuses to do it twice', async (t) => {
  const out = path.join(await folder(t), 'draft');
  const page = path.join(PAGES, 'card-search.txt');
  const first = await run('pages-import', '--out', out, page);
  assert.equal(first.code, 0, first.errors);
  assert.match(first.out, /^Drafted cards-search \(page \d{3}\)/);
  assert.match(first.out, /npm run pages:check -- --documents /);
  assert.deepEqual(await readdir(path.dirname(out)), ['draft']);
  assert.match(first.out, /npm run clauses -- --documents \S+ --api cards-search --untested/);
  const check = await run('pages-check', '--documents', out, page);
  assert.equal(check.code, 1, check.out);
  const told = /(\d+) open places in .*: not finished\./;
  const count = told.exec(check.out)?.[1];
  assert.match(first.out, new RegExp(`^${count} open places, `, 'm'));
  assert.match(check.out, /Write at each place what it asks for, and take the mark TODO\(curate\) out\./);
  const open = await run('pages-open', '--documents', out);
  assert.deepEqual([open.code, told.exec(open.out)?.[1]], [1, count]);
  const done = await finished(out);
  assert.equal((await run('pages-open', '--documents', done)).code, 0);
  const clean = await run('pages-check', '--documents', done, page);
  assert.equal(clean.code, 0, clean.out);
  await rm(done, { recursive: true });
  const spec = await readFile(path.join(out, 'specs/apis/cards-search.yaml'), 'utf8');
  const again = await run('pages-import', '--out', out, page);
  assert.equal(again.code, 2);
  assert.match(again.errors, /exists already/);
  assert.equal(await readFile(path.join(out, 'specs/apis/cards-search.yaml'), 'utf8'), spec);
});

const BAD: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ['an empty file', '', /no text/],
  ['a binary file', new Uint8Array([80, 75, 0, 4, 255]), /binary/],
  ['HTML', '<!doctype html><html></html>', /HTML/],
  ['a page that lacks its start', WAYBILLS.slice(WAYBILLS.indexOf('Request Headers')), /the page is cut/],
  ["another site's page", 'Weather\n\nSunny, 21 degrees.\n', /not a documentation page/],
];

for (const [what, content, says] of BAD) {
  test(`${what}: one clear line, exit code 2, nothing written`, async (t) => {
    const file = await written(t, content);
    const good = await written(t, WAYBILLS);
    const out = path.join(path.dirname(file), 'draft');
    for (const args of [
      ['pages-check', file],
      ['pages-check', path.dirname(file)],
      ['pages-diff', good, file],
      ['pages-import', '--out', out, file],
    ] as const) {
      const [command, ...rest] = args;
      const { code, out: stdout, errors } = await run(command, ...rest);
      assert.equal(code, 2, `${command}: ${errors}`);
      assert.equal(stdout, '');
      assert.equal(errors.trimEnd().split('\n').length, 1, errors);
      assert.match(errors, says);
    }
    assert.deepEqual(await readdir(path.dirname(file)), ['page.txt']);
  });
}

test('a cut page: read as far as it goes and told, exit code 2; no ground for a comparison of two pages', async (t) => {
  const documents = await documentsIn(await folder(t));
  const file = await written(t, WAYBILLS.slice(0, WAYBILLS.indexOf('Test Data')));
  const check = await run('pages-check', '--documents', documents, file);
  assert.equal(check.code, 2, check.out);
  assert.match(
    check.out,
    /Note: .*the page is cut: .*no "Test Data" section[\s\S]*\n\d+ facts of 1 page compared, none unexplained/,
  );
  const diff = await run('pages-diff', '--documents', documents, file, file);
  assert.deepEqual([diff.code, diff.out], [2, '']);
  assert.match(diff.errors, /^[^\n]*the page is cut[^\n]*\n$/);
});

test('a folder of many pages: a table with a row for each file, and their sum; the same as JSON', async (t) => {
  const documents = await documentsIn(await folder(t));
  const pages = path.dirname(await written(t, WAYBILLS, 'waybills.txt'));
  await writeFile(path.join(pages, 'empty.txt'), '');
  await writeFile(path.join(pages, 'unknown.txt'), WAYBILLS.replace(/\/api\/v1\/\S+/, '/api/v1/other'));
  await writeFile(path.join(pages, 'older.txt'), WAYBILLS);
  await utimes(path.join(pages, 'older.txt'), 1000, 1000);
  const { code, out } = await run('pages-check', '--documents', documents, pages);
  assert.equal(code, 2);
  const rows = [
    /^page +API +facts +outcome$/m,
    /^empty\.txt +- +- +unreadable: no text in it/m,
    /^waybills\.txt +waybills +87 +as documented$/m,
    /^unknown\.txt +- +- +not documented here: \/api\/v1\/other$/m,
    /^older\.txt +- +- +does not count: waybills\.txt does$/m,
    /^4 files: 2 read, 1 unreadable, 1 of an API that has another capture$/m,
    /^1 API documented here, 0 with unexplained differences; 1 not documented here$/m,
    /^87 facts of 1 page compared, 1 unexplained\.$/m,
  ];
  for (const row of rows) assert.match(out, row);
  const json: unknown = JSON.parse((await run('pages-check', '--documents', documents, pages, '--json')).out);
  assert.ok(typeof json === 'object' && json !== null && 'unreadable' in json && 'superseded' in json);
  await rm(path.join(pages, 'empty.txt'));
  assert.equal((await run('pages-check', '--documents', documents, pages)).code, 1);
});

test('a folder of documents that is none: one line that says what is missing, exit code 2', async (t) => {
  const page = await written(t, WAYBILLS);
  const none = await folder(t);
  for (const args of [
    ['pages-check', page],
    ['pages-diff', page, page],
    ['pages-import', page],
    ['pages-open'],
    ['catalogue'],
  ] as const) {
    const [command, ...rest] = args;
    const { code, out, errors } = await run(command, '--documents', none, ...rest);
    assert.deepEqual([code, out], [2, ''], command);
    assert.match(
      errors,
      /^\S+: no documents: expected a folder with openapi\/ and specs\/, [^\n]* no openapi\/konaplate\.yaml\n$/,
    );
  }
});

test('no file, a folder without pages, documents that are none: exit code 2', async (t) => {
  const empty = await folder(t);
  const page = await written(t, WAYBILLS);
  const good = await documentsIn(await folder(t));
  const documents = await documentsIn(await folder(t), (text, name) =>
    name === 'openapi/konaplate.yaml' ? text.replace('type: array', 'type: heap') : text,
  );
  for (const args of [
    ['pages-check'],
    ['pages-check', path.join(empty, 'none.txt')],
    ['pages-check', empty],
    ['pages-check', '--documents', documents, page],
    ['pages-check', '--documents', good, page, page],
    ['pages-diff', page],
    ['pages-import'],
    ['pages-import', page, '--page', '5'],
    ['pages-import', page, '--id', 'No Id'],
    ['catalogue', 'extra'],
  ] as const) {
    const [command, ...rest] = args;
    const { code, errors } = await run(command, ...rest);
    assert.equal(code, 2, `${args.join(' ')}: ${errors}`);
  }
});

test('catalogue: documented here, only listed, and the share', async (t) => {
  const documents = await documentsIn(await folder(t));
  const text = await run('catalogue', '--documents', documents);
  assert.equal(text.code, 0, text.errors);
  assert.equal(
    text.out,
    'Documented here\n  waybills         Find Waybills\n\nOnly listed\n  waybills\n    Send a Waybill\n    송장 조회\n\n' +
      '1 of 3 names are documented here (33 %).\n',
  );
  const json: unknown = JSON.parse((await run('catalogue', '--json')).out);
  assert.ok(typeof json === 'object' && json !== null && 'total' in json && Number(json.total) > 100);
});
