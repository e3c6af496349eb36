import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readFeed } from '../../src/feeds/open.ts';
import type { ParameterSection } from '../../src/feeds/page.ts';
import { factsOf } from './facts.ts';

/** The five documentation pages; they are not part of the project, so their place may be empty. */
const FOLDER = fileURLToPath(new URL('../../../shared/feeds/', import.meta.url));

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

function fileOf(feed: string): string {
  const name = readdirSync(FOLDER).find((file) => file.startsWith(`${feed}_`));
  assert.ok(name !== undefined, `no page ${feed} in the folder of shared feeds`);
  return FOLDER + name;
}

const absent = existsSync(FOLDER) ? false : 'the documentation pages are not here (../shared/feeds)';

describe('the documentation pages', { skip: absent }, () => {
  for (const [feed, known] of Object.entries(PAGES)) {
    test(feed, async () => {
      const { page, unread } = await readFeed(fileOf(feed));
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

  for (const [feed, name, values] of VALUES) {
    test(`${feed}: values of ${name}`, async () => {
      const { page } = await readFeed(fileOf(feed));
      const parameter = page.responseParameters?.parameters.find((one) => one.name.value === name);
      assert.equal(parameter?.values.map((entry) => entry.value).join(' '), values);
    });
  }

  test('every parameter has a type and a presence; only objects and arrays lack a limit', async () => {
    for (const feed of Object.keys(PAGES)) {
      const { page } = await readFeed(fileOf(feed));
      for (const section of [
        'requestHeaders',
        'requestParameters',
        'responseHeaders',
        'responseParameters',
      ] as const) {
        for (const parameter of page[section]?.parameters ?? []) {
          const place = `${feed} ${section} ${parameter.name.value}`;
          assert.ok(parameter.presence !== undefined, place);
          const container = /object/.test(parameter.type?.value ?? '');
          assert.equal(Object.keys(parameter.limits).length === 0, container, place);
        }
      }
    }
  });

  test('the largest integer keeps every digit', async () => {
    const { page } = await readFeed(fileOf('003'));
    assert.equal(page.requestParameters?.parameters[0]?.limits.max?.value, 9999999999999999999n);
  });
});
