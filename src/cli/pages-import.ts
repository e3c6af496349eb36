import path from 'node:path';
import { Command } from 'commander';
import { caseless } from '../cases/any-target.ts';
import { type Capture, readCapture } from '../pages/capture.ts';
import { numberOfFile } from '../pages/check/check.ts';
import { plural } from '../pages/check/text.ts';
import { type Draft, draftApi, freeNumber, idOfPath } from '../pages/import/draft.ts';
import { draftNotes } from '../pages/import/notes.ts';
import { readExisting, writeDraft } from '../pages/import/write.ts';
import { type OpenPlace, TODO } from '../pages/open-places.ts';
import { root } from '../run/settings.ts';
import { runCommand, UsageError } from './command.ts';
import { print } from './print.ts';

interface Options {
  readonly id?: string;
  readonly page?: string;
  readonly out?: string;
  readonly documents?: string;
}

const program = new Command('npm run pages:import --')
  .description(
    'Drafts the documents of a new page: a copy of openapi/ and specs/ with the API merged in, to be finished by hand.',
  )
  .argument('<file>', 'the page as text')
  .option('--id <api>', 'the id of the API (default: from its path)')
  .option(
    '--page <number>',
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
  const capture = await readCapture(file);
  const documents = path.resolve(options.documents ?? root);
  const existing = await readExisting(documents);
  const id = options.id ?? idOfPath(capture.page.path?.value ?? '');
  if (!/^[a-z][a-z0-9-]*$/.test(id)) {
    throw new UsageError(
      `"${id}" is no id; expected small letters, digits and hyphens: choose one with --id`,
    );
  }
  if (options.page !== undefined && !/^\d{3}$/.test(options.page)) {
    throw new UsageError(`"${options.page}" is no number of a page; expected three digits such as 005`);
  }
  const named = numberOfFile(file);
  const free = named !== undefined && !existing.contract.pages.has(named);
  const number = options.page ?? (free ? named : freeNumber(existing.contract));
  const out = options.out ?? path.relative(process.cwd(), path.join(root, 'drafts', id));
  const draft = draftApi(capture, existing, { id, number });
  const open = await writeDraft(draft, documents, out, caseless);
  print({ text: summary(capture, draft, open, out) });
  return 0;
});

function summary(capture: Capture, draft: Draft, open: readonly OpenPlace[], out: string): string {
  const questions = draft.questions.filter(({ why }) => why === undefined);
  const reasons = open.filter(({ place }) => place.startsWith('specs/untested.yaml'));
  return [
    `Drafted ${draft.api} (page ${draft.number}) in ${out}, a copy of the documents with the new API merged in:`,
    ...[...draft.files.keys()].map((name) => `  ${path.join(out, name)}`),
    '',
    `${plural(open.length, 'open place')}, ${questions.length} of them open questions in the register of ambiguities, ${reasons.length} reasons in specs/untested.yaml:`,
    ...open.map(({ place, text }) => `  ${path.join(out, place)}  ${text}`),
    '',
    'Worth knowing:',
    ...draftNotes(capture, draft).map((note) => `  - ${note}`),
    '',
    'Next:',
    `  1. Write at each of the open places what it asks for, and take the mark ${TODO} out. Check and lint refuse the rest:`,
    `       npm run pages:open -- --documents ${out}`,
    ...(reasons.length === 0
      ? []
      : [
          '     In specs/untested.yaml a reason says why no case can test the clause; take the entry out once one does.',
        ]),
    `  2. npx redocly lint ${path.join(out, 'openapi/konaplate.yaml')} && npm run pages:check -- --documents ${out} ${capture.file}`,
    `  3. npm run clauses -- --documents ${out} --api ${draft.api} --untested    (a clause with neither case nor reason: write the reason into specs/untested.yaml)`,
    `     npm run conformance -- --documents ${out}    (against the embedded target)`,
    `  4. cp -R ${out}/openapi ${out}/specs . && rm -r ${out}    (then look at git diff: additions only)`,
    '  5. npm run lint && npm run pages:check -- <the folder of all pages>',
    "  6. Give the scenarios test data in a target's profile, and run: npm run conformance",
  ].join('\n');
}
