import path from 'node:path';
import { Command } from 'commander';
import { loadContract, namedFolders } from '../contract/load.ts';
import type { Contract } from '../contract/model.ts';
import { type Cause, causesOf } from '../report/causes.ts';
import { type Ledger, readLedger } from '../report/ledger/ledger.ts';
import { findFinishedRun } from '../report/ledger/run-folder.ts';
import { shownPath, writeWhole } from '../report/ledger/storage.ts';
import { outputs } from '../report/render/outputs.ts';
import { targetOption } from '../report/render/repeat.ts';
import { repeatScript } from '../report/render/repeat-script.ts';
import { type Script, type TicketSubject, ticket } from '../report/render/ticket.ts';
import { readPlan } from '../run/plan.ts';
import { reportsFolder, root } from '../run/settings.ts';
import { didYouMean } from '../yaml/nearest.ts';
import { runCommand, UsageError } from './command.ts';
import { print } from './print.ts';

interface Options {
  readonly run?: string;
  readonly reports?: string;
  readonly documents?: string;
  readonly script?: string;
  readonly target?: string;
  readonly envFile?: string;
}

const program = new Command('npm run ticket --')
  .description('Writes down a cause or a case of a run for those who can mend it, as Markdown.')
  .argument(
    '<cause|case>',
    'the id of a cause, as the end of a run and conformance.json have it, or of a case',
  )
  .option('--run <folder>', 'the folder of the run (default: the last finished one of the folder of reports)')
  .option('--reports <folder>', 'the folder of reports')
  .option('--documents <dir>', 'the folder that holds openapi/ and specs/ (default: that of the run)')
  .option(
    '--script <file>',
    'writes a script for Node there that sends the same request anew, without this project',
  )
  .option('--target <name|file>', 'the profile that has the data of the request (default: that of the run)')
  .option(
    '--env-file <file>',
    'environment variables for the profile, overriding nothing that is set (default: .env, if it is there)',
  )
  .addHelpText(
    'after',
    '\nNothing is sent. What a report masks stands in neither: the script takes it from the environment.\nExit codes: 0 written, 2 usage or configuration.',
  );

await runCommand(program, process.argv, () => {
  const [id = '', ...more] = program.args;
  if (more.length > 0) throw new UsageError(`expected one id, got ${program.args.length}`);
  const options: Options = program.opts();
  const ledger = readRun(options);
  const contract = documentsOf(ledger, options);
  const subject = subjectOf(id, ledger, contract);
  print({ text: ticket(subject, ledger, contract, writeScript(subject, ledger, options)).trimEnd() });
  return 0;
});

function readRun({ run, reports }: Options): Ledger {
  const { folder } = findFinishedRun(path.resolve(run ?? reportsFolder(process.env, reports)));
  const file = path.join(folder, outputs.ledger);
  const read = readLedger(file);
  if (read.state === 'complete') return read;
  throw new UsageError(`${shownPath(file)}: expected the record of a finished run: ${read.why}`);
}

function documentsOf({ header }: Ledger, { documents }: Options): Contract {
  const contract = loadContract(
    namedFolders(path.resolve(root, documents ?? header.documents.folder ?? '.')),
  );
  if (contract.digest === header.documents.digest) return contract;
  throw new UsageError(
    'the run was made with other documents than those here; use the version that ran, or name them with --documents',
  );
}

/** The cause of this id with its example, or the case of this id with its causes. */
function subjectOf(id: string, { cases }: Ledger, contract: Contract): TicketSubject {
  const causes = causesOf(cases, contract);
  const cause = causes.find((one) => one.id === id);
  const record = cases.find((one) => one.id === (cause?.example.case ?? id));
  if (!record) {
    const ids = [...causes.map((one: Cause) => one.id), ...cases.map((one) => one.id)];
    throw new UsageError(
      `no cause and no case "${id}" in this run${didYouMean(id, ids)}; conformance.json lists its causes`,
    );
  }
  const all = cause ? [cause] : causes.filter((one) => one.cases.includes(id));
  if (all.length === 0 && record.outcome === 'conforms') {
    throw new UsageError(`${id} conforms in this run: there is nothing to write down`);
  }
  return { record, causes: all };
}

/** Writes the script where it is wanted, and says what the ticket has to say of it. */
function writeScript(
  { record, causes }: TicketSubject,
  { header }: Ledger,
  { script, target, documents, envFile }: Options,
): Script | undefined {
  if (script === undefined) return undefined;
  const folder = documents ?? header.documents.folder;
  const { cases, profile, contract } = readPlan(process.env, {
    target: target ?? targetOption(header.target) ?? 'embedded',
    seed: header.seed,
    ...(folder !== undefined && { documents: path.resolve(root, folder) }),
    ...(envFile !== undefined && { envFile }),
  });
  const one = cases.find(({ id }) => id === record.id);
  if (!one) throw new UsageError(`--target: this profile has no case ${record.id}`);
  const findings = causes
    .flatMap((cause) => cause.findings)
    .filter((found) => found.case === record.id)
    .map(({ finding }) => finding);
  const baseUrl = profile.kind === 'ready' ? profile.baseUrl : '';
  const made = repeatScript({ one, profile, contract, baseUrl, findings });
  if ('whyNot' in made) return made;
  writeWhole(path.resolve(script), made.text);
  return { file: script, variables: made.variables };
}
