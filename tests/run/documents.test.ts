import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { startSandbox } from '../../sandbox/start.ts';
import { allCases } from '../../src/cases/all-cases.ts';
import { contractFolders, loadContract, namedFolders } from '../../src/contract/load.ts';
import type { Contract } from '../../src/contract/model.ts';
import { sharedContractVariable } from '../../src/contract/shared-contract.ts';
import { openEngine } from '../../src/engine/engine.ts';
import type { CaseRecord } from '../../src/record/record.ts';
import { readProfile } from '../../src/run/plan.ts';
import { type CommandRun, runHere } from '../cli/run-here.ts';
import { change, copyOfDocuments, documentsWith } from '../documents/copy.ts';
import { testCredentials } from '../keys.ts';
import { root, runSuite } from './suite.ts';

const own = loadContract(contractFolders(root));
const clause = 'linkable-cards.code.003_049.message';
const scenario = 'linkable-cards/no-issued-card';

/** So that a process of a test reads the documents that it is given, not those that the tests have read. */
const anew = { [sharedContractVariable]: undefined };

const otherMessage = ['Not found issued cards.', 'No issued cards.'] as const;

/** A copy of the documents in which one message is another. */
function altered(context: TestContext): string {
  const copy = copyOfDocuments(context);
  change(copy, 'openapi/konaplate.yaml', ...otherMessage);
  return copy;
}

test('a target is held against the documents that are named, and no others', async (context) => {
  const contract = loadContract(namedFolders(altered(context)));
  const done = async (target: Contract): Promise<readonly CaseRecord[]> => {
    const sandbox = await startSandbox({ contract: target, credentials: await testCredentials() });
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

test('a run takes them to every process, and to the target that it launches, which makes test data for a draft', async (context) => {
  const copy = documentsWith('parcel-search', context);
  change(copy, 'openapi/konaplate.yaml', ...otherMessage);
  const args = ['--documents', copy, '--grep', `@parcel-search|${scenario} @`, '--no-page'];
  const { exitCode, output, reports, report } = await runSuite(context, args, anew);
  assert.equal(exitCode, 0, output);
  assert.deepEqual(report?.scenarios.map(({ id, outcome }) => [id, outcome]).toSorted(), [
    [scenario, 'conforms'],
    ['parcel-search/found', 'conforms'],
  ]);
  const read = (name: string) => JSON.parse(readFileSync(path.join(reports, name), 'utf8'));
  assert.equal(read('settings.json').documents, copy);
  const { documents } = read('conformance.json');
  assert.equal(documents.folder, copy);
  assert.equal(documents.digest, loadContract(namedFolders(copy)).digest);
  assert.notEqual(documents.digest, own.digest);
});

/** Runs a command in this process, which forgets meanwhile the documents that the tests have read. */
async function run(...line: Parameters<typeof runHere>): Promise<CommandRun> {
  const { [sharedContractVariable]: handed } = process.env;
  delete process.env[sharedContractVariable];
  try {
    return await runHere(...line);
  } finally {
    if (handed !== undefined) process.env[sharedContractVariable] = handed;
  }
}

for (const script of ['conformance', 'clauses', 'catalogue', 'sandbox/main.ts', 'mutation/main.ts']) {
  test(`${script}: a folder without documents is told in one line, exit code 2`, async () => {
    const { code, errors } = await run(script, '--documents', 'docs');
    assert.equal(code, 2, errors);
    assert.match(
      errors,
      /^(?:error: )?docs: no documents: expected a folder with openapi\/ .* no openapi\/konaplate\.yaml\n$/,
    );
  });
}

test('clauses and catalogue of a draft are those of the draft', async (context) => {
  const copy = documentsWith('parcel-search', context);
  const clauses = await run('clauses', '--documents', copy, '--api', 'parcel-search');
  assert.equal(clauses.code, 0, clauses.errors);
  assert.match(clauses.out, /^parcel-search\.request\.parcelNo\.range {2}MUST\n/m);
  const catalogue = await run('catalogue', '--documents', copy, '--json');
  assert.match(catalogue.out, /"parcel-search"/);
});
