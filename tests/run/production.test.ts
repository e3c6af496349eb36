import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { allowances } from '../../src/cases/permission.ts';
import { sharedContractVariable } from '../../src/contract/shared-contract.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { readPlan } from '../../src/run/plan.ts';
import { casesOfRun } from '../../src/run/split.ts';
import { SafetyError } from '../../src/target/read-safety.ts';
import { copyOfDocuments } from '../documents/copy.ts';
import { contract, root } from '../project.ts';
import { type OtherServer, startOtherServer } from './other-server.ts';
import { bareEnvironment, runSuite, scratch, writeProfile } from './suite.ts';

const writing = new Map(
  contract.apis.filter(({ effect }) => effect !== 'reads').map(({ path: route, effect }) => [route, effect]),
);
const oneWrite = contract.apis.find(({ effect }) => effect === 'writes')?.scenarios[0]?.id ?? '';

interface Counted extends OtherServer {
  /** The requests that came, and those of them that would have changed something. */
  readonly came: string[];
  readonly written: () => readonly string[];
  /** Path of a profile that says it is production. */
  readonly production: string;
}

/** A server that counts, and answers a write like anything else. */
async function counted(context: TestContext): Promise<Counted> {
  const came: string[] = [];
  const other = await startOtherServer({
    instead: (route) => {
      came.push(route);
      return false;
    },
  });
  context.after(() => other.close());
  const text = `${other.profile}environment: production\nallowHosts: [127.0.0.1]\nacceptsOnlyPreparedData: false\n`;
  return {
    ...other,
    came,
    written: () =>
      came.filter((route) =>
        [...writing.keys()].some((one) => route.toLowerCase().startsWith(one) && !route.endsWith('/inquiry')),
      ),
    production: writeProfile(context, text),
  };
}

/** Documents in which every operation is said to read. */
function lyingDocuments(context: TestContext): string {
  const folder = copyOfDocuments(context);
  const file = path.join(folder, 'openapi/konaplate.yaml');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll(/x-effect: (?:writes|deletes)/g, 'x-effect: reads'));
  return folder;
}

describe('a production profile', () => {
  it('sends no write, whatever options are put together', async (context) => {
    const server = await counted(context);
    const documents = [undefined, lyingDocuments(context)];
    const choices = [undefined, { cases: [oneWrite] }, { matching: 'robustness' }];
    const done = new Set<string>();
    let plans = 0;
    for (const folder of documents) {
      // The documents are read once for all that share them.
      const env: NodeJS.ProcessEnv = folder === undefined ? bareEnvironment() : { KONAPLATE_ENV_FILE: '' };
      for (const effects of [undefined, ...allowances]) {
        for (const variable of [undefined, ...allowances]) {
          env.KONAPLATE_EFFECTS = variable ?? '';
          const settings = {
            target: server.production,
            seed: 1,
            preflight: true,
            ...(effects && { effects }),
            ...(folder !== undefined && { documents: folder }),
          };
          const isWider = [effects, variable].some((one) => one !== undefined && one !== 'read-only');
          if (isWider) {
            assert.throws(() => readPlan(env, settings), SafetyError);
            continue;
          }
          for (const chosen of choices) {
            const plan = readPlan(env, { ...settings, ...(chosen && { chosen }) });
            const { profile } = plan;
            assert.ok(profile.kind === 'ready');
            const cases = casesOfRun(plan);
            plans += 1;
            // What comes to the same cases is done once.
            const ready = cases.flatMap(({ id, plan: one }) => (one.ready ? [id] : [])).join();
            if (done.has(ready)) continue;
            done.add(ready);
            const engine = openEngine({ contract: plan.contract, profile, seed: 1, preflight: true });
            for await (const { outcome, id } of engine.runAll(cases)) {
              assert.notEqual(outcome, 'harness-error', id);
            }
            await engine.close();
          }
        }
      }
    }
    assert.equal(plans, 2 * 4 * choices.length);
    assert.ok(server.came.length > 200);
    assert.deepEqual(server.written(), []);
  });

  it('sends none from the command or the runner either, and says what was not sent', async (context) => {
    const server = await counted(context);
    const target = ['--target', server.production, '--no-page', '--seed', '1'];
    const documents = ['--documents', lyingDocuments(context)];
    const anew = { [sharedContractVariable]: undefined };
    const playwright = [path.join(root, 'node_modules/@playwright/test/cli.js'), 'test'];
    const env = { KONAPLATE_TARGET: server.production, KONAPLATE_PAGE: 'false' };

    const wider = await runSuite(context, [...target, '--effects', 'any']);
    assert.equal(wider.exitCode, 2, wider.output);
    assert.match(wider.output, /^--effects: the profile allows read-only, and any is more; [^\n]*\n$/);
    const variable = await runSuite(context, target, { KONAPLATE_EFFECTS: 'prepared' });
    assert.equal(variable.exitCode, 2, variable.output);
    assert.match(
      variable.output,
      /^KONAPLATE_EFFECTS: the profile allows read-only, and prepared is more; [^\n]*\n$/,
    );
    assert.equal(server.came.length, 0);

    const whole = await runSuite(context, [...target, ...documents, '--workers', '2'], anew);
    assert.equal(whole.exitCode, 0, whole.output);
    assert.match(
      whole.output,
      /\(as the profile says\): the profile allows reads only: this operation deletes/,
    );
    const one = await runSuite(context, [...target, '--case', oneWrite]);
    // Nothing of what was chosen could be judged.
    assert.equal(one.exitCode, 3, one.output);
    assert.match(one.output, /INCOMPLETE .*1 not testable/);
    const runner = await runSuite(context, ['--workers=2', '--grep', '@integrity'], env, playwright);
    assert.equal(runner.exitCode, 0, runner.output);
    assert.ok(server.came.length > 100);
    assert.deepEqual(server.written(), []);
  });

  it('does not run outside of its hours, and is told apart from one that may', async (context) => {
    const server = await counted(context);
    const hour = new Date().getUTCHours();
    const at = (offset: number) => `"${String((hour + offset) % 24).padStart(2, '0')}:00"`;
    const file = path.join(scratch(context), 'late.yaml');
    writeFileSync(file, `${readFileSync(server.production, 'utf8')}window: {from: ${at(2)}, to: ${at(4)}}\n`);
    for (const [command, env] of [
      [undefined, {}],
      [[path.join(root, 'node_modules/@playwright/test/cli.js'), 'test'], { KONAPLATE_TARGET: file }],
    ] as const) {
      const args = command ? [] : ['--target', file];
      const { exitCode, output } = await runSuite(context, args, env, command);
      assert.equal(exitCode, 2, output);
      assert.match(
        output,
        /^this target may be tested from \d\d:00 to \d\d:00 UTC only \(window of the profile\), and it is [^\n]*; nothing was sent\n$/,
      );
    }
    const dry = await runSuite(context, ['--target', file, '--dry-run']);
    assert.equal(dry.exitCode, 0, dry.output);
    assert.match(dry.output, /^It may run from \d\d:00 to \d\d:00 UTC only$/m);
    assert.equal(server.came.length, 0);
  });
});
