import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import { checkPages } from '../../src/pages/check/check.ts';
import { loadDocuments } from '../../src/pages/check/documents.ts';
import { draftApi, freeNumber, idOfPath, NotDraftable } from '../../src/pages/import/draft.ts';
import { DraftBroken, FolderTaken, readExisting, writeDraft } from '../../src/pages/import/write.ts';
import { Additions } from '../../src/pages/import/yaml-text.ts';
import { TODO } from '../../src/pages/open-places.ts';
import { finished } from './finish.ts';
import { captureOf, changed, documentsIn, folder, PAGES, PROJECT, WAYBILLS } from './fixtures.ts';

const CARDS = await readFile(path.join(PAGES, 'card-search.txt'), 'utf8');
/** A page that leaves open what a page can leave open. */
const DOUBTFUL = await readFile(path.join(PAGES, 'parcel-search.txt'), 'utf8');

async function lines(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split('\n');
}

for (const [name, text] of [
  ['card-search.txt', CARDS],
  ['parcel-search.txt', DOUBTFUL],
  ['without a request', CARDS.replace(/Request Headers[\s\S]*?Response Headers/, 'Response Headers')],
  ['compact', CARDS.replace(/\n\n+/g, '\n')],
] as const) {
  test(`a draft of ${name} loads, adds only, and the check of it reports only what is marked`, async (t) => {
    const out = path.join(await folder(t), 'draft');
    const capture = captureOf(text, name);
    const existing = await readExisting(PROJECT);
    const draft = draftApi(capture, existing, { id: 'sixth', number: '905' });
    const unfinished = await writeDraft(draft, PROJECT, out);
    assert.ok(unfinished.length > 10 && unfinished.every((one) => one.text.includes(TODO)));

    const documents = loadDocuments(contractFolders(out));
    const check = checkPages([capture], documents, false);
    assert.deepEqual(
      check.differences.filter(({ explainedBy }) => explainedBy.length === 0),
      [],
    );
    for (const { explainedBy } of check.differences) {
      for (const id of explainedBy) assert.match(id, /^sixth-/);
    }
    for (const name of ['konaplate', 'ambiguities', 'catalogue', 'pages']) {
      const file = `${name === 'konaplate' ? 'openapi' : 'specs'}/${name}.yaml`;
      const now = await lines(path.join(out, file));
      for (const line of await lines(path.join(PROJECT, file))) {
        const at = now.indexOf(line);
        assert.ok(at >= 0, `${file} has lost the line "${line}"`);
        now.splice(0, at + 1);
      }
    }
  });
}

test('shared headers are reused when their facts are equal, otherwise new ones are drafted', async () => {
  const existing = await readExisting(PROJECT);
  const ids = { id: 'sixth', number: '905' };
  const same = draftApi(captureOf(CARDS), existing, ids).files.get('openapi/konaplate.yaml') ?? '';
  assert.doesNotMatch(same, /KmTimeZone/);
  const other = changed(CARDS, 'Length : 3\n', 'Length : 4\n');
  const drafted = draftApi(captureOf(other), existing, ids).files.get('openapi/konaplate.yaml') ?? '';
  assert.match(drafted, /- \$ref: "#\/components\/parameters\/KMTimeZone"/);
  assert.match(drafted, /KMTimeZone:\n {6}name: X-KM-Time-Zone\n {6}in: header\n {6}required: true/);
});

test('an encrypted body is wrapped, codes become rows, values an enum', async () => {
  const existing = await readExisting(PROJECT);
  const text = draftApi(captureOf(CARDS), existing, { id: 'sixth', number: '905' }).files.get(
    'openapi/konaplate.yaml',
  );
  assert.match(text ?? '', /x-encrypted: true\n {8}x-source:\n {10}"905": \{ encrypted: 110 \}/);
  assert.match(text ?? '', /if: \{ properties: \{ code: \{ const: "001_006" \} \} \}/);
  assert.match(text ?? '', /enum: \["ACTIVE", "SUSPENDED", "CLOSED"\]/);
});

