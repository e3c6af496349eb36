import { createHash } from 'node:crypto';
import { pseudonymsBy } from '../../src/redact/pseudonym.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { sensitiveIn, shownExchange } from '../../src/redact/shown-exchange.ts';
import {
  compared,
  dates,
  decodings,
  encodings,
  groupings,
  type Spelling,
} from '../../tests/redact/spellings.ts';
import { contract } from '../contract.ts';
import { type Echo, type EchoRun, type Known, marks, runAgainstEcho } from '../echo-target.ts';
import { ratioOf } from '../ratio.ts';
import type { Row, Seen } from '../row.ts';
import type { Tools } from '../tools.ts';

/** Some spellings of some values that a target echoes; a row of its own. */
interface Class {
  readonly name: string;
  readonly hostile: string;
  readonly values: (known: Known) => readonly string[];
  readonly spellings: readonly Spelling[];
}

const named = (pattern: RegExp) => encodings.filter(({ name }) => pattern.test(name));
const long = (known: Known) => [
  ...known.keys,
  ...known.names,
  ...known.accounts,
  ...known.births,
  ...known.cards,
  ...known.ids,
];
/** Of which even a half is worth hiding. */
const longKeys = ({ keys }: Known) => keys.filter((key) => key.length >= 20);
const digits = (text: string) => text.replaceAll(/\D/g, '');
const within = (outer: RegExp, inner: RegExp): readonly Spelling[] =>
  named(outer).flatMap((one) =>
    named(inner).map((other) => ({
      name: `${other.name} within ${one.name}`,
      write: (text: string) => one.write(other.write(text)),
    })),
  );

const classes: readonly Class[] = [
  {
    name: 'as-it-is',
    hostile: 'echoes every key, name, number and id as it is, in lower and in upper case',
    values: long,
    spellings: named(/^as it is|case$/),
  },
  {
    name: 'percent',
    hostile: 'echoes them percent-encoded, needed or not',
    values: long,
    spellings: named(/percent|form/),
  },
  {
    name: 'json-escapes',
    hostile: 'echoes them with JSON escapes, `\\u` in lower, upper and mixed case',
    values: long,
    spellings: named(/JSON|backslash/),
  },
  {
    name: 'html-entities',
    hostile: 'echoes them with HTML entities by name, decimal and hexadecimal',
    values: long,
    spellings: named(/HTML/),
  },
  {
    name: 'base64',
    hostile: 'echoes them in base64 and base64url, alone, within something and in lines',
    values: long,
    spellings: named(/^base64/),
  },
  {
    name: 'hexadecimal',
    hostile: 'echoes them in hexadecimal, with colons and as bytes',
    values: long,
    spellings: named(/hexadecimal(?: with| bytes)?$/),
  },
  {
    name: 'encoded-twice',
    hostile: 'echoes them in one encoding within another, base64 twice among them',
    values: long,
    spellings: [
      ...within(/^base64$|percent where|JSON escapes, mixed/, /^base64$|^hexadecimal$|percent all|HTML, dec/),
    ],
  },
  {
    name: 'unicode-forms',
    hostile:
      'echoes them in full width, taken apart, with marks without width, and as UTF-8 taken for Latin-1',
    values: long,
    spellings: named(/NFD|full width|without width|Latin-1/),
  },
  {
    name: 'particles',
    hostile: 'echoes names with Korean particles and titles joined to them',
    values: ({ names }) => names,
    spellings: ['님의', '님은', '씨가', '에게', '님'].map((particle) => ({
      name: `with ${particle}`,
      write: (text) => `고객 ${text}${particle} 계좌`,
    })),
  },
  {
    name: 'account-numbers',
    hostile: 'echoes account numbers that were prepared with hyphens without them, and in other groups',
    values: ({ accounts }) => accounts,
    spellings: [{ name: 'digits alone', write: digits }, ...groupings],
  },
  {
    name: 'dates',
    hostile: 'echoes dates of birth with hyphens, dots, slashes and spaces',
    values: ({ births }) => births,
    spellings: dates,
  },
  {
    name: 'card-numbers',
    hostile: 'echoes card numbers and ids in groups with dots, no-break and thin spaces, and in full width',
    values: ({ cards, ids }) => [...cards, ...ids],
    spellings: [...groupings, ...named(/full width/)],
  },
  {
    name: 'split-keys',
    hostile: 'echoes keys in two halves: on two lines, and in two places',
    values: longKeys,
    spellings: ['\n', '" and "', ' ... '].map((mark) => ({
      name: `split by ${JSON.stringify(mark)}`,
      write: (text) => `${text.slice(0, text.length / 2)}${mark}${text.slice(text.length / 2)}`,
    })),
  },
  {
    name: 'key-pieces',
    hostile: 'echoes three quarters of each key, all but one character, and all but the first ten',
    values: longKeys,
    spellings: [
      { name: 'three quarters', write: (text) => text.slice(0, (text.length * 3) / 4) },
      { name: 'without the last', write: (text) => text.slice(0, -1) },
      { name: 'without one in the middle', write: (text) => text.slice(0, 10) + text.slice(11) },
      { name: 'its end', write: (text) => text.slice(10).padStart(10, 'x') },
    ],
  },
  {
    name: 'short-codes',
    hostile: 'echoes verification codes and expiry dates, escaped in every way',
    values: ({ short }) => short,
    spellings: named(/as it is|percent all|JSON|HTML|^base64$|^hexadecimal$|full width/),
  },
];

