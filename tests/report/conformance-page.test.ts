import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser } from '@playwright/test';
import { loadKorean } from '../../src/contract/korean.ts';
import { namedFolders } from '../../src/contract/load.ts';
import { unbreakable } from '../../src/contract/unbreakable.ts';
import type { Ledger } from '../../src/report/ledger/ledger.ts';
import { stateOf } from '../../src/report/page/annotated.ts';
import { html } from '../../src/report/page/html.ts';
import { conformancePage } from '../../src/report/page/page.ts';
import { parted, percentOf } from '../../src/report/page/parts.ts';
import { reasonsInKorean } from '../../src/report/page/words.ts';
import { launchChromium } from './browser.ts';
import { harmIn, hostileLedger, hostilePieces } from './hostile-text.ts';
import { allIds, brokenRecord, contract, root, sampleLedger, sampleRecord } from './samples.ts';

const korean = loadKorean(namedFolders(root));
const interpretations = contract.ambiguities.flatMap(({ id, interpretations: all }) =>
  [...all.keys()].map((name) => `${id}.${name}`),
);
const exchange = {
  request: {
    method: 'POST',
    url: 'https://sandbox.example/open-api',
    headers: [['X-Sent', 'a'] satisfies [string, string]],
    body: '{"id":12345678901234567890}',
  },
  response: { status: 200, headers: [], body: '{}' },
  duration: 3,
};
const waiver = {
  clause: 'account-info.code.000_000.message',
  observed: { place: '/response/description' },
  reason: 'Until release 2.4',
  owner: 'card team',
  expires: '2099-12-31',
  at: 'my.yaml:7',
};

const broken = brokenRecord('account-info/succeeded', { exchanges: [exchange] });
const waived = sampleLedger([
  {
    ...broken,
    outcome: 'waived',
    findings: broken.findings.map((one) => ({ ...one, outcome: 'waived' as const, waiver: 0 })),
  },
]);

/** A run in each state, with something in every section. */
const ledgers: Readonly<Record<'conformant' | 'nonconformant' | 'incomplete' | 'waived' | 'part', Ledger>> = {
  conformant: sampleLedger([
    sampleRecord('ars-inquiry/succeeded', { interpretations, exchanges: [exchange] }),
  ]),
  nonconformant: sampleLedger([
    broken,
    sampleRecord('linkable-cards/not-a-member', {
      outcome: 'warns',
      findings: [
        {
          clause: 'linkable-cards.robustness.graceful',
          outcome: 'warns',
          check: 'robustness.no-stack-trace',
          place: 'body',
          expected: 'no stack trace',
          actual: 'a stack trace',
        },
      ],
    }),
  ]),
  incomplete: sampleLedger(
    [
      sampleRecord('account-info/succeeded', {
        outcome: 'target-error',
        reason: 'no answer within 10 s',
        kept: [],
      }),
      sampleRecord('ars-inquiry/succeeded', { outcome: 'not-testable', reason: 'no such account', kept: [] }),
    ],
    { problems: ['a worker crashed'] },
  ),
  waived: { ...waived, header: { ...waived.header, waivers: [waiver] } },
  part: sampleLedger([], { planned: allIds.slice(0, 3), selection: { grep: '--case x' } }),
};

const shown = (ledger: Ledger): string => conformancePage(ledger, { contract, korean });

/** Of two APIs alone: a browser looks at every line, and the others have no other kind of line. */
function brief(ledger: Ledger): string {
  const apis = contract.apis.filter(({ id }) => id === 'account-info' || id === 'ars-inquiry');
  const isOf = (api: string) => apis.some(({ id }) => id === api) || api === 'linkable-cards';
  const clauses = new Map([...contract.clauses].filter(([, { api }]) => apis.some(({ id }) => id === api)));
  return conformancePage(
    { ...ledger, cases: ledger.cases.filter(({ api }) => isOf(api)) },
    { contract: { ...contract, apis, clauses }, korean },
  );
}

