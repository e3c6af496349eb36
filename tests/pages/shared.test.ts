import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { contractFolders } from '../../src/contract/load.ts';
import { isQuoteOf } from '../../src/contract/quote.ts';
import { type Capture, readCapture, readCaptures } from '../../src/pages/capture.ts';
import { checkPages } from '../../src/pages/check/check.ts';
import { type Documents, loadDocuments } from '../../src/pages/check/documents.ts';
import { PARAMETER_SECTIONS, type ParameterSection } from '../../src/pages/page.ts';
import { factsOf } from './facts.ts';
import { captureOf, PROJECT } from './fixtures.ts';

/**
 * All tests that need the five captured pages. They are not part of the project: without them each of these tests is
 * skipped, on its own, so that the count of skipped tests is right.
 */
const FOLDER = fileURLToPath(new URL('../../../shared/feeds/', import.meta.url));
const absent = existsSync(FOLDER) ? false : 'the captured pages are not here (../shared/feeds)';

function testOfPages(name: string, body: () => Promise<void>): void {
  test(name, { skip: absent }, body);
}

function captureOfPage(number: string): Promise<Capture> {
  const name = readdirSync(FOLDER).find((file) => file.startsWith(`${number}_`));
  assert.ok(name !== undefined, `no page ${number} in ../shared/feeds`);
  return readCapture(FOLDER + name);
}

const REQUEST_HEADERS =
  'X-KM-User-AspId X-KM-Correlation-Id X-KM-Access-Key X-KM-Crypto-Key-Id X-KM-Tran-Token X-KM-Tran-Time X-KM-Time-Zone';
const RESPONSE_HEADERS = 'X-KM-Correlation-Id X-KM-Crypto-Key-Id';

/** What the pages are known to state. An empty string: no such section. `enc` marks an encrypted body. */
const PAGES = {
  '000': {
    path: '/api/v1/bankaccounts/ars/register/inquiry',
    mode: 'sync',
    requestHeaders: REQUEST_HEADERS,
    request: 'regNo',
    response: 'status',
    codes: '000_000 002_019 002_014 002_015 002_016 002_017 002_018 002_043',
    scenarios: 8,
  },
  '001': {
    path: '/api/v1/bankaccounts/ars/register',
    mode: 'async',
    requestHeaders: '',
    request: '',
    response: 'bankAccRegNo',
    codes: '000_000 002_013',
    scenarios: 3,
  },
  '002': {
    path: '/api/v1/bankaccounts/info',
    mode: 'sync',
    requestHeaders: REQUEST_HEADERS,
    request: 'enc userId',
    response:
      'userId accountInfo accountId userName bankAccount bankName bankCode createdDateTime updatedDateTime',
    codes: '000_000',
    scenarios: 1,
  },
  '003': {
    path: '/api/v1/bankaccounts/delete',
    mode: 'sync',
    requestHeaders: REQUEST_HEADERS,
    request: 'enc userId',
    response: '',
    codes: '000_000 000_002',
    scenarios: 2,
  },
  '004': {
    path: '/api/v1/issued-cards/pre-issue/waiting/physical',
    mode: 'sync',
    requestHeaders: REQUEST_HEADERS,
    request: 'enc userId physicalCardNo physicalCardExpDate physicalCardCVC',
    response:
      'enc issuedCardList issuedCardList_item cardApplyNo issueType digital cardNo par serviceId serviceName ' +
      'mobileCardCVC status values balance points points_item policyType policyId policyName amount requester',
    codes: '000_000 000_002 001_006 003_011 003_049',
    scenarios: 6,
  },
} as const;

/** Certain values: page, section, parameter. */
const VALUES = [
  [
    '000',
    'status',
    'ARS_AUTH_IN_PROGRESS ARS_AUTH_DONE ARS_AUTH_FAILED BANK_ACC_REG_FAILED BANK_ACC_REGISTERED',
  ],
  ['004', 'issueType', 'ISSUE REISSUE'],
  [
    '004',
    'status',
    'READY COST_PAYING COST_PAID COST_PAY_FAILED DIGITAL_ISSUED PHYSICAL_ISSUED SHIPPING CANCEL ISSUE_FAILED ' +
      'RETURNED COMPLETE',
  ],
  ['004', 'policyType', '00 01 02 03 04 05 06 07'],
  ['004', 'requester', 'APP CC'],
] as const;