function echoesOf(known: Known): readonly Echo[] {
  return classes.flatMap(({ name, values, spellings }) =>
    spellings.flatMap((spelling) =>
      values(known).map((value) => ({
        spelling: `${name}: ${spelling.name}`,
        value,
        written: spelling.write(value),
      })),
    ),
  );
}

/** One run for all the rows that a process tries. */
let run: Promise<EchoRun> | undefined;

function echoRun(tools: Tools): Promise<EchoRun> {
  run ??= runAgainstEcho(tools, echoesOf);
  return run;
}

function wrote({ files }: EchoRun): string {
  return `${files} files, none with a trace of it`;
}

function rowOf(one: Class): Row {
  return {
    id: `secret/${one.name}`,
    hostile: `A target ${one.hostile}, in bodies, names of members, headers, messages and pages.`,
    expected: 'No file and no line of output has any of them.',
    async run(tools) {
      const all = await echoRun(tools);
      const own = all.echoed.filter(({ spelling }) => spelling.startsWith(`${one.name}: `));
      const leaks = own.filter((echo) => isIn(echo, all));
      return {
        happened: `${own.length} echoes of ${new Set(own.map(({ spelling }) => spelling)).size} spellings, ${leaks.length} found again`,
        exitCode: all.exitCode,
        wrote: wrote(all),
        problems: [
          ...(own.length === 0 ? ['nothing was echoed: the row shows nothing'] : []),
          ...finished(all),
          ...leaks
            .slice(0, 5)
            .map(({ spelling, written }) => `${spelling}: ${JSON.stringify(written)} is in what was written`),
        ],
      };
    },
  };
}

function finished({ exitCode, output }: EchoRun): readonly string[] {
  return exitCode === 1 || exitCode === 3 ? [] : [`the run ended with ${exitCode}: ${output.slice(-2000)}`];
}

const lower = new WeakMap<EchoRun, string>();

/** Short ones may be part of anything, and are looked for between their marks. */
function isIn({ written }: Echo, all: EchoRun): boolean {
  const text = lower.get(all) ?? all.texts.join('\n').toLowerCase();
  lower.set(all, text);
  return text.includes((written.length < 10 ? `${marks.join(` ${written} `)}` : written).toLowerCase());
}

