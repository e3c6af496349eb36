import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { GivenPage } from './check/check.ts';
import { FeedError, openFeed } from './open.ts';

/** What was found at the paths of a command line. */
export interface Given {
  readonly pages: readonly GivenPage[];
  /** A folder was given: its pages are all there are. */
  readonly whole: boolean;
}

/**
 * Reads pages: files, and every `.txt` file of folders, by name.
 *
 * @throws {FeedError} for whatever is not a whole page, also for a folder without one
 */
export async function readGiven(paths: readonly string[]): Promise<Given> {
  const pages: GivenPage[] = [];
  let whole = false;
  for (const given of paths) {
    const found = await stat(given).catch(() => undefined);
    if (found?.isDirectory() !== true) {
      pages.push(await readPage(given));
      continue;
    }
    whole = true;
    const files = (await readdir(given)).filter((name) => name.endsWith('.txt')).sort();
    if (files.length === 0) {
      throw new FeedError(given, 'empty', 'no .txt file in this folder; expected one for each page');
    }
    for (const name of files) pages.push(await readPage(path.join(given, name)));
  }
  return { pages, whole };
}

/** Reads one page with its lines. @throws {FeedError} */
export async function readPage(file: string): Promise<GivenPage> {
  const bytes = await readFile(file).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new FeedError(file, 'unreadable', `can't be read (${code}); expected a text file`, {
      cause: error,
    });
  });
  return { file, parsed: openFeed(file, bytes), lines: new TextDecoder().decode(bytes).split(/\r?\n/) };
}
