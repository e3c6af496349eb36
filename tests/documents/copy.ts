import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** A folder with a copy of this project's documents, which goes when the test ends. */
export function copyOfDocuments(context: { after(clean: () => void): void }): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-documents-'));
  context.after(() => rmSync(folder, { recursive: true }));
  for (const name of ['openapi', 'specs']) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  return folder;
}

/** Changes one file of a copy; what is to be changed must be there. */
export function change(folder: string, file: string, from: string, to: string): void {
  const text = readFileSync(path.join(folder, file), 'utf8');
  assert.ok(text.includes(from), `${file} has ${from}`);
  writeFileSync(
    path.join(folder, file),
    text.replace(from, () => to),
  );
}

/** The folders beside this file: `paths.yaml`, a spec for each API, `workflows/` if there are any. */
type Invented = 'parcels' | 'orders' | 'order' | 'parcel-search';

/**
 * A copy of the documents with invented APIs, added as anybody adds one, by YAML alone. Their pages and the entries of the
 * catalogue follow from what cites them.
 */
export function documentsWith(name: Invented, context: Parameters<typeof copyOfDocuments>[0]): string {
  const copy = copyOfDocuments(context);
  const from = path.join(import.meta.dirname, name);
  const paths = readFileSync(path.join(from, 'paths.yaml'), 'utf8');
  change(copy, 'openapi/konaplate.yaml', '\ncomponents:\n', `\n${paths}\ncomponents:\n`);
  const ids = readdirSync(from).filter((file) => file.endsWith('.yaml') && file !== 'paths.yaml');
  for (const file of ids) cpSync(path.join(from, file), path.join(copy, 'specs/apis', file));
  const workflows = path.join(from, 'workflows');
  if (existsSync(workflows)) cpSync(workflows, path.join(copy, 'specs/workflows'), { recursive: true });

  const cited = `${paths}${ids.map((file) => readFileSync(path.join(from, file), 'utf8')).join('')}`;
  const apis = [...paths.matchAll(/operationId: (\S+)[\s\S]*?x-page: \{ number: "(\d+)"/g)];
  const pages = apis.map(([, id = '', number = '']) => {
    const sources = [...cited.matchAll(new RegExp(`"${number}": (\\{[^}]*\\}|\\d+)`, 'g'))];
    const lines = new Set(sources.flatMap(([, text = '']) => text.match(/\d+/g) ?? []));
    return [
      `  "${number}":`,
      `    name: ${id}`,
      `    address: https://pages.invalid/${number}`,
      `    sha256: "${'0'.repeat(64)}"`,
      '    lines:',
      ...[...lines].map((line) => `      ${line}: words of line ${line}`),
    ].join('\n');
  });
  change(copy, 'specs/pages.yaml', 'pages:\n', `pages:\n${pages.join('\n')}\n`);
  const entries = apis.map(([, id = '']) => `      - name: ${id}\n`).join('');
  change(copy, 'specs/catalogue.yaml', '    apis:\n', `    apis:\n${entries}`);
  return copy;
}
