import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../user-error.ts';
import { PARAMETER_SECTIONS, type PageContent } from './page.ts';
import { type ParsedPage, parsePage } from './parse.ts';

/** A page that was copied as text into a file. */
export interface Capture extends ParsedPage {
  /** As messages name it. */
  readonly file: string;
  /** Lines of the text, the last one without a line end included. */
  readonly lines: readonly string[];
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
}

/**
 * Why a file is not a captured page: it can't be read at all; it is empty, larger than any page, binary, not UTF-8,
 * HTML instead of text; it is some other page; or it is a page that breaks off.
 */
export type CaptureErrorReason =
  | 'unreadable'
  | 'empty'
  | 'too-large'
  | 'binary'
  | 'not-utf8'
  | 'html'
  | 'other-page'
  | 'cut';

/** A file that is not a whole captured page. `message` is one line: the file, what is wrong and what to do. */
export class CaptureError extends UserError {
  override readonly name = 'CaptureError';
  readonly file: string;
  readonly reason: CaptureErrorReason;

  constructor(file: string, reason: CaptureErrorReason, detail: string, options?: ErrorOptions) {
    super(`${file}: ${detail}`, options);
    this.file = file;
    this.reason = reason;
  }
}

/** Bytes; the largest known page has 12 thousand. */
export const LARGEST_CAPTURE = 16 * 1024 * 1024;

const COPY = 'copy the whole page as text, from the title to the list of APIs at its end';

/**
 * Reads captured pages: files, and every `.txt` file of folders, by name.
 *
 * @returns `whole`: a folder was named, its pages are all there are
 * @throws {CaptureError} for whatever is not a whole page, also for a folder without one
 */
export async function readCaptures(
  paths: readonly string[],
): Promise<{ readonly captures: readonly Capture[]; readonly whole: boolean }> {
  const captures: Capture[] = [];
  let whole = false;
  for (const named of paths) {
    const found = await stat(named).catch(() => undefined);
    if (found?.isDirectory() !== true) {
      captures.push(await readCapture(named));
      continue;
    }
    whole = true;
    const files = (await readdir(named)).filter((name) => name.endsWith('.txt')).sort();
    if (files.length === 0) {
      throw new CaptureError(named, 'empty', 'no .txt file in this folder; expected one for each page');
    }
    for (const name of files) captures.push(await readCapture(path.join(named, name)));
  }
  return { captures, whole };
}

/**
 * Reads and parses one page.
 *
 * @param file path of a text file in UTF-8
 * @throws {CaptureError} when the file can't be read or is not a whole page
 */
export async function readCapture(file: string): Promise<Capture> {
  return parseCapture(file, await bytesOf(file));
}

/**
 * Parses the bytes of a page. Lines that could not be read are no error but listed in `unread`.
 *
 * @param file name for messages only
 * @throws {CaptureError} when the bytes are not those of a whole page
 */
export function parseCapture(file: string, bytes: Uint8Array): Capture {
  const text = decode(file, bytes);
  const parsed = parsePage(text);
  const { page } = parsed;
  if (!resembles(page)) {
    throw new CaptureError(
      file,
      'other-page',
      'not a documentation page of this API: no path, or none of its sections such as "Request Parameters" and ' +
        `"Response Code"; ${COPY}`,
    );
  }
  const missing = missingFrom(page);
  if (missing !== undefined) {
    throw new CaptureError(
      file,
      'cut',
      `the page is cut: ${missing}; the text ends at line ${lastLine(text)}; ${COPY}`,
    );
  }
  return {
    ...parsed,
    file,
    lines: text.split(/\r?\n/),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    await using handle = await open(file, 'r');
    const stat = await handle.stat();
    if (!stat.isFile()) throw new CaptureError(file, 'unreadable', 'not a file; expected a text file');
    if (stat.size > LARGEST_CAPTURE) throw tooLarge(file, stat.size);
    return await handle.readFile();
  } catch (error) {
    if (error instanceof CaptureError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new CaptureError(file, 'unreadable', `can't be read (${code}); expected a text file`, {
      cause: error,
    });
  }
}

function tooLarge(file: string, size: number): CaptureError {
  return new CaptureError(
    file,
    'too-large',
    `${size} bytes, more than the ${LARGEST_CAPTURE} that a page may have; expected the text of one page`,
  );
}

function decode(file: string, bytes: Uint8Array): string {
  if (bytes.length > LARGEST_CAPTURE) throw tooLarge(file, bytes.length);
  if (bytes.includes(0)) {
    throw new CaptureError(
      file,
      'binary',
      `binary or UTF-16: a NUL byte at offset ${bytes.indexOf(0)}; expected text in UTF-8`,
    );
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new CaptureError(file, 'not-utf8', 'not valid UTF-8; save the text in UTF-8', { cause: error });
  }
  const start = text.trimStart();
  if (start === '') throw new CaptureError(file, 'empty', `no text in it; ${COPY}`);
  if (/^<[!?a-z]/i.test(start)) {
    throw new CaptureError(file, 'html', `HTML or XML, not the text of the page; ${COPY}`);
  }
  return text;
}

function sectionsOf(page: PageContent): number {
  const parameters = PARAMETER_SECTIONS.filter((name) => page[name] !== undefined).length;
  return parameters + (page.responseCode === undefined ? 0 : 1) + (page.testData === undefined ? 0 : 1);
}

/** Whether anything speaks for a page of this site: its address, its title, or several of its sections. */
function resembles(page: PageContent): boolean {
  const addressed = page.method !== undefined && page.path !== undefined;
  const titled = page.mode !== undefined && page.versions.listed.length > 0;
  return addressed || titled || sectionsOf(page) >= 2;
}

/** The first thing that every whole page has and this one lacks; undefined when it is whole. */
function missingFrom(page: PageContent): string | undefined {
  if (page.name === undefined || page.path === undefined || page.method === undefined) {
    return 'its start is missing (title, method or path)';
  }
  if (page.responseCode === undefined) return `no "Response Code" section${brokenOff(page)}`;
  if (page.responseCode.rows.length === 0) return 'no row below "Response Code"';
  if (page.testData === undefined) return `no "Test Data" section${brokenOff(page)}`;
  if (page.testData.titles.length === 0) return 'no scenario below "Test Data"';
  if (page.panel === undefined) {
    return 'nothing stands below the list of scenarios, such as "Loading ..." or "Click Try It!", so that its end is not known';
  }
  return undefined;
}

/** Names the item that the page may break off in. */
function brokenOff(page: PageContent): string {
  const row = page.responseCode?.rows.at(-1);
  if (row !== undefined) return `, the last row is that of ${row.code?.value ?? row.status.value}`;
  const section = PARAMETER_SECTIONS.findLast((name) => page[name] !== undefined);
  const parameter = section === undefined ? undefined : page[section]?.parameters.at(-1);
  return parameter === undefined ? '' : `, the last parameter is ${parameter.name.value}`;
}

function lastLine(text: string): number {
  return text.trimEnd().split('\n').length;
}