function summary(section: ParameterSection | undefined): string {
  const names = section?.parameters.map((parameter) => parameter.name.value) ?? [];
  return [...(section?.encrypted === undefined ? [] : ['enc']), ...names].join(' ');
}

describe('the documentation pages', () => {
  for (const [number, known] of Object.entries(PAGES)) {
    testOfPages(number, async () => {
      const { page, unread } = await captureOfPage(number);
      assert.deepEqual(unread, []);
      assert.equal(page.path?.value, known.path);
      assert.equal(page.method?.value, 'POST');
      assert.equal(page.mode?.value, known.mode);
      assert.equal(page.versions.chosen?.value, 'v1');
      assert.equal(page.versions.listed.length, 1);
      assert.equal(summary(page.requestHeaders), known.requestHeaders);
      assert.equal(summary(page.requestParameters), known.request);
      assert.equal(summary(page.responseHeaders), RESPONSE_HEADERS);
      assert.equal(summary(page.responseParameters), known.response);
      assert.equal(page.responseCode?.rows.map((row) => row.code?.value).join(' '), known.codes);
      assert.equal(page.testData?.titles.length, known.scenarios);
      assert.ok(page.testData?.selected !== undefined);
      assert.equal(page.catalogue.length, 1);
      assert.ok(factsOf(page).length > 40);
    });
  }

  for (const [number, name, values] of VALUES) {
    testOfPages(`${number}: values of ${name}`, async () => {
      const { page } = await captureOfPage(number);
      const parameter = page.responseParameters?.parameters.find((one) => one.name.value === name);
      assert.equal(parameter?.values.map((entry) => entry.value).join(' '), values);
    });
  }

  testOfPages('every parameter has a type and a presence; only objects and arrays lack a limit', async () => {
    for (const number of Object.keys(PAGES)) {
      const { page } = await captureOfPage(number);
      for (const section of [
        'requestHeaders',
        'requestParameters',
        'responseHeaders',
        'responseParameters',
      ] as const) {
        for (const parameter of page[section]?.parameters ?? []) {
          const place = `${number} ${section} ${parameter.name.value}`;
          assert.ok(parameter.presence !== undefined, place);
          const container = /object/.test(parameter.type?.value ?? '');
          assert.equal(Object.keys(parameter.limits).length === 0, container, place);
        }
      }
    }
  });

  testOfPages('the largest integer keeps every digit', async () => {
    const { page } = await captureOfPage('003');
    assert.equal(page.requestParameters?.parameters[0]?.limits.max?.value, 9999999999999999999n);
  });
});

/** One change of a page that must be found as `kind (fact)`. */
interface Mutation {
  readonly what: string;
  readonly lines: readonly string[];
  readonly found: string;
}