const others: readonly Row[] = [
  {
    id: 'secret/decoded',
    hostile:
      'Somebody undoes every encoding, twice over, in what a run against the echoing target has written.',
    expected: 'None of the values comes out, and no ten characters of a key.',
    async run(tools) {
      const all = await echoRun(tools);
      const values = long(all.known).map(compared);
      const pieces = all.known.keys
        .map(compared)
        .flatMap((key) => Array.from({ length: key.length - 9 }, (_, at) => key.slice(at, at + 10)));
      const wanted = [...new Set([...values, ...pieces])];
      const found = new Set<string>();
      const read = all.texts.filter((text) => text.includes(marks[0]) && text.length < 20_000);
      for (const text of read) {
        const reading = decodings(text).join('\n');
        for (const value of wanted) if (reading.includes(value)) found.add(value);
      }
      return {
        happened: `${read.length} texts with an echo decoded, ${found.size} of ${values.length} values and ${pieces.length} pieces found`,
        exitCode: all.exitCode,
        wrote: wrote(all),
        problems: [...finished(all), ...[...found].slice(0, 5).map((value) => `${value} can be decoded`)],
      };
    },
  },
  {
    id: 'secret/pseudonyms',
    hostile: 'Two workers meet the same ids.',
    expected: 'Both write the same pseudonym for the same id, which nobody without the private key can make.',
    async run(tools) {
      const all = await echoRun(tools);
      const id = all.known.ids.find((one) => one.length === 19) ?? '';
      const shown = new Set(all.texts.flatMap((text) => text.match(/\[id [\da-f]{8}, 19 digits\]/g) ?? []));
      const guessed = ['', '7', 'seed', 'konaplate-conformance'].flatMap((key) => [
        pseudonymsBy(Buffer.from(key))(id),
        `[id ${createHash('sha256')
          .update(key + id)
          .digest('hex')
          .slice(0, 8)}, 19 digits]`,
      ]);
      const requests = all.texts.filter((text) => text.startsWith('{"userId":"[id '));
      return {
        happened: `${requests.length} different requests with ids, ${shown.size} pseudonyms of 19 digits`,
        exitCode: all.exitCode,
        wrote: wrote(all),
        problems: [
          ...finished(all),
          ...(shown.size > 0 ? [] : ['no id is shown by a pseudonym']),
          // Prepared ids, those of workflows, and those at limits: two workers that disagree would have twice as many.
          ...(shown.size <= 60 ? [] : [`${shown.size} pseudonyms are too many`]),
          ...guessed
            .filter((guess) => shown.has(guess))
            .map((guess) => `${guess} can be made of what is public`),
        ],
      };
    },
  },
  {
    id: 'secret/readable',
    hostile: 'A run against the echoing target masks a great deal.',
    expected:
      'What is no secret can still be read: ids of cases and clauses, statuses, codes, dates, headers, pointers.',
    async run(tools) {
      const all = await echoRun(tools);
      const text = all.texts.join('\n');
      const needed = [
        'ars-inquiry.request.regNo.length',
        'linkable-cards/succeeded',
        '/response/description',
        'X-KM-Correlation-Id',
        'application/json',
        '003_011',
        'HTTP 400',
        new Date().toISOString().slice(0, 8),
      ];
      const missing = needed.filter((one) => !text.includes(one));
      return {
        happened: `${needed.length - missing.length} of ${needed.length} are there`,
        exitCode: all.exitCode,
        wrote: `${all.files} files`,
        problems: missing.map((one) => `${one} can't be read any more`),
      };
    },
  },
  {
    id: 'secret/rounded-id',
    hostile: 'An answer has the id that was asked for, but rounded as floating point does.',
    expected: 'Neither is told; the two have different pseudonyms of as many digits.',
    async run() {
      const pseudonym = pseudonymsBy(Buffer.from('a key of this row'));
      const redactor = createRedactor({
        values: [{ text: '9876543210123456789', sensitivity: 'identifier' }],
        pseudonym,
      });
      const shown = redactor.answer('expected 9876543210123456789, as sent, got 9876543210123457000');
      const ids = shown.match(/\[id [\da-f]{8}, 19 digits\]/g) ?? [];
      return {
        happened: shown,
        exitCode: null,
        wrote: '',
        problems: new Set(ids).size === 2 && !/\d{10}/.test(shown) ? [] : [`shown as ${shown}`],
      };
    },
  },
  {
    id: 'secret/many-values',
    hostile: 'An answer lists 8,000 card numbers and names that nobody knew.',
    expected: 'None is told, and twice as many take no more than three times as long.',
    async run() {
      const ratio = ratioOf((count) => listed(listing(count)), 4000);
      const leaks = listed(listing(8000)).match(/90000000\d{8}|Name\d+/g) ?? [];
      return {
        happened: `8,000 took ${ratio.toFixed(1)} times as long as 4,000; ${leaks.length} told`,
        exitCode: null,
        wrote: '',
        problems: [
          ...(ratio < 3 ? [] : [`${ratio.toFixed(1)} times as long`]),
          ...leaks.slice(0, 3).map((leak) => `${leak} is told`),
        ],
      };
    },
  },
  {
    id: 'secret/many-keys',
    hostile: 'An answer of a megabyte has 80,000 members.',
    expected: 'It takes no more than three times as long to show as one of 40,000.',
    async run() {
      const ratio = ratioOf((count) => listed(members(count)), 40_000);
      return {
        happened: `80,000 members took ${ratio.toFixed(1)} times as long as 40,000`,
        exitCode: null,
        wrote: '',
        problems: ratio < 3 ? [] : [`${ratio.toFixed(1)} times as long`],
      };
    },
  },
  {
    id: 'secret/keys-in-clear',
    hostile: 'A profile asks for keys and card numbers in clear, and mistypes a field.',
    expected: 'One line for each, exit code 2, nothing sent.',
    async run(tools): Promise<Seen> {
      const file = profileWith(tools, '[cardNo, physicalCardCVC, userID]');
      const { exitCode, stdout, stderr } = await tools.command(process.execPath, [
        '--import',
        'tsx',
        'src/cli/conformance.ts',
        '--target',
        file,
        '--no-page',
        '--reports',
        tools.folder(),
      ]);
      const said = `${stdout}${stderr}`;
      const lines = said.split('\n').filter((line) => line.includes('/showInClear/'));
      return {
        happened: lines[0] ?? said.slice(0, 200),
        exitCode,
        wrote: 'nothing',
        problems: [
          ...(exitCode === 2 ? [] : [`exit code ${exitCode}`]),
          ...(lines.length === 3 ? [] : [`${lines.length} lines: ${said}`]),
          ...(said.includes('did you mean "userId"?') ? [] : ['no hint for the mistyped name']),
        ],
      };
    },
  },
];

