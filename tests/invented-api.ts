import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { finishDraft } from '../bench/pages/finish.ts';
import { runHere } from './cli/run-here.ts';
import { root } from './project.ts';

/** An API that the platform does not have. */
export const inventedApi = 'vouchers-search';

/**
 * Drafts the documents of the project with an invented API, from a page as text, and finishes the draft as a person
 * would: nothing but YAML.
 *
 * @param out the folder that gets openapi/ and specs/; it must not be there
 */
export async function draftInventedApi(out: string): Promise<void> {
  const page = readFileSync(path.join(root, 'tests/pages/captures/card-search.txt'), 'utf8')
    .replace('Search for CardSync', 'Search for VouchersSync')
    .replace('/api/v1/cards/search', '/api/v1/vouchers/search');
  const file = `${out}.txt`;
  writeFileSync(file, page);
  const { code, errors } = await runHere('pages-import', '--out', out, file);
  if (code !== 0) throw new Error(errors);
  await finishDraft(out);
}
