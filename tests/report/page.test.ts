import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { countResults } from '../../src/report/allure/allure-report.ts';
import { launchChromium } from './browser.ts';
import { type FixtureRun, failingRun } from './run.ts';
import { allIds } from './samples.ts';

describe('report.html in a browser', () => {
  let run: FixtureRun;
  let chromium: { readonly browser: Browser; readonly close: () => Promise<void> };
  let page: Page;
  const said: string[] = [];
  const asked: string[] = [];
  const pictures = path.join(tmpdir(), 'konaplate-pictures');

  before(async () => {
    run = await failingRun();
    chromium = await launchChromium();
    page = await chromium.browser.newPage({ viewport: { width: 1400, height: 1000 } });
    page.on('console', (message) => {
      if (message.type() === 'error') said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => {
      if (!/^(?:file|data|blob):/.test(request.url())) asked.push(request.url());
    });
    mkdirSync(pictures, { recursive: true });
    await page.goto(pathToFileURL(path.join(run.dir, 'report.html')).href);
  });
  after(async () => {
    await chromium?.close();
  });

  it('holds every result and no analytics', () => {
    const html = readFileSync(path.join(run.dir, 'report.html'), 'utf8');
    assert.equal(countResults(html), allIds.length);
    assert.doesNotMatch(
      html,
      /googletagmanager|gtag\(|<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?\/\//,
    );
  });

  it('shows the verdict, the APIs and the counts', async () => {
    await page.getByText('Konaplate conformance: NONCONFORMANT (target sandbox)').first().waitFor();
    await page
      .getByText(/^account-info · /)
      .first()
      .waitFor();
    await page.screenshot({ path: path.join(pictures, 'report.png') });
  });

  it('shows expected and actual of a failing scenario when it is chosen', async () => {
    await page.getByText('account-info/succeeded', { exact: true }).first().click();
    const error = page.getByText('/response/description').first();
    await error.waitFor();
    const text = (await page.locator('body').textContent()) ?? '';
    assert.match(text, /expected\s+"Success\."/);
    assert.match(text, /actual\s+"Fine & <dandy>"/);
    assert.match(text, /회원 등록 계좌 조회, line 260: "000_000 … Success\."/);
    await page.screenshot({ path: path.join(pictures, 'failure.png') });
    await page.getByText('exchange 1').first().click();
    await page.getByText('1234567890123456789').first().waitFor();
    await page.getByText('1234567890123456789').first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: path.join(pictures, 'exchange.png') });
  });

  it('opens the quoted lines of the documentation page', async () => {
    const attachment = page.getByText('Documented: 회원 등록 계좌 조회').first();
    await attachment.click();
    await page.getByText('line 271: "200 - Success"', { exact: false }).last().waitFor();
    const text = (await page.locator('body').textContent()) ?? '';
    assert.match(text, /line 260: "000_000 … Success\."\s*line 271: "200 - Success"/);
  });

  it('has no error in the console and asks nobody', () => {
    assert.deepEqual(said, []);
    assert.deepEqual(asked, []);
  });
});
