import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { contractFolders } from '../contract/load.ts';
import { loadUntested } from '../contract/untested.ts';
import { outliveClosedPipes } from '../process/closed-pipes.ts';
import { ConformanceReporter, type RunInfo } from '../report/reporter.ts';
import { toolDigest } from '../report/tool-digest.ts';
import { redactWaivers } from '../report/waivers.ts';
import { describeProfile } from '../target/profile.ts';
import { openDisclosure } from './disclosure.ts';
import { loadPlan } from './plan.ts';
import { chosenCases, root } from './settings.ts';
import { stopRunnerOnRequest } from './stop-runner.ts';

/** The reporter as the runner loads it: told of the run through settings, documents and profile. */
export default class RunReporter extends ConformanceReporter {
  constructor(options: { readonly _mode?: string }) {
    const { reports, page } = loadPlan(process.env).settings;
    super({
      dir: reports,
      info: runInfo,
      mode: options._mode,
      html: page,
      stopped: stopRunnerOnRequest(),
    });
    outliveClosedPipes();
  }
}

function runInfo(): RunInfo {
  const plan = loadPlan(process.env);
  const { contract } = plan;
  const { redactor, profile } = openDisclosure(plan);
  return {
    contract,
    redactor,
    order: plan.cases.map(({ id }) => id),
    untested: loadUntested(contractFolders(root), contract).reasons,
    header: {
      tool: readTool(),
      documents: { title: contract.title, version: contract.version, digest: contract.digest },
      // As the user named it.
      target: { ...describeProfile(profile), file: targetFile(plan.settings.target) },
      seed: plan.settings.seed,
      selection: readSelection(process.argv.slice(2)),
      waivers: redactWaivers(profile.waivers, redactor),
      notes: plan.notes.map((note) => redactor.text(note)),
    },
  };
}

/** What `--target` takes to mean the same target again. */
function targetFile(target: string): string {
  return /[/.]/.test(target) ? target : `targets/${target}.yaml`;
}

function readTool(): { name: string; version: string; digest: string } {
  const text = readFileSync(path.join(root, 'package.json'), 'utf8');
  const { name, version }: { name: string; version: string } = JSON.parse(text);
  return { name, version, digest: toolDigest(root) };
}

/** What of the suite the runner's command line chose; the runner does not tell its reporters. */
function readSelection(argv: readonly string[]): { grep?: string; shard?: string } {
  const { values } = parseArgs({
    args: [...argv],
    options: { grep: { type: 'string', short: 'g' }, shard: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  });
  return {
    ...(typeof values.grep === 'string' && { grep: process.env[chosenCases] ?? values.grep }),
    ...(typeof values.shard === 'string' && { shard: values.shard }),
  };
}
