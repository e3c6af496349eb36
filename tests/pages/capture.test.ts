import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  CaptureError,
  type CaptureErrorReason,
  cutText,
  LARGEST_CAPTURE,
  parseCapture,
  readCapture,
  readCaptures,
  SamePageTwice,
  wholeCapture,
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

describe('a cut page is read; what is missing is named, and the line where it ends', () => {
  const cuts: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'inside a parameter',
      upTo('Min : 1 , Max : 7'),
      'responseParameters responseCode testData end',
      /"Response Parameters" is number, and more may follow; .*no "Response Code" section; .*the text ends at line 111/,
    ],
    ['before the rows', upTo('200'), 'responseCode testData end', /no row below "Response Code"/],
    [
      'inside the rows',
      upTo('No such depot.'),
      'responseCode testData end',
      /the last row is that of 012_001/,
    ],
    ['before the scenarios', upTo('200 - Found'), 'testData end', /no scenario below "Test Data"/],
    ['behind the first scenario', upTo('400 – No such depot'), 'testData end', /may not be the last/],
    ['without its method', text.replace('\nPOST\n', '\n'), 'method', /no method such as POST/],
  ];
  for (const [name, content, parts, says] of cuts) {
    test(name, () => {
      const capture = parseCapture('page.txt', bytes(content));
      assert.equal(capture.missing.map(({ part }) => part).join(' '), parts);
      assert.match(cutText(capture), says);
      assert.throws(() => wholeCapture(capture), { reason: 'cut', message: says });
    });
  }

  test('but for the catalogue, whose end is not known', () => {
    const capture = parseCapture('page.txt', bytes(text.slice(0, -20)));
    assert.deepEqual([capture.unread, capture.missing], [[], []]);
  });

  test('without title or path nothing can be done with it', () => {
    refuses(bytes(lines.slice(17).join('\n')), 'cut', /its start is missing/);
    refuses(bytes(upTo('POST')), 'cut', /its start is missing/);
  });
});

describe('UTF-8 that a program took for another encoding', () => {
  const korean = text.replace('Search for Parcels', '소포 검색 “x”');
  /** As a program shows it that reads each byte as a letter, and drops those that mean nothing to it. */
  const taken = (encoding: string, drop: boolean) =>
    [...bytes(korean)]
      .map((byte) => new TextDecoder(encoding).decode(Uint8Array.of(byte)))
      .filter((letter) => !drop || !/[\x80-\x9f]/.test(letter))
      .join('');

  for (const encoding of ['windows-874', 'windows-1252']) {
    test(`${encoding}: put right when every byte is there, told when not`, () => {
      const capture = parseCapture('page.txt', bytes(taken(encoding, false)));
      assert.equal(capture.page.name?.value, '소포 검색 “x”');
      assert.deepEqual(capture.lines, korean.split('\n'));
      assert.match(capture.repaired ?? '', new RegExp(`UTF-8 that a program took for ${encoding}`));
      refuses(
        bytes(taken(encoding, true)),
        'damaged',
        /bytes are lost: \d+ of \d+ lines .*copy the whole page/,
      );
    });
  }

  test('a page with bullets, quotation marks and accents is no such text', () => {
    const page = text.replace('Search for Parcels', 'Café • “Parcels” – ìx');
    assert.equal(parseCapture('page.txt', bytes(page)).repaired, undefined);
  });
});

describe('many files', () => {
  const other = text.replace(/^\/\S+$/m, '/api/v9/other');

  async function files(t: TestContext, contents: Readonly<Record<string, string>>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'pages-'));
    t.after(() => rm(folder, { recursive: true }));
    for (const [index, [name, content]] of Object.entries(contents).entries()) {
      await writeFile(join(folder, name), content);
      // Older first, whatever the clock of the machine does.
      await utimes(join(folder, name), 1000 + index, 1000 + index);
    }
    return folder;
  }

  const names = (captures: readonly { readonly file: string }[]) =>
    captures.map(({ file }) => basename(file));

  test('a file that is no page does not stop the others', async (t) => {
    const folder = await files(t, { 'a.txt': '', 'b.txt': text, 'c.txt': '<html></html>', 'd.txt': other });
    const read = await readCaptures([folder]);
    assert.deepEqual(names(read.captures), ['b.txt', 'd.txt']);
    assert.deepEqual(
      read.unreadable.map(({ reason }) => reason),
      ['empty', 'html'],
    );
    assert.equal(read.whole, true);
  });

  test('of several captures of one API the newest counts, or the one that is named', async (t) => {
    const folder = await files(t, { 'z-old.txt': text, 'b-new.txt': `${text}\n`, 'c.txt': other });
    const newest = await readCaptures([folder]);
    assert.deepEqual(names(newest.captures).toSorted(), ['b-new.txt', 'c.txt']);
    assert.deepEqual(names(newest.superseded), ['z-old.txt']);
    assert.equal(basename(newest.superseded[0]?.by ?? ''), 'b-new.txt');
    const named = await readCaptures([folder, join(folder, 'z-old.txt')]);
    assert.ok(names(named.captures).includes('z-old.txt'));
    assert.ok(!names(named.captures).includes('b-new.txt'));
    await assert.rejects(readCaptures([join(folder, 'z-old.txt'), join(folder, 'b-new.txt')]), SamePageTwice);
  });

  test('one file that is no page is an error by itself', async (t) => {
    const folder = await files(t, { 'a.txt': '' });
    await assert.rejects(readCaptures([folder]), { reason: 'empty' });
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