describe('conformance.html', () => {
  it('says the verdict first, green for a whole run without any waiver alone', () => {
    const heads = Object.values(ledgers).map((ledger) => {
      const [, tone, head] = /class="verdict t-(\w+)".*?<span data-w="\d+">([^<]+)/.exec(shown(ledger)) ?? [];
      return [tone, head];
    });
    assert.deepEqual(heads, [
      ['good', 'Conformant'],
      ['bad', 'Nonconformant'],
      ['open', 'Incomplete'],
      ['waived', 'Conformant, with waivers'],
      ['open', 'Conformant, as far as chosen'],
    ]);
    const failing = {
      ...ledgers.waived,
      header: { ...ledgers.waived.header, waivers: [{ ...waiver, expires: '2020-01-01' }] },
    };
    assert.match(shown(failing), /class="verdict t-bad".*?Waivers fail the run/);
    assert.match(shown(sampleLedger([], { planned: [] })), /class="verdict t-open".*?nothing was tested/);
    const unreached = allIds.map((id) =>
      sampleRecord(id, { outcome: 'not-exercised', reason: 'nobody is there', kept: [] }),
    );
    assert.match(shown(sampleLedger(unreached)), /class="verdict t-open".*?Nothing could be judged/);
  });

  it('names a cause with the words of the page, the difference and the command', () => {
    const page = shown(ledgers.nonconformant);
    const [, causes = ''] = /<section id="causes"(.*?)<\/section>/s.exec(page) ?? [];
    for (const part of [
      '000_000 … Success.',
      'href="#account-info-line-260"',
      '&quot;Fine &amp; &lt;dandy&gt;&quot;',
      '--case account-info/succeeded',
    ]) {
      assert.ok(causes.includes(part), `${part} is missing in\n${causes}`);
    }
    assert.doesNotMatch(causes, /stack trace/, 'robustness stands apart');
    assert.match(page, /<section id="robustness".*?a stack trace.*?<\/section>/s);
  });

  it('marks each line of a page by what became of its promises', () => {
    const page = shown(ledgers.nonconformant);
    const stateOf = (line: string) => new RegExp(`<li id="${line}" class="s-([\\w-]+)"`).exec(page)?.[1];
    assert.equal(stateOf('account-info-line-260'), 'broken');
    assert.equal(stateOf('linkable-cards-line-169'), 'not-shown');
    assert.equal(stateOf('ars-inquiry-line-201'), 'kept');
    assert.equal(stateOf('ars-inquiry-line-28'), 'no-promise');
    assert.match(shown(ledgers.waived), /<li id="account-info-line-260" class="s-waived"/);
  });

  it('has an exchange once, every digit of it', () => {
    const page = shown(ledgers.nonconformant);
    assert.equal(page.split('&quot;id&quot;: 12345678901234567890').length, 2);
  });

  it('has both languages of every sentence', () => {
    for (const ledger of Object.values(ledgers)) {
      const [, json = ''] =
        /<script type="application\/json" id="words">(.*?)<\/script>/s.exec(shown(ledger)) ?? [];
      const table: readonly (readonly [string, string])[] = JSON.parse(json);
      assert.ok(table.length > 100);
      for (const [en, ko] of table) {
        assert.match(ko, /\p{Script=Hangul}/u, `no Korean of "${en}"`);
        assert.doesNotMatch(
          en.replaceAll(/"[^"]*"|\([^)]*\)/g, ''),
          /\p{Script=Hangul}/u,
          `no English of "${ko}"`,
        );
      }
    }
  });

  it('has the Korean of all that the documents put into words, and of nothing else', () => {
    const needed = [
      ...[...contract.clauses.values()]
        .filter(({ subject, aspect }) => subject === 'behaviour' || aspect === 'echo')
        .map(({ id }) => id),
      ...contract.ambiguities.map(({ id }) => id),
      ...interpretations,
    ];
    assert.deepEqual([...korean.keys()].sort(), needed.sort());
  });

  it('has the Korean of every reason for which a clause has no case', () => {
    const reasons = new Set(contract.apis.flatMap((api) => [...unbreakable(api).values()]));
    for (const reason of reasons) assert.ok(reason in reasonsInKorean, reason);
  });

  it('has nothing of a hostile target or profile in it but text', () => {
    for (const [name, piece] of Object.entries(hostilePieces)) {
      const page = shown(hostileLedger(piece));
      assert.equal(page.match(/<script/g)?.length, 2, name);
      assert.doesNotMatch(page, /<(?:img|svg onload|div onclick|iframe|object|embed)/, name);
      assert.deepEqual(harmIn(page), [], name);
      assert.equal(page.match(/<\/title>/g)?.length, 1, name);
    }
  });

  it('is small and quickly made', () => {
    const page = shown(ledgers.nonconformant);
    assert.ok(page.length < 1_000_000, `${page.length} characters`);
    assert.doesNotMatch(page, /(?:src|href)="(?!#)/);
  });
});

describe('what conformance.html is made of', () => {
  it('takes a line for kept when all that it promises was kept, and for the worst of it otherwise', () => {
    assert.equal(stateOf([]), 'no-promise');
    assert.equal(stateOf(['conforms', 'conforms']), 'kept');
    assert.equal(stateOf(['conforms', 'not-exercised']), 'partly');
    assert.equal(stateOf(['untested', 'not-testable']), 'not-shown');
    assert.equal(stateOf(['conforms', 'warns']), 'warned');
    assert.equal(stateOf(['waived', 'warns', 'conforms']), 'waived');
    assert.equal(stateOf(['waived', 'violates', 'conforms']), 'broken');
  });

  it('never rounds a share up to all of it', () => {
    assert.equal(percentOf(3, 3), '100');
    assert.equal(percentOf(9999, 10_000), '99.9');
    assert.equal(percentOf(0, 0), '0');
  });

  it('marks what is different in two texts, and all of them when hardly anything is alike', () => {
    assert.deepEqual(parted('"Success."', '"Success"'), [
      ['"Success', '.', '"'],
      ['"Success', '', '"'],
    ]);
    assert.deepEqual(parted('aa', 'a'), [
      ['a', 'a', ''],
      ['a', '', ''],
    ]);
    assert.deepEqual(parted('20 characters', 'missing'), [
      ['', '20 characters', ''],
      ['', 'missing', ''],
    ]);
    assert.deepEqual(parted('회원👍', '회원👎'), [
      ['회원', '👍', ''],
      ['회원', '👎', ''],
    ]);
  });

  it('lets nothing into HTML but what is HTML', () => {
    assert.equal(
      html`<p title="${'"><script>'}">${['a', html`<b>${'&'}</b>`, 1, undefined]}</p>`.markup,
      '<p title="&quot;&gt;&lt;script&gt;">a<b>&amp;</b>1</p>',
    );
    assert.equal(html`${'\u202eabc'}`.markup, '\\u202eabc');
  });
});

describe('conformance.html in a browser', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'konaplate-page-'));
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  let chromium: { readonly browser: Browser; readonly close: () => Promise<void> };
  const said: string[] = [];
  const asked: string[] = [];

  before(async () => {
    for (const [name, ledger] of Object.entries(ledgers))
      writeFileSync(path.join(dir, `${name}.html`), brief(ledger));
    writeFileSync(
      path.join(dir, 'hostile.html'),
      shown(hostileLedger(Object.values(hostilePieces).join(' '))),
    );
    chromium = await launchChromium();
  });
  after(async () => {
    await chromium?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  async function opened(
    name: string,
    options: {
      readonly width?: number;
      readonly locale?: string;
      readonly colorScheme?: 'light' | 'dark';
    } = {},
  ) {
    const { width = 1400, ...rest } = options;
    const page = await chromium.browser.newPage({ viewport: { width, height: 900 }, ...rest });
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) asked.push(request.url());
    });
    await page.goto(pathToFileURL(path.join(dir, `${name}.html`)).href);
    return page;
  }

  /** Opens all of it, as a reader may. */
  const unfold = 'for (const one of document.querySelectorAll("details")) one.open = true';

  const ways = {
    conformant: { colorScheme: 'light', locale: 'ko-KR', width: 390 },
    nonconformant: { colorScheme: 'dark', locale: 'ko-KR', width: 1400 },
    incomplete: { colorScheme: 'dark', locale: 'en-US', width: 390 },
    waived: { colorScheme: 'light', locale: 'en-US', width: 1400 },
  } as const;
  for (const [name, way] of Object.entries(ways)) {
    it(`has no fault that axe finds: ${name}`, async () => {
      const page = await opened(name, way);
      await page.evaluate(unfold);
      const violations: unknown = await page.evaluate(`${axe}; axe.run().then(({ violations }) =>
        violations.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ html }) => html.slice(0, 200))]))`);
      assert.deepEqual(violations, []);
      await page.close();
    });
  }

  it('shows no English sentence of ours in Korean', async () => {
    for (const name of Object.keys(ledgers)) {
      const page = await opened(name, { locale: 'ko-KR' });
      await page.evaluate(unfold);
      assert.equal(await page.evaluate('document.documentElement.lang'), 'ko');
      const left: unknown = await page.evaluate(`(() => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (node.parentElement.closest('script, [translate=no]')) continue;
          if (/[a-z]{2}/i.test(node.textContent) && !/[\\uac00-\\ud7a3]/.test(node.textContent)) found.push(node.textContent);
        }
        return found;
      })()`);
      assert.deepEqual(left, [], name);
      await page.close();
    }
  });

  it('changes its language by one switch, and keeps what is quoted', async () => {
    const page = await opened('nonconformant');
    await page.getByRole('button', { name: '한국어' }).click();
    assert.match(await page.locator('h1').innerText(), /부적합/);
    assert.match(await page.title(), /^부적합: sandbox/);
    assert.match(await page.locator('#causes blockquote').first().innerText(), /Success\./);
    await page.getByRole('button', { name: 'English' }).click();
    assert.match(await page.locator('h1').innerText(), /Nonconformant/);
    await page.close();
  });

  it('leads from a cause to its line, and from there to the exchange', async () => {
    const page = await opened('nonconformant', { width: 390 });
    await page.locator('#causes .go').first().click();
    const line = page.locator('#account-info-line-260');
    await line.locator('.diff').first().waitFor();
    assert.ok(
      await page.evaluate(
        'document.querySelector("#account-info-line-260").getBoundingClientRect().top < innerHeight',
      ),
    );
    await line.locator('.ev a').first().click();
    await line.getByText('12345678901234567890').first().waitFor();
    await page.close();
  });

  it('keeps to the width of a phone', async () => {
    for (const name of [...Object.keys(ledgers), 'hostile']) {
      const page = await opened(name, { width: 390 });
      await page.evaluate(unfold);
      const beyond = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      assert.equal(beyond, 0, name);
      await page.close();
    }
  });

  it('runs nothing of a hostile target, has no error in the console and asks nobody', async () => {
    const page = await opened('hostile');
    await page.evaluate(unfold);
    assert.equal(await page.evaluate('"hurt" in window'), false);
    await page.close();
    assert.deepEqual(said, []);
    assert.deepEqual(asked, []);
  });
});
