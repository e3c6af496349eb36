import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { root } from '../run/settings.ts';
import { runCommand, UsageError } from './command.ts';

const program = new Command('npm run notice --')
  .description('Writes NOTICE: the packages that are needed at run time, with their licences.')
  .option('--check', 'writes nothing; exits with 1 when NOTICE does not fit what is installed')
  .addHelpText('after', '\nExit codes: 0 written or up to date, 1 out of date (--check), 2 usage.')
  .allowExcessArguments(false);

/** Licences that allow what the project does with a package. Another one is for a person to look at. */
const allowed = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'Python-2.0',
  '(MPL-2.0 OR Apache-2.0)',
]);

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Whose it is, by its licence's text; empty where that names nobody, and of a package that is not on every machine. */
  readonly holder: string;
  /** The package's own NOTICE, which the Apache License asks to pass on. */
  readonly notice: string;
}

await runCommand(program, process.argv, () => {
  const { check }: { check?: true } = program.opts();
  const file = path.join(root, 'NOTICE');
  const text = noticeText(packages());
  if (!check) {
    writeFileSync(file, text);
    return 0;
  }
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return 0;
  process.stderr.write('NOTICE: does not fit the packages of package-lock.json; run "npm run notice"\n');
  return 1;
});

/** Every package of the lock file that a run needs, the platforms' own ones included. */
function packages(): readonly Package[] {
  const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
    readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
  );
  const found = new Map<string, Package>();
  for (const [folder, { version = '', license = '', dev, optional }] of Object.entries(lock.packages)) {
    if (folder === '' || dev) continue;
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!allowed.has(license)) {
      throw new UsageError(
        `${name} ${version}: licence "${license}" is none of those that src/cli/notice.ts allows; look at it, then add it or use another package`,
      );
    }
    const own = (form: RegExp) => (optional ? '' : textIn(path.join(root, folder), form));
    found.set(`${name} ${version}`, {
      name,
      version,
      licence: license,
      holder: holderIn(own(/^licen[cs]e/i)),
      notice: own(/^notice/i),
    });
  }
  return [...found.values()].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

function textIn(folder: string, form: RegExp): string {
  if (!existsSync(folder)) throw new UsageError(`${folder} is not there; run "npm ci" first`);
  const [name] = readdirSync(folder)
    .filter((one) => form.test(one) && !/\.[jt]s$/.test(one))
    .sort();
  return name === undefined ? '' : readFileSync(path.join(folder, name), 'utf8').trim();
}

/** `Copyright (c) 2016 A Person`, as the licence has it; not what a licence says of copyright in general. */
function holderIn(licence: string): string {
  const line = licence.split('\n').find((one) => /^\W*copyright\b.*(?:\d{4}|\(c\)|©)/i.test(one));
  return (line ?? '').replace(/^\W+/, '').replaceAll(/\s+/g, ' ').trim();
}

function noticeText(list: readonly Package[]): string {
  const licences = [...new Set(list.map(({ licence }) => licence))].sort(compare);
  return [
    'konaplate-conformance',
    'Licensed under the Apache License 2.0; see LICENSE.',
    '',
    `It is used together with ${list.length} packages, which npm installs, each with the text of its licence in its folder`,
    'below node_modules/. Parts of @allurereport/plugin-awesome, with what it needs in a browser, become part of the',
    'page of a run. Written by "npm run notice" from package-lock.json.',
    ...licences.flatMap((one) => {
      const own = list.filter(({ licence }) => licence === one);
      return ['', `${one} (${own.length})`, '', ...own.map(packageLine)];
    }),
    ...list
      .filter(({ notice }) => notice !== '')
      .flatMap(({ name, notice }) => [
        '',
        `NOTICE of ${name}`,
        '',
        ...notice.split(/\r?\n/).map((line) => `  ${line}`.trimEnd()),
      ]),
    '',
  ].join('\n');
}

function packageLine({ name, version, holder }: Package): string {
  return `  ${name} ${version}${holder === '' ? '' : `: ${holder}`}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
