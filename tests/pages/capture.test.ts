import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  CaptureError,
  type CaptureErrorReason,
  LARGEST_CAPTURE,
  parseCapture,
  readCapture,
} from '../../src/pages/capture.ts';

const FILE = fileURLToPath(new URL('captures/parcel-search.txt', import.meta.url));
const text = await readFile(FILE, 'utf8');
const lines = text.split('\n');

function bytes(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

function upTo(line: string): string {
  return lines.slice(0, lines.indexOf(line)).join('\n');
}

function refuses(content: Uint8Array, reason: CaptureErrorReason, says: RegExp): void {
  assert.throws(
    () => parseCapture('page.txt', content),
    (error) => {
      assert.ok(error instanceof CaptureError);
      assert.equal(error.reason, reason);
      assert.equal(error.file, 'page.txt');
      assert.match(error.message, /^page\.txt: [^\n]+$/);
      assert.match(error.message, says);
      return true;
    },
  );
}

test('a whole page is read, also with a byte-order mark', () => {
  assert.deepEqual(parseCapture('page.txt', bytes(text)).unread, []);
  assert.equal(parseCapture('page.txt', bytes(`\uFEFF${text}`)).page.name?.value, 'Search for Parcels');
});

test('empty: no byte, or white space only', () => {
  refuses(bytes(''), 'empty', /no text/);
  refuses(bytes(' \r\n\u00a0\n'), 'empty', /no text/);
});

test('binary, and text in another encoding', () => {
  refuses(bytes(`${text}\0`), 'binary', /offset \d+/);
  const broken = bytes(text);
  broken[10] = 0xff;
  refuses(broken, 'not-utf8', /UTF-8/);
});

test('HTML', () => {
  refuses(bytes('\n<!DOCTYPE html><html></html>'), 'html', /HTML/);
  refuses(bytes('<div>Request Headers</div>'), 'html', /HTML/);
});

test('a page of another site', () => {
  refuses(bytes('Weather\n\nTest Data\n\nIt rains.'), 'other-page', /not a documentation page/);
});

test('larger than any page', () => {
  refuses(new Uint8Array(LARGEST_CAPTURE + 1).fill(97), 'too-large', /bytes/);
});

describe('a cut page names what is missing and the line where it ends', () => {
  const cuts: readonly (readonly [string, string, RegExp])[] = [
    [
      'inside a parameter',
      upTo('Min : 1 , Max : 7'),
      /no "Response Code" section, .*number; the text ends at line 111/,
    ],
    ['before the rows', upTo('200'), /no row below "Response Code"/],
    ['inside the rows', upTo('No such depot.'), /no "Test Data" section, the last row is that of 012_001/],
    ['before the scenarios', upTo('200 - Found'), /no scenario below "Test Data"/],
    ['behind the first scenario', upTo('400 – No such depot'), /nothing stands below the list of scenarios/],
    ['at the top', lines.slice(17).join('\n'), /its start is missing/],
    ['behind the versions', upTo('POST'), /its start is missing/],
  ];
  for (const [name, content, says] of cuts) {
    test(name, () => refuses(bytes(content), 'cut', says));
  }

  test('but for the catalogue, whose end is not known', () => {
    assert.deepEqual(parseCapture('page.txt', bytes(text.slice(0, -20))).unread, []);
  });
});

describe('files', () => {
  test('a page is read from a file', async () => {
    assert.deepEqual(await readCapture(FILE), parseCapture(FILE, bytes(text)));
  });

  test('a missing file and a folder are unreadable; an empty file is empty', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'pages-'));
    t.after(() => rm(folder, { recursive: true }));
    const empty = join(folder, 'empty.txt');
    await writeFile(empty, '');
    await assert.rejects(readCapture(join(folder, 'none.txt')), { reason: 'unreadable', message: /ENOENT/ });
    await assert.rejects(readCapture(folder), { reason: 'unreadable' });
    await assert.rejects(readCapture(empty), { reason: 'empty', file: empty });
  });
});
