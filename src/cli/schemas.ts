import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { documents } from '../contract/written/documents.ts';
import { published } from '../json/define.ts';
import { root } from '../run/settings.ts';
import { runCommand } from './command.ts';

const program = new Command('npm run schemas --')
  .description('Writes the published JSON Schemas from the definitions in the code.')
  .option('--check', 'writes nothing; exits with 1 when one does not fit its definition')
  .addHelpText('after', '\nExit codes: 0 written or up to date, 1 out of date (--check), 2 usage.')
  .allowExcessArguments(false);

/** The text of each published schema, by its file. */
const schemas = new Map(
  Object.entries(documents).map(([name, definition]) => [
    `specs/schemas/${name}.schema.json`,
    published(definition, { $id: `${name}.schema.json` }),
  ]),
);

await runCommand(program, process.argv, () => {
  const { check }: { check?: true } = program.opts();
  const stale = [...schemas].filter(([name, text]) => {
    const file = path.join(root, name);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  for (const [name, text] of stale) {
    if (check) process.stderr.write(`${name}: does not fit its definition; run "npm run schemas"\n`);
    else writeFileSync(path.join(root, name), text);
  }
  return check && stale.length > 0 ? 1 : 0;
});
