import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { startSandbox } from '../../sandbox/start.ts';
import { allCases } from '../../src/cases/all-cases.ts';
import { contractFolders, loadContract, namedFolders } from '../../src/contract/load.ts';
import type { Contract } from '../../src/contract/model.ts';
import { openEngine } from '../../src/engine/engine.ts';
import type { CaseRecord } from '../../src/record/record.ts';
import { readProfile } from '../../src/run/plan.ts';
import { change, copyOfDocuments, documentsWith } from '../documents/copy.ts';
import { bareEnvironment, root, runSuite } from './suite.ts';

const own = loadContract(contractFolders(root));
const clause = 'linkable-cards.code.003_049.message';
const scenario = 'linkable-cards/no-issued-card';

/** A copy of the documents in which one message is another. */
function altered(context: TestContext): string {
  const copy = copyOfDocuments(context);
  change(copy, 'openapi/konaplate.yaml', 'Not found issued cards.', 'No issued cards.');
  return copy;
}

test('a target is held against the documents that are named, and no others', async (context) => {
  const contract = loadContract(namedFolders(altered(context)));
  const done = async (target: Contract): Promise<readonly CaseRecord[]> => {
    const sandbox = await startSandbox({ contract: target });
    const profile = readProfile(sandbox.profilePath, contract, {});
    assert.ok(profile.kind === 'ready');
    const engine = openEngine({ contract, profile, seed: 1 });
    try {
      const records: CaseRecord[] = [];
      const chosen = allCases(contract, profile, 1).filter(
        ({ api, kind }) => api.id === 'linkable-cards' && kind === 'scenario',
      );
      for await (const record of engine.runAll(chosen)) records.push(record);
      return records;
    } finally {
      await engine.close();
      await sandbox.close();
    }
  };
  const kept = await done(contract);
  assert.equal(kept.length, 6);
  assert.deepEqual(
    kept.filter(({ outcome }) => outcome !== 'conforms'),
    [],
  );
  const broken = (await done(own)).filter(({ outcome }) => outcome !== 'conforms');
  assert.deepEqual(
    broken.map(({ id, findings }) => [id, findings.map((one) => one.clause)]),
    [[scenario, [clause]]],
  );
});

test('a run takes them to every process, and to the target that it launches', async (context) => {
  const copy = altered(context);
  const args = ['--documents', copy, '--case', scenario, '--no-page'];
  const { exitCode, output, reports } = await runSuite(context, args);
  assert.equal(exitCode, 0, output);
  const read = (name: string) => JSON.parse(readFileSync(path.join(reports, name), 'utf8'));
  assert.equal(read('settings.json').documents, copy);
  const { documents } = read('conformance.json');
  assert.equal(documents.folder, copy);
  assert.equal(documents.digest, loadContract(namedFolders(copy)).digest);
  assert.notEqual(documents.digest, own.digest);
});

test('what repeats a failure names them', async (context) => {
  const copy = altered(context);
  const sandbox = await startSandbox({ contract: own });
  context.after(() => sandbox.close());
  const { exitCode, output, report } = await runSuite(context, [
    ...['--documents', copy, '--target', sandbox.profilePath],
    ...['--case', scenario, '--no-page'],
  ]);
  assert.equal(exitCode, 1, output);
  assert.deepEqual(
    report?.findings.map((one) => one.clause),
    [clause],
  );
  assert.ok(output.includes(` --documents ${copy} --case ${scenario}`), output);
});

interface Said {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

async function run(script: string, ...args: readonly string[]): Promise<Said> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: root,
    env: bareEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data.toString('utf8')));
  child.stderr.on('data', (data: Buffer) => (err += data.toString('utf8')));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, out, err };
}

for (const script of [
  'src/cli/conformance.ts',
  'src/cli/clauses.ts',
  'src/cli/catalogue.ts',
  'sandbox/main.ts',
  'mutation/main.ts',
]) {
  test(`${script}: a folder without documents is told in one line, exit code 2`, async () => {
    const { exitCode, err } = await run(script, '--documents', 'docs');
    assert.equal(exitCode, 2, err);
    assert.match(
      err,
      /^docs: no documents: expected a folder with openapi\/ .* no openapi\/konaplate\.yaml\n$/,
    );
  });
}

test('clauses and catalogue of a draft are those of the draft', async (context) => {
  const copy = documentsWith('parcel-search', context);
  const clauses = await run('src/cli/clauses.ts', '--documents', copy, '--api', 'parcel-search');
  assert.equal(clauses.exitCode, 0, clauses.err);
  assert.match(clauses.out, /^parcel-search\.request\.parcelNo\.range {2}MUST\n/m);
  const catalogue = await run('src/cli/catalogue.ts', '--documents', copy, '--json');
  assert.match(catalogue.out, /"parcel-search"/);
});
