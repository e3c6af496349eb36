import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../../src/run/settings.ts';

/** The APIs that are nobody's, by the number of their pages. */
export const invented = { '901': 'parcel-book', '902': 'parcel-lost', '903': 'depots-open' } as const;

const here = (file: string) => readFileSync(path.join(import.meta.dirname, file), 'utf8');

/**
 * A copy of the project's documents with the invented APIs added, as anybody adds one: by YAML alone.
 *
 * @returns the folder that holds `openapi/` and `specs/`; it goes with this process
 */
export function documentsWithInvented(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-invented-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['openapi', 'specs'])
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  const edit = (file: string, change: (text: string) => string) => {
    const whole = path.join(folder, file);
    writeFileSync(whole, change(readFileSync(whole, 'utf8')));
  };
  const paths = here('paths.yaml');
  edit('openapi/konaplate.yaml', (text) =>
    text.replace(/\ncomponents:\n/, () => `\n${paths}\ncomponents:\n`),
  );
  const pages = Object.entries(invented).map(([number, api]) => {
    const spec = here(`${api}.yaml`);
    writeFileSync(path.join(folder, `specs/apis/${api}.yaml`), spec);
    const lines = [...`${paths}${spec}`.matchAll(new RegExp(`"${number}": (\\{[^}]*\\}|\\d+)`, 'g'))].flatMap(
      ([, cited = '']) => [...cited.matchAll(/\d+/g)].map(([line]) => line),
    );
    return [
      `  "${number}":`,
      `    name: ${api}`,
      `    address: https://pages.invalid/${number}`,
      `    sha256: "${'0'.repeat(64)}"`,
      '    lines:',
      ...[...new Set(lines)].map((line) => `      ${line}: "words of line ${line}"`),
    ].join('\n');
  });
  edit('specs/pages.yaml', (text) => `${text.trimEnd()}\n${pages.join('\n')}\n`);
  const names = Object.values(invented).map((api) => `      - name: ${api}`);
  edit('specs/catalogue.yaml', (text) =>
    text.replace(
      /\nlists:\n/,
      () => `\n  - id: invented\n    title: Invented\n    apis:\n${names.join('\n')}\nlists:\n`,
    ),
  );
  return folder;
}
