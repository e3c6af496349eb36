import { Command } from 'commander';
import { loadContract, namedFolders } from '../contract/load.ts';
import { readCapture, wholeCapture } from '../pages/capture.ts';
import { diffPages } from '../pages/diff/diff.ts';
import { breaks, diffText } from '../pages/diff/text.ts';
import { root } from '../run/settings.ts';
import { runCommand, UsageError } from './command.ts';
import { print } from './print.ts';

interface Options {
  readonly documents?: string;
  readonly json?: boolean;
}

const program = new Command('npm run pages:diff --')
  .description('Says what changed between two captures of a page, and what that breaks.')
  .argument('<old>', 'the earlier text of the page')
  .argument('<new>', 'the later text of the page')
  .option('--documents <dir>', 'the folder that holds openapi/ and specs/ (default: this project)')
  .option('--json', 'one JSON document on stdout')
  .allowExcessArguments(false)
  .addHelpText(
    'after',
    '\nExit codes: 0 nothing that breaks a client or the suite, 1 something does, 2 bad input.',
  );

await runCommand(program, process.argv, async () => {
  const options: Options = program.opts();
  const [old, now] = program.args;
  if (old === undefined || now === undefined)
    throw new UsageError('expected two files, the old page and the new one');
  const [before, after] = [wholeCapture(await readCapture(old)), wholeCapture(await readCapture(now))];
  const contract = loadContract(namedFolders(options.documents ?? root));
  const diff = diffPages(before, after, contract);
  print(options.json === true ? { json: diff } : { text: diffText(diff, { old, new: now }) });
  return diff.changes.some(breaks) ? 1 : 0;
});
