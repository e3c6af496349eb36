import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { contractFolders } from '../../src/contract/load.ts';
import { checkPages, type GivenPage } from '../../src/feeds/check/check.ts';
import { type Documents, loadDocuments } from '../../src/feeds/check/documents.ts';
import { readGiven } from '../../src/feeds/given.ts';
import { PARAMETER_SECTIONS } from '../../src/feeds/page.ts';
import { givenPage, PROJECT } from './given.ts';

/** The project's documents against the documentation pages, as they are and changed in memory. */
const FOLDER = fileURLToPath(new URL('../../../shared/feeds/', import.meta.url));
const absent = existsSync(FOLDER) ? false : 'the documentation pages are not here (../shared/feeds)';

/** One change of a page that must be found as `kind (fact)`. */
interface Mutation {
  readonly what: string;
  readonly lines: readonly string[];
  readonly found: string;
}

/** Every change by a hair of every fact of a page. */
function mutationsOf(page: GivenPage): Mutation[] {
  const mutations: Mutation[] = [];
  const edit = (what: string, line: number, into: string | readonly string[] | undefined, found: string) => {
    const lines = page.lines.flatMap((text, index) =>
      index + 1 === line ? (into === undefined ? [] : into) : [text],
    );
    mutations.push({ what: `line ${line}: ${what}`, lines, found });
  };
  const at = (line: number) => page.lines[line - 1] ?? '';
  const { page: parsed } = page.parsed;
  for (const section of PARAMETER_SECTIONS) {
    const { encrypted, parameters = [] } = parsed[section] ?? {};
    if (encrypted !== undefined) edit('the encryption mark removed', encrypted.line, '', 'removed (item)');
    for (const { name, presence, limits, values, forms } of parameters) {
      edit('a parameter renamed', name.line, `${at(name.line)}Y`, 'changed (name)');
      if (presence?.value === 'Required')
        edit('Required turned Optional', presence.line, 'Optional', 'changed (presence)');
      else if (presence !== undefined)
        edit('turned Required', presence.line, 'Required', 'changed (presence)');
      for (const limit of Object.values(limits)) {
        if (limit === undefined) continue;
        for (const by of [-1n, 1n]) {
          const text = at(limit.line).replace(
            new RegExp(`\\b${limit.value}\\b(?!.*\\b${limit.value}\\b)`),
            String(limit.value + by),
          );
          assert.notEqual(text, at(limit.line));
          edit(`a limit changed by ${by}`, limit.line, text, 'changed (limit)');
        }
      }
      for (const { line, value } of values) {
        edit('an enum value removed', line, undefined, 'removed (values)');
        edit(
          'an enum value changed',
          line,
          at(line).replace(value, `${value.slice(0, -1)}8`),
          'changed (values)',
        );
      }
      for (const { line, value } of forms) {
        edit('a form one longer', line, at(line).replace(value, `${value}-`), 'changed (form)');
      }
    }
  }
  for (const { status, code, message } of parsed.responseCode?.rows ?? []) {
    edit('a status changed', status.line, '404', 'changed (status)');
    if (code !== undefined) edit('a code changed', code.line, '999_999', 'changed (code)');
    if (message === undefined) continue;
    edit(
      "a message's last letter changed",
      message.line,
      at(message.line).replace(/\S(\s*)$/, '#$1'),
      'changed (message)',
    );
    edit(
      "a message's last letter removed",
      message.line,
      at(message.line).replace(/\S(\s*)$/, '$1'),
      'changed (message)',
    );
  }
  const [row] = parsed.responseCode?.rows ?? [];
  if (row !== undefined) {
    const added = ['409', 'Error code', '999_998', 'Message', 'Conflict.', at(row.status.line)];
    edit('a code row added', row.status.line, added, 'added (item)');
  }
  const selected = parsed.testData?.selected?.title;
  for (const { line, title } of parsed.testData?.titles ?? []) {
    edit('a scenario title added', line, [at(line), '400 - One more'], 'added (item)');
    // The chosen title stays on the page when its place in the list goes.
    if (title !== selected) edit('a scenario removed', line, undefined, 'removed (item)');
  }
  if (parsed.path !== undefined)
    edit('the path changed', parsed.path.line, `${parsed.path.value}2`, 'added (page)');
  return mutations;
}

function openOf(page: GivenPage, documents: Documents): string[] {
  return checkPages([page], documents, false)
    .differences.filter(({ answeredBy }) => answeredBy.length === 0)
    .map(({ kind, fact }) => `${kind} (${fact})`);
}

const { pages } = absent === false ? await readGiven([FOLDER]) : { pages: [] };

describe('the documentation pages and the documents', { skip: absent }, () => {
  const documents = loadDocuments(contractFolders(PROJECT));

  test('agree in every fact', () => {
    const check = checkPages(pages, documents, true);
    assert.deepEqual(
      check.differences.filter(({ answeredBy }) => answeredBy.length === 0),
      [],
    );
    assert.equal(check.pages.length, 5);
    assert.ok(check.facts > 900, String(check.facts));
    assert.deepEqual(check.notes, []);
  });

  for (const page of pages) {
    test(`every change of ${page.file.slice(FOLDER.length, FOLDER.length + 3)} by a hair is found`, () => {
      const mutations = mutationsOf(page);
      assert.ok(mutations.length > 20);
      const known = openOf(page, documents);
      const missed = mutations.filter(({ lines, found }) => {
        const now = openOf(givenPage(lines.join('\n'), page.file), documents);
        const count = (list: readonly string[]) => list.filter((one) => one === found).length;
        return count(now) <= count(known);
      });
      assert.deepEqual(
        missed.map(({ what, found }) => `${what}: ${found}`),
        [],
      );
    });
  }
});
