import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadKorean } from '../contract/korean.ts';
import { namedFolders } from '../contract/load.ts';
import { loadUntested } from '../contract/untested.ts';
import { redactWaivers } from '../engine/waive.ts';
import { outliveClosedPipes } from '../process/closed-pipes.ts';
import { toolDigest } from '../report/tool-digest.ts';
import { openDisclosure } from '../run/disclosure.ts';
import { ownFolder } from '../run/own-folder.ts';
import { loadPlan } from '../run/plan.ts';
import { root, type Settings } from '../run/settings.ts';
import { describeProfile } from '../target/profile.ts';
import { ConformanceReporter, type RunInfo } from './reporter.ts';
import { stopRunnerOnRequest } from './stop-runner.ts';

/** The reporter as the runner loads it: told of the run through settings, documents and profile. */
export default class RunReporter extends ConformanceReporter {
  constructor(options: { readonly _mode?: string }) {
    const { page } = loadPlan(process.env).settings;
    super({
      dir: ownFolder(process.env),
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
  const { documents, pages } = plan.settings;
  const folders = namedFolders(documents);
  return {
    contract,
    redactor,
    order: plan.cases.map(({ id }) => id),
    untested: loadUntested(folders, contract).reasons,
    korean: loadKorean(folders),
    ...(pages !== undefined && { pages }),
    header: {
      tool: readTool(),
      documents: {
        title: contract.title,
        version: contract.version,
        digest: contract.digest,
        ...documentsFolder(plan.settings),
      },
      // As the user named it.
      target: { ...describeProfile(profile), file: targetFile(plan.settings.target) },
      seed: plan.settings.seed,
      waivers: redactWaivers(profile.waivers, redactor),
      notes: plan.notes.map((note) => redactor.text(note)),
    },
  };
}

/** What `--documents` takes to mean the same documents again; nothing for this project's own. */
function documentsFolder({ documents }: Settings): { readonly folder?: string } {
  const relative = path.relative(root, documents);
  if (relative === '') return {};
  const isOutside = relative.startsWith('..') || path.isAbsolute(relative);
  return { folder: isOutside ? documents : relative.replaceAll(path.sep, '/') };
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
