import { Command } from 'commander';
import { loadContract, namedFolders } from '../contract/load.ts';
import { openPlaces, openText } from '../pages/open-places.ts';
import { root } from '../run/settings.ts';
import { runCommand } from './command.ts';
import { print } from './print.ts';

interface Options {
  readonly documents?: string;
  readonly json?: boolean;
}

const program = new Command('npm run pages:open --')
  .description('Lists what of the documents a draft has left open.')
  .option('--documents <dir>', 'the folder that holds openapi/ and specs/ (default: this project)')
  .option('--json', 'one JSON document on stdout')
  .allowExcessArguments(false)
  .addHelpText(
    'after',
    '\nExit codes: 0 nothing is open, 1 something is, 2 documents out of order or usage.',
  );

await runCommand(program, process.argv, () => {
  const options: Options = program.opts();
  const folders = namedFolders(options.documents ?? root);
  loadContract(folders);
  const open = openPlaces(folders);
  if (options.json === true) print({ json: open });
  else print({ text: openText(open, options.documents ?? '.') ?? 'Nothing is left open.' });
  return open.length === 0 ? 0 : 1;
});
