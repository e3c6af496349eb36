import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../user-error.ts';
import { repair } from './encoding.ts';
import { HEADINGS } from './labels.ts';
import { PARAMETER_SECTIONS, type PageContent, type SectionName } from './page.ts';
import { type ParsedPage, parsePage } from './parse.ts';

/** A page that was copied as text into a file. */
export interface Capture extends ParsedPage {
  /** As messages name it. */
  readonly file: string;
  /** Lines of the text, the last one without a line end included. */
  readonly lines: readonly string[];
  /** SHA-256 of the file, hexadecimal. */
  readonly sha256: string;
  /** What every whole page has and this one lacks, in the order of the page; empty when it is whole. */
  readonly missing: readonly MissingPart[];
  /** What was done to the text before it was read; undefined: nothing. */
  readonly repaired: string | undefined;
}

/** A part that a cut page lacks, or has only the beginning of. */
export interface MissingPart {
  readonly part: SectionName | 'method' | 'end';
  /** For a person: `no row below "Response Code"`. */
  readonly text: string;
}

/**
 * Why a file is not a captured page: it can't be read at all; it is empty, larger than any page, binary, not UTF-8,
 * damaged by a program that mistook its encoding, HTML instead of text; it is some other page; or it is cut so that
 * nothing can be done with it.
 */
export type CaptureErrorReason =
  | 'unreadable'
  | 'empty'
  | 'too-large'
  | 'binary'
  | 'not-utf8'
  | 'damaged'
  | 'html'
  | 'other-page'
  | 'cut';

/** A file that is no captured page. `message` is one line: the file, what is wrong and what to do. */
export class CaptureError extends UserError {
  override readonly name = 'CaptureError';
  readonly file: string;
  readonly reason: CaptureErrorReason;
  /** What is wrong and what to do, without the file. */
  readonly detail: string;

  constructor(file: string, reason: CaptureErrorReason, detail: string, options?: ErrorOptions) {
    super(`${file}: ${detail}`, options);
    this.file = file;
    this.reason = reason;
    this.detail = detail;
  }
}

/** Bytes; the largest known page has 12 thousand. */
export const LARGEST_CAPTURE = 16 * 1024 * 1024;

const COPY = 'copy the whole page as text, from the title to the list of APIs at its end';

/** Captured pages of files and folders. */
export interface Captures {
  /** One for each API. */
  readonly captures: readonly Capture[];
  /** Captures of an API of which another one counts. */
  readonly superseded: readonly { readonly file: string; readonly by: string }[];
  readonly unreadable: readonly CaptureError[];
  /** A folder was named, its pages are all there are. */
  readonly whole: boolean;
}

/** Two named pages of one API: which of them counts can't be told. */
export class SamePageTwice extends UserError {
  constructor(files: readonly string[], address: string) {
    super(`${files.join(' and ')} are pages of the same API, ${address}; give the one that counts`);
  }
}

/**
 * Reads captured pages: files, and every `.txt` file of folders, by name. A file that is no page is told and does not
 * stop the others. Of several captures of one API the one that was named counts, else the newest.
 *
 * @throws {CaptureError} for a folder without a page, and when there is one file and it is no page
 * @throws {SamePageTwice}
 */
export async function readCaptures(paths: readonly string[]): Promise<Captures> {
  const files: { readonly file: string; readonly named: boolean }[] = [];
  let whole = false;
  for (const named of paths) {
    const found = await stat(named).catch(() => undefined);
    if (found?.isDirectory() !== true) {
      files.push({ file: named, named: true });
      continue;
    }
    whole = true;
    const names = (await readdir(named)).filter((name) => name.endsWith('.txt')).sort();
    if (names.length === 0) {
      throw new CaptureError(named, 'empty', 'no .txt file in this folder; expected one for each page');
    }
    files.push(...names.map((name) => ({ file: path.join(named, name), named: false })));
  }
  const unreadable: CaptureError[] = [];
  const superseded: { file: string; by: string }[] = [];
  const standing = new Map<string, Standing>();
  for (const { file, named } of files) {
    try {
      const capture = await readCapture(file);
      const address = capture.page.path?.value ?? '';
      const one = { capture, named, modified: (await stat(file)).mtimeMs };
      const other = standing.get(address);
      if (other?.named === true && named) throw new SamePageTwice([other.capture.file, file], address);
      const [kept, dropped] = other === undefined || counts(one, other) ? [one, other] : [other, one];
      standing.set(address, kept);
      if (dropped !== undefined) superseded.push({ file: dropped.capture.file, by: address });
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      if (files.length === 1) throw error;
      unreadable.push(error);
    }
  }
  return {
    captures: [...standing.values()].map(({ capture }) => capture),
    superseded: superseded.map(({ file, by }) => ({ file, by: standing.get(by)?.capture.file ?? '' })),
    unreadable,
    whole,
  };
}

interface Standing {
  readonly capture: Capture;
  readonly named: boolean;
  readonly modified: number;
}

/** Whether a capture counts before another one of the same API: named, newer, or, copied at one time, the whole one. */
function counts(one: Standing, other: Standing): boolean {
  if (one.named !== other.named) return one.named;
  if (one.modified !== other.modified) return one.modified > other.modified;
  return one.capture.missing.length <= other.capture.missing.length;
}

/**
 * Reads and parses one page.
 *
 * @param file path of a text file in UTF-8
 * @throws {CaptureError} when the file can't be read or is no page
 */
