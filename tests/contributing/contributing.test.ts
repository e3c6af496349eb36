import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { allCases } from '../../src/cases/all-cases.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import { copyProject } from '../copy.ts';
import { draftInventedApi, inventedApi } from '../invented-api.ts';
import { root } from '../project.ts';
import { scratch } from '../run/suite.ts';
import { applyTo, snippetsOf } from './examples.ts';

// The examples of CONTRIBUTING.md, performed as the page has them.

const page = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
const headings = ['a way to change a request', 'a kind of case', 'a check', 'a format of the report'];

/** What the changed copy says of itself, once for all examples. */
interface Said {
  readonly ids: readonly string[];
  readonly outcomes: Readonly<Record<string, string>>;
  readonly once: readonly string[];
  readonly tap: string;
}

/** Runs in the copy, with its modules: the new cases against the embedded target, and what became of check and format. */
const probe = `
import { outputs } from './src/report/render/outputs.ts';
import { tap } from './src/report/render/tap.ts';
import { openTools, runAgainst } from './mutation/fixture.ts';
import { sampleLedger } from './tests/report/samples.ts';

const tools = await openTools(1);
const some = tools.cases.filter(({ id }) => id.endsWith('/robustness/patch') || id.endsWith('/again/unchanged'));
const records = await runAgainst(tools, some, { deviation: {}, apis: [] });
const answers = (count: number) => runAgainst(tools, tools.cases.filter(({ id }) => id === 'account-info/succeeded'), {
  apis: [],
  deviation: {
    send: (wire) => ({
      ...wire,
      headers: wire.headers.flatMap((header) =>
        header[0].toLowerCase() === 'x-km-correlation-id' ? Array.from({ length: count }, () => header) : [header],
      ),
    }),
  },
});
const once = [];
for (const count of [1, 2]) {
  const [record] = await answers(count);
  once.push(record?.findings.map(({ check }) => check).join() ?? 'none');
}
console.log(JSON.stringify({
  ids: some.map(({ id }) => id),
  outcomes: Object.fromEntries(records.map(({ id, outcome }) => [id, outcome])),
  once,
  tap: outputs.tap + ' ' + tap(sampleLedger()),
}));
`;

describe('CONTRIBUTING.md', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-contributing-'));
  const copy = path.join(folder, 'project');
  let said: Said;
  after(() => rmSync(folder, { recursive: true, force: true }));

  before(() => {
    copyProject(copy);
    for (const heading of headings) {
      const snippets = snippetsOf(page, heading);
      assert.ok(snippets.length > 0, heading);
      for (const snippet of snippets) applyTo(copy, snippet);
    }
    writeFileSync(path.join(copy, 'probe.ts'), probe);
    const run = (...args: readonly string[]) => {
      const env = Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/^NODE_TEST/.test(name)),
      );
      const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: copy,
        env,
        encoding: 'utf8',
      });
      assert.equal(status, 0, stdout + stderr);
      return stdout;
    };
    run(path.join(root, 'node_modules/typescript/bin/tsc'), '-p', '.');
    said = JSON.parse(run('--import', 'tsx', 'probe.ts'));
  });

  it('adds a way to change a request: a case of every API, which the embedded target answers well', () => {
    const apis = new Set(said.ids.map((id) => id.split('/')[0]));
    for (const api of apis) assert.equal(said.outcomes[`${api}/robustness/patch`], 'conforms');
    assert.ok(apis.size > 1);
  });

  it('adds a kind of case: one of every API, which the embedded target answers well', () => {
    const again = Object.entries(said.outcomes).filter(([id]) => id.endsWith('/again/unchanged'));
    assert.ok(again.length > 1);
    for (const [id, outcome] of again) assert.equal(outcome, 'conforms', id);
  });

  it('adds a check: nothing on a header that comes once, a finding on one that comes twice', () => {
    assert.deepEqual(said.once, ['', 'header.once']);
  });

  it('adds a format of the report: one more file', () => {
    assert.match(said.tap, /^results\.tap TAP version 14\n1\.\.\d+\nok 1 \S+\n/);
  });
});

it('adds an API by YAML alone: it has clauses, and cases of every kind but over time', async (context) => {
  const folder = scratch(context);
  const draft = path.join(folder, 'draft');
  await draftInventedApi(draft);
  cpSync(path.join(root, 'specs/schemas'), path.join(draft, 'specs/schemas'), {
    recursive: true,
    force: false,
  });
  const drafted = loadContract(contractFolders(draft));
  const nothing = { testData: new Map(), notTestable: new Map(), acceptsOnlyPreparedData: true };
  const own = allCases(drafted, nothing, 1).filter(({ api }) => api.id === inventedApi);
  const kinds = new Set(own.map(({ kind }) => kind));
  assert.deepEqual([...kinds].sort(), ['encryption', 'integrity', 'request', 'robustness', 'scenario']);
  for (const { clauses } of own) for (const id of clauses) assert.ok(drafted.clauses.has(id), id);
});