/** Every change by a hair of every fact of a page. */
function mutationsOf(capture: Capture): Mutation[] {
  const mutations: Mutation[] = [];
  const edit = (what: string, line: number, into: string | readonly string[] | undefined, found: string) => {
    const lines = capture.lines.flatMap((text, index) =>
      index + 1 === line ? (into === undefined ? [] : into) : [text],
    );
    mutations.push({ what: `line ${line}: ${what}`, lines, found });
  };
  const at = (line: number) => capture.lines[line - 1] ?? '';
  const { page } = capture;
  for (const section of PARAMETER_SECTIONS) {
    const { encrypted, parameters = [] } = page[section] ?? {};
    if (encrypted !== undefined) edit('the encryption mark removed', encrypted.line, '', 'removed (item)');
    for (const { name, presence, limits, values, forms } of parameters) {
      edit('a parameter renamed', name.line, `${at(name.line)}Y`, 'changed (name)');
      if (presence?.value === 'Required')
        edit('Required turned Optional', presence.line, 'Optional', 'changed (presence)');
      else if (presence !== undefined)
        edit('turned Required', presence.line, 'Required', 'changed (presence)');
      for (const limit of Object.values(limits)) {
        if (limit === undefined) continue;
        for (const by of [-1n, 1n]) {
          const text = at(limit.line).replace(
            new RegExp(`\\b${limit.value}\\b(?!.*\\b${limit.value}\\b)`),
            String(limit.value + by),
          );
          assert.notEqual(text, at(limit.line));
          edit(`a limit changed by ${by}`, limit.line, text, 'changed (limit)');
        }
      }
      for (const { line, value } of values) {
        edit('an enum value removed', line, undefined, 'removed (values)');
        edit(
          'an enum value changed',
          line,
          at(line).replace(value, `${value.slice(0, -1)}8`),
          'changed (values)',
        );
      }
      for (const { line, value } of forms) {
        edit('a form one longer', line, at(line).replace(value, `${value}-`), 'changed (form)');
      }
    }
  }
  for (const { status, code, message } of page.responseCode?.rows ?? []) {
    edit('a status changed', status.line, '404', 'changed (status)');
    if (code !== undefined) edit('a code changed', code.line, '999_999', 'changed (code)');
    if (message === undefined) continue;
    edit(
      "a message's last letter changed",
      message.line,
      at(message.line).replace(/\S(\s*)$/, '#$1'),
      'changed (message)',
    );
    edit(
      "a message's last letter removed",
      message.line,
      at(message.line).replace(/\S(\s*)$/, '$1'),
      'changed (message)',
    );
  }
  const [row] = page.responseCode?.rows ?? [];
  if (row !== undefined) {
    const added = ['409', 'Error code', '999_998', 'Message', 'Conflict.', at(row.status.line)];
    edit('a code row added', row.status.line, added, 'added (item)');
  }
  const selected = page.testData?.selected?.title;
  for (const { line, title } of page.testData?.titles ?? []) {
    edit('a scenario title added', line, [at(line), '400 - One more'], 'added (item)');
    // The chosen title stays on the page when its place in the list goes.
    if (title !== selected) edit('a scenario removed', line, undefined, 'removed (item)');
  }
  if (page.path !== undefined)
    edit('the path changed', page.path.line, `${page.path.value}2`, 'added (page)');
  return mutations;
}

/** The documents, read by the first test that needs them. */
let documents: Documents | undefined;

function projectDocuments(): Documents {
  documents ??= loadDocuments(contractFolders(PROJECT));
  return documents;
}

function unexplained(capture: Capture): string[] {
  return checkPages([capture], projectDocuments(), false)
    .differences.filter(({ explainedBy }) => explainedBy.length === 0)
    .map(({ kind, subject, fact }) => `${kind} (${subject === 'quotation' ? subject : fact})`);
}

describe('the documentation pages and the documents', () => {
  testOfPages('agree in every fact and every quotation', async () => {
    const { captures } = await readCaptures([FOLDER]);
    const check = checkPages(captures, projectDocuments(), true);
    assert.deepEqual(
      check.differences.filter(({ explainedBy }) => explainedBy.length === 0),
      [],
    );
    assert.equal(check.pages.length, 5);
    assert.ok(check.facts >= 934, String(check.facts));
    assert.deepEqual(check.notes, []);
  });

  for (const number of Object.keys(PAGES)) {
    testOfPages(`every change of ${number} by a hair is found`, async () => {
      const capture = await captureOfPage(number);
      const mutations = mutationsOf(capture);
      assert.ok(mutations.length > 20);
      const known = unexplained(capture);
      const missed = mutations.filter(({ lines, found }) => {
        const now = unexplained(captureOf(lines.join('\n'), capture.file));
        const count = (list: readonly string[]) => list.filter((one) => one === found).length;
        return count(now) <= count(known);
      });
      assert.deepEqual(
        missed.map(({ what, found }) => `${what}: ${found}`),
        [],
      );
    });

    testOfPages(
      `each quotation of ${number} is on its line, and on none that differs by a hair`,
      async () => {
        const { lines } = await captureOfPage(number);
        const quotes = [...(projectDocuments().contract.pages.get(number)?.lines ?? [])];
        assert.ok(quotes.length > 30);
        for (const [line, quote] of quotes) {
          const text = lines[line - 1] ?? '';
          assert.ok(isQuoteOf(quote, text), `line ${line}: ${quote}`);
          assert.ok(!isQuoteOf(quote, text.replace(/\p{L}|\d|\//u, '$&~')), `line ${line}: ${quote}`);
        }
      },
    );
  }
});
