import path from 'node:path';
import { Command } from 'commander';
import { namedFolders } from '../contract/load.ts';
import { readCaptures } from '../pages/capture.ts';
import { checkPages } from '../pages/check/check.ts';
import { loadDocuments } from '../pages/check/documents.ts';
import { checkText } from '../pages/check/text.ts';
import { root } from '../run/settings.ts';
import { runCommand } from './command.ts';
import { print } from './print.ts';

interface Options {
  readonly documents?: string;
  readonly json?: boolean;
}

const program = new Command('npm run pages:check --')
  .description('Holds documentation pages against openapi/ and specs/, both ways.')
  .argument('<dir|file...>', 'captured pages, as text; of a folder every .txt file')
  .option('--documents <dir>', 'the folder that holds openapi/ and specs/ (default: this project)')
  .option('--json', 'one JSON document on stdout')
  .addHelpText(
    'after',
    '\nA file that is no page does not stop the others. Of several captures of one API the one that is named counts, else the newest.' +
      '\nExit codes: 0 nothing is unexplained, 1 differences or documents with open places, 2 bad input: a file that is no page, or a cut one; documents out of order; usage.',
  );

await runCommand(program, process.argv, async () => {
  const options: Options = program.opts();
  const folder = options.documents ?? path.relative(process.cwd(), root);
  const documents = loadDocuments(namedFolders(options.documents ?? root));
  const { captures, whole, ...others } = await readCaptures(program.args);
  const check = checkPages(captures, documents, whole, others);
  print(options.json === true ? { json: check } : { text: checkText(check, folder) });
  if (check.unreadable.length > 0 || check.pages.some(({ cut }) => cut !== undefined)) return 2;
  return check.clean ? 0 : 1;
});
