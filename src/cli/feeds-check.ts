import path from 'node:path';
import { Command } from 'commander';
import { contractFolders } from '../contract/load.ts';
import { checkPages, SamePageTwice } from '../feeds/check/check.ts';
import { loadDocuments } from '../feeds/check/documents.ts';
import { checkText } from '../feeds/check/text.ts';
import { readGiven } from '../feeds/given.ts';
import { root } from '../run/settings.ts';
import { runCommand, UsageError } from './command.ts';
import { print } from './print.ts';

interface Options {
  readonly documents?: string;
  readonly json?: boolean;
}

const program = new Command('npm run feeds:check --')
  .description('Holds documentation pages against openapi/ and specs/, both ways.')
  .argument('<dir|file...>', 'pages as text; of a folder every .txt file')
  .option('--documents <dir>', 'the folder that holds openapi/ and specs/ (default: this project)')
  .option('--json', 'one JSON document on stdout')
  .addHelpText(
    'after',
    '\nExit codes: 0 nothing is unexplained, 1 differences, 2 bad input: not a page, documents out of order, usage.',
  );

await runCommand(program, process.argv, async () => {
  const options: Options = program.opts();
  const { pages, whole } = await readGiven(program.args);
  const documents = loadDocuments(contractFolders(path.resolve(options.documents ?? root)));
  try {
    const check = checkPages(pages, documents, whole);
    print(options.json === true ? { json: check } : { text: checkText(check) });
    return check.clean ? 0 : 1;
  } catch (error) {
    if (error instanceof SamePageTwice) throw new UsageError(error.message);
    throw error;
  }
});