function profileWith(tools: Tools, fields: string): string {
  return tools.file(
    'clear.yaml',
    `name: clear\nextends: ${process.cwd()}/targets/embedded.yaml\nshowInClear: ${fields}\n`,
  );
}

const linkable = contract.apis.find(({ id }) => id === 'linkable-cards');

function listing(count: number): Buffer {
  const list = Array.from({ length: count }, (_, at) => ({
    digital: { cardNo: String(9_000_000_000_000_000 + at * 7) },
    userName: `Name${at}`,
  }));
  return Buffer.from(JSON.stringify({ issuedCardList: list }));
}

function members(count: number): Buffer {
  return Buffer.from(
    JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, 1]))),
  );
}

/** What is shown of an answer with this body. */
function listed(bytes: Buffer): string {
  if (!linkable) throw new Error('the documents have no linkable-cards');
  const disclosed = {
    exchange: {
      request: {
        method: 'POST' as const,
        url: 'http://target.example/',
        headers: [],
        body: new Uint8Array(),
      },
      outcome: { ok: true as const, response: { status: 200, headers: [], body: Buffer.from(bytes) } },
      startedAt: 0,
      duration: 1,
    },
    api: linkable,
    contract,
  };
  const redactor = createRedactor({ secrets: ['a-secret-of-this-row'] });
  return JSON.stringify(shownExchange(disclosed, redactor.with(sensitiveIn(disclosed))));
}

export const rows: readonly Row[] = [...classes.map(rowOf), ...others];