test('invented documents gain a sixth API as well: no common header, no common envelope interpretation', async (t) => {
  const root = await documentsIn(await folder(t));
  const existing = await readExisting(root);
  const capture = captureOf(CARDS);
  const out = path.join(await folder(t), 'draft');
  await writeDraft(draftApi(capture, existing, { id: 'cards', number: '101' }), root, out);
  const check = async (folder: string) =>
    checkPages([capture, captureOf(WAYBILLS)], loadDocuments(contractFolders(folder)), true);
  assert.equal((await check(out)).clean, false, 'open places');
  assert.equal((await check(await finished(out))).clean, true);
});

test('what is no new page is refused', async () => {
  const existing = await readExisting(PROJECT);
  const ids = { id: 'sixth', number: '905' };
  const refused = (text: string, says: RegExp, options = ids) =>
    assert.throws(
      () => draftApi(captureOf(text, 'page.txt'), existing, options),
      (error) => error instanceof NotDraftable && says.test(error.message) && !error.message.includes('\n'),
    );
  refused(
    changed(CARDS, '/api/v1/cards/search', '/api/v1/bankaccounts/info'),
    /documented already, as account-info/,
  );
  refused(changed(CARDS, '\nPOST\n', '\nGET\n'), /hold POST only/);
  refused(CARDS, /id of another API/, { id: 'account-info', number: '905' });
  refused(CARDS, /page of another API/, { id: 'sixth', number: '004' });
  refused(changed(CARDS, '\n200\n', '\n500\n'), /no code row with a 2xx status/);
});

test('a folder that exists is left alone; nothing is left of a draft that fails', async (t) => {
  const parent = await folder(t);
  const root = await documentsIn(path.join(parent, 'root'));
  const draft = draftApi(captureOf(CARDS), await readExisting(root), { id: 'cards', number: '101' });
  await assert.rejects(writeDraft(draft, root, root), FolderTaken);
  const broken = { ...draft, files: new Map([['specs/apis/cards.yaml', 'api: nothing']]) };
  await assert.rejects(writeDraft(broken, root, path.join(parent, 'out')), (error) => {
    assert.ok(error instanceof DraftBroken);
    assert.match(error.message, /^the draft of waybills\.txt is not in order, .*nothing is written: [^\n]*$/);
    return true;
  });
  assert.deepEqual(await readdir(parent), ['root']);
  assert.equal(loadContract(contractFolders(root)).apis.length, 1);
});

test('ids and numbers', () => {
  assert.equal(idOfPath('/api/v1/cards/search'), 'cards-search');
  assert.equal(idOfPath('/api/v2/issuedCards/v1/list'), 'issued-cards-list');
  assert.equal(idOfPath('/'), '');
  assert.equal(freeNumber({ pages: new Set(['000', '002']) }), '001');
});

test('additions: behind the last entry, in its indentation, comments kept', () => {
  const text = '# head\na:\n  b: { c: 1 } # why\n\nlist:\n  - x: 1\n    y: |\n      text\n# tail\n';
  const additions = new Additions(text);
  additions.append(['a'], ['d: 2', 'e:', '  - 3']);
  additions.append(['list'], ['- x: 2']);
  additions.append(['a'], ['f: 4']);
  assert.equal(
    additions.toString(),
    '# head\na:\n  b: { c: 1 } # why\n  d: 2\n  e:\n    - 3\n  f: 4\n\nlist:\n  - x: 1\n    y: |\n      text\n  - x: 2\n# tail\n',
  );
  assert.throws(() => additions.append(['a', 'b'], []), /no block/);
});

test('additions: what goes into the last entry stands before what follows it, whichever came first', () => {
  const additions = new Additions('headers:\n  First:\n    x-source:\n      "000": { name: 1 }\n');
  additions.append(['headers'], ['Second:', '  x-source:', '    "001": { name: 2 }']);
  additions.append(['headers', 'First', 'x-source'], ['"001": { name: 3 }']);
  assert.equal(
    additions.toString(),
    'headers:\n  First:\n    x-source:\n      "000": { name: 1 }\n      "001": { name: 3 }\n  Second:\n    x-source:\n      "001": { name: 2 }\n',
  );
});