export async function readCapture(file: string): Promise<Capture> {
  return parseCapture(file, await bytesOf(file));
}

/**
 * Parses the bytes of a page. Lines that could not be read are no error but listed in `unread`, nor is a cut: what is
 * lacking is listed in `missing`.
 *
 * @param file name for messages only
 * @throws {CaptureError} when the bytes are not those of a page with a title and a path
 */
export function parseCapture(file: string, bytes: Uint8Array): Capture {
  const { text, repaired } = decode(file, bytes);
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
  if (page.name === undefined || page.path === undefined) {
    throw new CaptureError(file, 'cut', `the page is cut: its start is missing (title or path); ${COPY}`);
  }
  return {
    ...parsed,
    file,
    lines: text.split(/\r?\n/),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    missing: missingFrom(page),
    repaired,
  };
}

/** @throws {CaptureError} for a page of which a part is missing */
export function wholeCapture(capture: Capture): Capture {
  if (capture.missing.length > 0) {
    throw new CaptureError(capture.file, 'cut', `${cutText(capture)}; ${COPY}`);
  }
  return capture;
}

/** What a cut page lacks and where it ends, in one line. */
export function cutText({ missing, lines }: Pick<Capture, 'missing' | 'lines'>): string {
  const last = lines.findLastIndex((line) => line.trim() !== '') + 1;
  return `the page is cut: ${missing.map(({ text }) => text).join('; ')}; the text ends at line ${last}`;
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

function decode(file: string, bytes: Uint8Array): Pick<Capture, 'repaired'> & { readonly text: string } {
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
  const repaired = repair(text);
  if (repaired !== undefined && 'lostLines' in repaired) {
    const { takenFor, lostLines } = repaired;
    throw new CaptureError(
      file,
      'damaged',
      `UTF-8 that a program took for ${takenFor}, and bytes are lost: ${lostLines} of ${text.split('\n').length} lines can't be put right; ${COPY} and save it in UTF-8`,
    );
  }
  const start = text.trimStart();
  if (start === '') throw new CaptureError(file, 'empty', `no text in it; ${COPY}`);
  if (/^<[!?a-z]/i.test(start)) {
    throw new CaptureError(file, 'html', `HTML or XML, not the text of the page; ${COPY}`);
  }
  return repaired === undefined
    ? { text, repaired: undefined }
    : {
        text: repaired.text,
        repaired: `UTF-8 that a program took for ${repaired.takenFor}; put right, no byte was lost`,
      };
}

function sectionsOf(page: PageContent): number {
  const parameters = PARAMETER_SECTIONS.filter((name) => page[name] !== undefined).length;
  return parameters + (page.responseCode === undefined ? 0 : 1) + (page.testData === undefined ? 0 : 1);
}

/** Whether anything speaks for a page of this site: its address, its title, or several of its sections. */
function resembles(page: PageContent): boolean {
  const addressed = page.path !== undefined && (page.method !== undefined || sectionsOf(page) > 0);
  const titled = page.mode !== undefined && page.versions.listed.length > 0;
  return addressed || titled || sectionsOf(page) >= 2;
}

/** What every whole page has and this one lacks. */
function missingFrom(page: PageContent): MissingPart[] {
  const missing: MissingPart[] = [];
  const lacks = (part: MissingPart['part'], text: string) => missing.push({ part, text });
  if (page.method === undefined) lacks('method', 'no method such as POST');
  const folded = page.requestHeaders?.parameters.length === 0;
  if (folded) {
    lacks('requestHeaders', 'no header below "Request Headers"');
    // The two are folded in alike, and a request without headers is none of the platform.
    if (page.requestParameters?.parameters.length === 0) {
      lacks('requestParameters', 'no field below "Request Parameters", which may be cut as well');
    }
  }
  const { responseCode, testData } = page;
  if (responseCode === undefined) {
    const last = PARAMETER_SECTIONS.findLast((name) => page[name] !== undefined);
    if (last !== undefined) lacks(last, brokenOff(page, last));
    for (const name of PARAMETER_SECTIONS.slice(
      last === undefined ? 0 : PARAMETER_SECTIONS.indexOf(last) + 1,
    )) {
      lacks(name, `no "${HEADINGS[name][0]}" section`);
    }
    lacks('responseCode', 'no "Response Code" section');
  } else if (responseCode.rows.length === 0) lacks('responseCode', 'no row below "Response Code"');
  else if (testData === undefined && page.panel === undefined) {
    const row = responseCode.rows.at(-1);
    lacks(
      'responseCode',
      `the last row is that of ${row?.code?.value ?? row?.status.value}, and more may follow`,
    );
  }
  if (testData === undefined) lacks('testData', 'no "Test Data" section');
  else if (testData.titles.length === 0) lacks('testData', 'no scenario below "Test Data"');
  else if (page.panel === undefined) lacks('testData', 'the last scenario may not be the last of the page');
  if (page.panel === undefined) {
    lacks('end', 'nothing such as "Loading ..." or "Click Try It!" stands at its end');
  }
  return missing;
}

/** Names the parameter that a page breaks off behind. */
function brokenOff(page: PageContent, section: (typeof PARAMETER_SECTIONS)[number]): string {
  const last = page[section]?.parameters.at(-1);
  const heading = page[section]?.heading.value ?? '';
  return last === undefined
    ? `nothing below "${heading}"`
    : `the last parameter below "${heading}" is ${last.name.value}, and more may follow`;
}
