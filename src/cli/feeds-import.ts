import path from 'node:path';
import { Command } from 'commander';
import { feedOfFile } from '../feeds/check/check.ts';
import { plural } from '../feeds/check/text.ts';
import { readPage } from '../feeds/given.ts';
import { draftApi, freeFeed, idOfPath, NotDraftable } from '../feeds/import/draft.ts';
import { FolderTaken, readExisting, writeDraft } from '../feeds/import/write.ts';
import { root } from '../run/settings.ts';
import { runCommand, UsageError } from './command.ts';
import { print } from './print.ts';

interface Options {
  readonly id?: string;
  readonly feed?: string;
  readonly out?: string;
  readonly documents?: string;
}

const program = new Command('npm run feeds:import --')
  .description(
    'Drafts the documents of a new page: a copy of openapi/ and specs/ with the API merged in, to be finished by hand.',
  )
  .argument('<file>', 'the page as text')
  .option('--id <api>', 'the id of the API (default: from its path)')
  .option(
    '--feed <number>',
    'the number by which the documents cite the page (default: that of the file name, or a free one)',
  )
  .option('--out <dir>', 'the folder to be written (default: drafts/<api>)')
  .option('--documents <dir>', 'the folder that holds openapi/ and specs/ (default: this project)')
  .allowExcessArguments(false)
  .addHelpText(
    'after',
    '\nNothing that exists is changed.\nExit codes: 0 drafted, 2 bad input: nothing is written.',
  );

await runCommand(program, process.argv, async () => {
  const options: Options = program.opts();
  const [file] = program.args;
  if (file === undefined) throw new UsageError('expected the file of a page');
  const given = await readPage(file);
  const documents = path.resolve(options.documents ?? root);
  const existing = await readExisting(documents);
  const id = options.id ?? idOfPath(given.parsed.page.path?.value ?? '');
  if (!/^[a-z][a-z0-9-]*$/.test(id)) {
    throw new UsageError(
      `"${id}" is no id; expected small letters, digits and hyphens: choose one with --id`,
    );
  }
  if (options.feed !== undefined && !/^\d{3}$/.test(options.feed)) {
    throw new UsageError(`"${options.feed}" is no number of a page; expected three digits such as 005`);
  }
  const named = feedOfFile(file);
  const free = named !== undefined && !existing.contract.apis.some(({ feed }) => feed === named);
  const feed = options.feed ?? (free ? named : freeFeed(existing.contract));
  const out = options.out ?? path.relative(process.cwd(), path.join(root, 'drafts', id));
  try {
    const draft = draftApi(given, existing, { id, feed });
    const open = await writeDraft(draft, documents, out);
    print({ text: summary(file, draft, open, out) });
    return 0;
  } catch (error) {
    if (error instanceof NotDraftable || error instanceof FolderTaken) throw new UsageError(error.message);
    throw error;
  }
});

function summary(
  file: string,
  draft: ReturnType<typeof draftApi>,
  open: Awaited<ReturnType<typeof writeDraft>>,
  out: string,
): string {
  return [
    `Drafted ${draft.api} (page ${draft.feed}) in ${out}, a copy of the documents with the new API merged in:`,
    ...[...draft.files.keys()].map((name) => `  ${path.join(out, name)}`),
    '',
    `${plural(open.length, 'place')} to finish, ${draft.doubts} of them in the register of ambiguities:`,
    ...open.map(({ place, text }) => `  ${place}  ${text}`),
    '',
    'Next:',
    `  1. Finish each TODO(curate) in ${out}.`,
    `  2. npm run feeds:check -- --documents ${out} ${file}`,
    `  3. cp -R ${out}/openapi ${out}/specs . && rm -r ${out}    (then look at git diff: additions only)`,
    '  4. npm run lint && npm run feeds:check -- <the folder of all pages>',
    "  5. Give the scenarios test data in a target's profile, and run: npm run conformance",
  ].join('\n');
}
