import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import { clauseCoverage } from '../../src/report/coverage.ts';
import { annotatedPages } from '../../src/report/page/annotated.ts';
import { readGivenPages } from '../../src/report/page/given-pages.ts';
import { outputs, writeOutputs } from '../../src/report/render/outputs.ts';
import { contract as project, sampleHeader, sampleLedger } from './samples.ts';

const pages = path.resolve(import.meta.dirname, '../pages');
const contract = loadContract(contractFolders(path.join(pages, 'documents')));
const coverage = clauseCoverage({ header: sampleHeader(), cases: [] }, contract, new Map());

function folderWith(context: TestContext, change: (text: string) => string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-given-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'waybills.txt');
  cpSync(path.join(pages, 'captures/waybills.txt'), file);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return folder;
}

test('a given page is shown as a whole: its lines in their order, below the part that they belong to', async (context) => {
  const { texts, notes } = await readGivenPages(
    folderWith(context, (text) => text),
    contract,
  );
  assert.deepEqual(notes, []);
  const [whole] = annotatedPages(coverage, contract, texts);
  const [cited] = annotatedPages(coverage, contract, new Map());
  assert.ok(whole && cited);
  assert.equal(whole.whole, true);
  assert.equal(cited.whole, false);
  const linesOf = (page: typeof whole) =>
    page.parts.flatMap(({ blocks }) => blocks.flatMap(({ lines }) => lines.map(({ number }) => number)));
  assert.deepEqual(
    linesOf(whole),
    linesOf(whole).toSorted((a, b) => a - b),
  );
  assert.ok(linesOf(whole).length > linesOf(cited).length);
  // Nothing that promises anything is lost, and nothing proves more by being shown.
  assert.deepEqual(whole.promises, cited.promises);
  assert.deepEqual(whole.lines, cited.lines);
  const words = whole.parts.flatMap(({ blocks }) =>
    blocks.flatMap(({ lines }) => lines.map((line) => line.words)),
  );
  assert.ok(!words.some((line) => /^(?:Request Headers|Response Code|Loading)/.test(line)), words.join('\n'));
});

test('every promise with a source stands on a line of its page', () => {
  const all = clauseCoverage({ header: sampleHeader(), cases: [] }, project, new Map());
  for (const { api, parts, elsewhere } of annotatedPages(all, project, new Map())) {
    const shown = parts.flatMap(({ blocks }) => blocks.flatMap(({ lines }) => lines));
    const standing = new Set(shown.flatMap(({ clauses }) => clauses.map(({ clause }) => clause.id)));
    for (const { clause } of all.filter((one) => one.clause.api === api.id)) {
      const isShown = standing.has(clause.id) || elsewhere.some((one) => one.clause.id === clause.id);
      assert.ok(isShown, clause.id);
      assert.equal(standing.has(clause.id), clause.source.length > 0, clause.id);
    }
    for (const { number, words } of shown) assert.notEqual(words, '', `${api.id}, line ${number}`);
  }
});

test('pages that can not be read any more take nothing from a run', async (context) => {
  const dir = mkdtempSync(path.join(tmpdir(), 'konaplate-outputs-'));
  context.after(() => rmSync(dir, { recursive: true }));
  const run = { contract: project, pages: path.join(dir, 'gone') };
  assert.match((await writeOutputs(dir, sampleLedger(), run)).join('\n'), /gone: can't be read \(ENOENT\)/);
  assert.match(readFileSync(path.join(dir, outputs.report), 'utf8'), /Conformant/);
});

test('another version of a page is told, and the cited lines are shown', async (context) => {
  const { texts, notes } = await readGivenPages(
    folderWith(context, (text) => `\n${text}`),
    contract,
  );
  assert.equal(texts.size, 0);
  assert.match(notes.join('\n'), /waybills\.txt: line \d+ is not what the documents cite/);
});
