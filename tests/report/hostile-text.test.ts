import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'csv-parse/sync';
import { SaxesParser } from 'saxes';
import { brief, printable, terminalJson, terminalText } from '../../src/printable.ts';
import { exchangeAttachment } from '../../src/report/allure/allure.ts';
import { writeAllureCoverage } from '../../src/report/allure/allure-coverage.ts';
import { causesOf } from '../../src/report/causes.ts';
import { conformanceReport } from '../../src/report/render/conformance.ts';
import { cellText, csv } from '../../src/report/render/csv.ts';
import { failureMessage } from '../../src/report/render/failure.ts';
import { junitXml } from '../../src/report/render/junit.ts';
import { clip, columnsOf, wrap } from '../../src/report/render/layout.ts';
import { codeSpan, legible, markdown } from '../../src/report/render/markdown.ts';
import { summary } from '../../src/report/render/summary.ts';
import { ticket } from '../../src/report/render/ticket.ts';
import { element, textNode, xmlDocument } from '../../src/report/render/xml.ts';
import { fc, runs } from '../property.ts';
import { harmIn, hostileLedger, hostilePieces, hostileText } from './hostile-text.ts';
import { contract } from './samples.ts';

const many = runs(200);
const few = runs(25);

describe('hostile text', () => {
  it('is seen by the test itself', () => {
    assert.deepEqual(harmIn('  ::error::x'), ['GitHub: ::error::x']);
    assert.deepEqual(harmIn('a ##vso[x]'), ['command: ##vso[']);
    assert.deepEqual(harmIn('a\rb\u202e'), ['raw U+000d', 'raw U+202e']);
    assert.deepEqual(harmIn('plain 회원 👍 # [x] std::string ::1'), []);
  });

  for (const [name, piece] of Object.entries(hostilePieces)) {
    it(`shown harmlessly in terminal, message, ticket and JUnit: ${name}`, () => {
      const ledger = hostileLedger(piece);
      for (const columns of [undefined, 60]) {
        assert.deepEqual(harmIn(summary(ledger, contract, { color: false, columns, reports: [] })), []);
      }
      for (const record of ledger.cases) assert.deepEqual(harmIn(failureMessage(record, contract)), []);
      const causes = causesOf(ledger.cases, contract);
      for (const record of ledger.cases) {
        const own = causes.filter(({ cases }) => cases.includes(record.id));
        const text = ticket({ record, causes: own }, ledger, contract, { whyNot: piece });
        assert.deepEqual(harmIn(terminalText(text)), []);
      }
      const xml = junitXml(ledger, contract);
      assert.deepEqual(harmIn(xml), []);
      parseXml(xml);
    });
  }

  it('of any kind has nothing raw and no command after the last step', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const lineBreaks of [false, true]) {
          const shown = printable(text, { lineBreaks });
          assert.deepEqual(harmIn(shown), []);
          assert.equal(printable(shown, { lineBreaks }), shown, 'once is enough');
        }
        assert.deepEqual(harmIn(terminalText(text)), []);
        for (const escaped of [markdown, legible, codeSpan]) assert.deepEqual(harmIn(escaped(text)), []);
        const json = terminalJson({ [text]: [text] });
        assert.deepEqual(harmIn(json), []);
        assert.deepEqual(JSON.parse(json), { [text]: [text] }, 'the same document');
      }),
      many,
    );
  });

  it('has no command however it is wrapped and indented', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 2, max: 60 }), fc.nat(8), (text, columns, margin) => {
        const lines = wrap(printable(text), columns);
        const output = terminalText(lines.map((line) => `${' '.repeat(margin)}${line}\n`).join(''));
        assert.deepEqual(harmIn(output), []);
        for (const line of lines) assert.ok(columnsOf(line) <= columns, `${columnsOf(line)}: ${line}`);
        assert.ok(columnsOf(clip(printable(text), columns)) <= columns);
      }),
      many,
    );
    const [, broken = ''] = wrap(`${'x'.repeat(20)}::error::y`, 20);
    assert.equal(broken, '::error::y');
    assert.equal(terminalText(`    ${broken}`), '    \\x3a:error::y');
  });

  it('in every place of a ledger is harmless in the summary, whatever its width', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 40, max: 120 }), (text, columns) => {
        const shown = summary(hostileLedger(text), contract, {
          color: false,
          columns,
          reports: [{ what: 'page', file: text }],
        });
        assert.deepEqual(harmIn(shown), []);
        const free = /^ {4}(?:repeat|ticket) | {2}page {2}|\\x3a:/;
        for (const line of shown.split('\n')) {
          assert.ok(
            columnsOf(line) <= Math.min(columns, 110) || free.test(line),
            `${columnsOf(line)}: ${line}`,
          );
        }
      }),
      few,
    );
  });

  it('does not get at the colours', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const options = { columns: 100, reports: [{ what: 'page', file: text }] };
        const colored = summary(hostileLedger(text), contract, { ...options, color: true });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of the summary.
        const bare = colored.replaceAll(/\u001b\[(?:0|1|2|31|32|33)m/g, '');
        assert.equal(bare, summary(hostileLedger(text), contract, { ...options, color: false }));
      }),
      few,
    );
  });

  it('in every place of a ledger gives JUnit that a strict parser reads, with the text in it', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const xml = junitXml(hostileLedger(text), contract);
        assert.deepEqual(harmIn(xml), []);
        const { attributes } = parseXml(xml);
        if (text !== '') assert.ok(attributes.includes(brief(text)), xml);
      }),
      few,
    );
  });

  it('comes back from XML as it was shown', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const xml = xmlDocument(element('a', { b: text }, [element('c', {}, [textNode(text)])]));
        const { attributes, texts } = parseXml(xml);
        assert.deepEqual(attributes.at(-1), brief(text));
        assert.equal(texts.join('').trim(), printable(text, { lineBreaks: true }).trim());
      }),
      many,
    );
  });

  it('comes back from CSV as it was shown, and is no formula there', () => {
    const cells = fc.array(fc.array(hostileText, { minLength: 3, maxLength: 3 }), { maxLength: 4 });
    fc.assert(
      fc.property(cells, (rows) => {
        const table = csv(['a', 'b', 'c'], rows);
        assert.deepEqual(parse(table), [['a', 'b', 'c'], ...rows.map((row) => row.map(cellText))]);
        assert.deepEqual(harmIn(table.replaceAll('\r\n', '\n')), []);
        for (const cell of rows.flat().map(cellText)) {
          for (const part of cell.split(/[;\t\r\n]/)) assert.doesNotMatch(part, /^[\s"]*[=+\-@＝＋－＠]/);
        }
      }),
      many,
    );
    assert.deepEqual(csv(['n', 'b', 'none'], [[-1, true, null]]), 'n,b,none\r\n-1,yes,\r\n');
    assert.equal(cellText('a - b = c'), 'a - b = c');
  });

  it('in every place of a ledger is harmless in the tables of the page', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-tables-'));
    try {
      for (const text of Object.values(hostilePieces)) {
        writeAllureCoverage(folder, conformanceReport(hostileLedger(text), contract));
      }
      const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
      assert.ok(files.length > Object.keys(hostilePieces).length);
      for (const file of files) assert.deepEqual(harmIn(file.replaceAll('\r\n', '\n')), []);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('of an exchange is shown with what can not be seen written out', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [exchange] = hostileLedger(text).cases.flatMap(({ exchanges }) => exchanges);
        assert.ok(exchange);
        const shown: unknown = JSON.parse(exchangeAttachment(exchange).body);
        const strings: string[] = [];
        JSON.stringify(shown, (_, value: unknown) => {
          if (typeof value === 'string') strings.push(value);
          return value;
        });
        for (const one of strings) assert.deepEqual(harmIn(one), []);
      }),
      few,
    );
  });

  it('of any length is told in brief and in linear time', { timeout: 60_000 }, () => {
    const long = '회원'.repeat(500_000);
    assert.ok(summary(hostileLedger(long), contract, { color: false, reports: [] }).length < 100_000);
    assert.ok(junitXml(hostileLedger(`::error::${long}`), contract).length < 100_000);
    assert.equal(brief('x'.repeat(2001)), `${'x'.repeat(2000)}… (cut, 2001 characters in all)`);
    assert.equal(brief('x'.repeat(2000)), 'x'.repeat(2000));
    assert.ok(wrap(long, 100).length >= 20_000);
    assert.equal(columnsOf(clip(long, 100)), 99);
  });

  it('of a plain kind stays as it is', () => {
    for (const text of [
      '회원 등록: "성공"',
      'https://sandbox.example:8443/open-api?a=1&b=2#c',
      'std::vector, ::1 and fe80::1, [::1]:80',
      '# of cards ## [x]',
      'a section_name: b',
      '👍🏽 ❤ 🇰🇷 é',
    ]) {
      assert.equal(printable(text), text);
      assert.equal(terminalText(text), text);
    }
  });
});

/** What a strict parser of XML reads; throws where the document is not well-formed. */
function parseXml(xml: string): {
  readonly attributes: readonly string[];
  readonly texts: readonly string[];
} {
  const attributes: string[] = [];
  const texts: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => attributes.push(...Object.values(tag.attributes)));
  parser.on('text', (text) => texts.push(text));
  parser.write(xml).close();
  return { attributes, texts };
}
