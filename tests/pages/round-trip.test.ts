import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PARAMETER_SECTIONS, type PageContent, type SectionName } from '../../src/pages/page.ts';
import { parsePage } from '../../src/pages/parse.ts';
import { candidateParents } from '../../src/pages/placement.ts';
import { scan } from '../../src/pages/scan.ts';
import { fc, runs } from '../property.ts';
import { anyLayout, anyPage } from './arbitrary.ts';
import { bare, factsOf } from './facts.ts';
import { renderPage } from './render.ts';

const SECTIONS: readonly SectionName[] = [...PARAMETER_SECTIONS, 'responseCode', 'testData'];

/** Headings are spelled by the layout: not a part of the random page. */
function withoutHeadings(page: PageContent): unknown {
  const copy: Record<string, unknown> = { ...page };
  for (const name of SECTIONS) {
    const section = page[name];
    if (section !== undefined) copy[name] = { ...section, heading: undefined };
  }
  return bare(copy);
}

function assertLinesPointAtFacts(text: string): void {
  const lines = text.split('\n');
  const { page, unread } = parsePage(text);
  for (const fact of factsOf(page)) {
    for (const part of fact.contains) {
      assert.ok(lines[fact.line - 1]?.includes(part), `line ${fact.line} should contain ${part}`);
    }
  }
  for (const line of unread) {
    assert.ok(lines[line.line - 1]?.includes(line.text), `line ${line.line} should contain ${line.text}`);
  }
}

/** A line that is no fixed word must be in the page or be reported. */
function assertNoLineVanishes(text: string): void {
  const { page, unread } = parsePage(text);
  const seen = new Set([...factsOf(page), ...unread].map((found) => found.line));
  const lost = scan(text).filter((token) => token.word === undefined && !seen.has(token.line));
  assert.deepEqual(lost, []);
}

test('a page rendered in any layout parses back to itself, with no unread line', () => {
  fc.assert(
    fc.property(anyPage, anyLayout, (page, layout) => {
      const { page: parsed, unread } = parsePage(renderPage(page, layout));
      assert.deepEqual(unread, []);
      assert.deepEqual(withoutHeadings(parsed), withoutHeadings(page));
    }),
    runs(200),
  );
});

test('every fact points at a line that states it, and no line vanishes', () => {
  fc.assert(
    fc.property(anyPage, anyLayout, (page, layout) => {
      const text = renderPage(page, layout);
      assertLinesPointAtFacts(text);
      assertNoLineVanishes(text);
    }),
    runs(150),
  );
});

test('the true parent of a parameter is always among its candidates', () => {
  fc.assert(
    fc.property(anyPage, anyLayout, (page, layout) => {
      const { page: parsed } = parsePage(renderPage(page, layout));
      for (const name of PARAMETER_SECTIONS) {
        for (const [index, parameter] of (page[name]?.parameters ?? []).entries()) {
          assert.ok('parent' in parameter.placement);
          const candidates = candidateParents(parsed[name]?.parameters ?? [])[index] ?? [];
          assert.ok(candidates.includes(parameter.placement.parent), `${name} ${index}: ${candidates}`);
        }
      }
    }),
    runs(200),
  );
});

/** Lines that change the meaning of what is around them. */
const DISTURBING = [
  ...['', ' ', 'string', 'object', 'Required', 'Length : 15', 'Min : x , Max : ,', 'Show All', 'Error code'],
  ...['Message', 'Description', '200', '200 - x', 'Request Parameters', 'Response Code', 'Test Data', 'Sync'],
  ...[
    'Loading ...',
    'Request',
    'Encrypted|',
    'Version: v9',
    'POST',
    '/x',
    'points_item',
    '- A : b',
    ':',
    '\u0000',
  ],
];

const edit = fc.record({
  kind: fc.constantFrom('delete', 'insert', 'repeat', 'cut', 'shorten'),
  at: fc.nat(400),
  line: fc.oneof(fc.constantFrom(...DISTURBING), fc.string({ unit: 'binary', maxLength: 12 })),
});

function disturb(
  text: string,
  edits: readonly (typeof edit extends fc.Arbitrary<infer E> ? E : never)[],
): string {
  const lines = text.split('\n');
  for (const { kind, at, line } of edits) {
    const index = at % Math.max(1, lines.length);
    const present = lines[index] ?? '';
    if (kind === 'delete') lines.splice(index, 1);
    else if (kind === 'insert') lines.splice(index, 0, line.replaceAll('\n', ''));
    else if (kind === 'repeat') lines.splice(index, 0, present);
    else if (kind === 'shorten') lines[index] = present.slice(0, at % (present.length + 1));
    else lines.length = index;
  }
  return lines.join('\n');
}

test('a disturbed page never throws; its lines stay true and none vanishes', () => {
  fc.assert(
    fc.property(anyPage, anyLayout, fc.array(edit, { minLength: 1, maxLength: 6 }), (page, layout, edits) => {
      const text = disturb(renderPage(page, layout), edits);
      assertLinesPointAtFacts(text);
      assertNoLineVanishes(text);
    }),
    runs(300),
  );
});

test('any text parses without throwing', () => {
  const line = fc.oneof(fc.constantFrom(...DISTURBING), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
      const text = lines.join('\n');
      assert.doesNotThrow(() => parsePage(text));
      assertNoLineVanishes(text);
    }),
    runs(300),
  );
});
