import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Ledger } from '../../src/report/ledger/ledger.ts';
import { conformanceReport } from '../../src/report/render/conformance.ts';
import { failureMessage } from '../../src/report/render/failure.ts';
import { junitXml } from '../../src/report/render/junit.ts';
import { clip, columnsOf, padEnd, wrap } from '../../src/report/render/layout.ts';
import { codeSpan, legible } from '../../src/report/render/markdown.ts';
import { wantsColor } from '../../src/report/render/paint.ts';
import { repeatCommand } from '../../src/report/render/repeat.ts';
import { sourceText } from '../../src/report/render/source.ts';
import { summary } from '../../src/report/render/summary.ts';
import { tally } from '../../src/report/tally.ts';
import { allIds, brokenRecord, contract, root, sampleHeader, sampleLedger, sampleRecord } from './samples.ts';

const mixed = sampleLedger([
  brokenRecord('account-info/succeeded', { notes: ['A note.'] }),
  sampleRecord('linkable-cards/succeeded-none-found', {
    outcome: 'target-error',
    reason: 'no answer within 10 s',
  }),
  sampleRecord('ars-inquiry/bank-account-problem', {
    outcome: 'not-testable',
    reason: 'no such account',
    acknowledged: true,
  }),
  sampleRecord('ars-inquiry/succeeded', { interpretations: ['success-message.bare'] }),
]);

const ledgers: Readonly<Record<string, Ledger>> = {
  conformant: sampleLedger(),
  mixed,
  empty: sampleLedger([], { planned: [] }),
  partial: sampleLedger([], {
    planned: allIds.slice(3, 11),
    selection: { grep: 'ars-inquiry', shard: '1/2' },
  }),
  troubled: sampleLedger([], { problems: ['a worker crashed'] }),
};

const text = (ledger: Ledger, color = false) =>
  summary(ledger, contract, { color, reports: [{ what: 'page', file: 'reports/latest/report.html' }] });

describe('summary', () => {
  it('says what was done to the target, and what is gone again', () => {
    const made = ['the registration of 900…0001, number 202…0007', 'the registration of 900…0002'];
    const ledger = sampleLedger([
      sampleRecord('ars-inquiry/succeeded', {
        changes: [
          { api: 'ars-register', effect: 'writes', taken: 1, unknown: 2 },
          { api: 'account-delete', effect: 'deletes', taken: 3, unknown: 0 },
        ],
        made,
        gone: made.slice(0, 1),
        left: ['the account of 900…0002: it could not be removed'],
      }),
    ]);
    assert.match(
      text(ledger),
      new RegExp(
        [
          '^Done to the target',
          '  - ars-register writes: 1 request taken, and 2 more of which nobody knows',
          '  - account-delete deletes: 3 requests taken',
          '  - ars-inquiry/succeeded: the registration of 900…0001, number 202…0007: made, and gone again',
          '  - ars-inquiry/succeeded: the registration of 900…0002: made',
          '',
          'May be left on the target',
          '  - ars-inquiry/succeeded: the account of 900…0002: it could not be removed$',
        ].join('\n'),
        'm',
      ),
    );
    const { changes } = conformanceReport(ledger, contract);
    assert.deepEqual(changes.gone, [{ case: 'ars-inquiry/succeeded', what: made[0] }]);
    assert.deepEqual([changes.operations.length, changes.made.length, changes.left.length], [2, 2, 1]);
    assert.doesNotMatch(text(sampleLedger()), /Done to the target/);
  });

  it('says the verdict first', () => {
    assert.match(
      text(mixed),
      /^NONCONFORMANT {2}1 cause, 1 finding in 1 case, 1 clause violated \(exit code 1\)\n/,
    );
    assert.match(
      text(sampleLedger()),
      new RegExp(`^CONFORMANT {2}${allIds.length} scenarios kept what is documented \\(exit code 0\\)\n`),
    );
    assert.match(
      text(sampleLedger([], { planned: [] })),
      /^INCOMPLETE {2}.*no case was chosen \(exit code 3\)\n/,
    );
  });

  it('names a cause with sentence, where, page, example, mend and commands', () => {
    const shown = text(mixed);
    for (const part of [
      '✗ message.',
      'The message of 000_000 is "Fine & <dandy>", not "Success.".',
      'where     1 answer in 1 case: account-info (1): succeeded',
      'page      회원 등록 계좌 조회, line 260: "000_000 … Success."',
      'clause    account-info.code.000_000.message',
      'example   account-info/succeeded',
      'place     /response/description',
      'expected  "Success."',
      'actual    "Fine & <dandy>"',
      'mend      Send "Success." with 000_000.',
      'ticket    npm run ticket -- message.',
      'repeat    npm run conformance -- --target sandbox --case account-info/succeeded',
      'linkable-cards/succeeded-none-found  target-error',
      'no answer within 10 s',
      'ars-inquiry/bank-account-problem (as the profile says): no such account',
      'success-message.bare',
      'account-info/succeeded: A note.',
      'reports/latest/report.html',
    ]) {
      assert.ok(shown.includes(part), `${part} is missing in\n${shown}`);
    }
  });

  it('says prominently that a part was chosen, and of a whole run nothing of the kind', () => {
    assert.match(
      text(ledgers.partial ?? mixed),
      new RegExp(`\n\\*\\* 8 of ${allIds.length} cases chosen \\(--grep ars-inquiry --shard 1/2\\)`),
    );
    assert.doesNotMatch(text(mixed), /cases chosen/);
  });

  it('keeps to 110 columns, Korean counted double, and prints no control character of a target', () => {
    const record = brokenRecord('linkable-cards/no-issued-card');
    const nasty = `\u001b[2J${'발급된 카드를 찾을 수 없음 '.repeat(12)}\u0007\n\u202e`;
    const ledger = sampleLedger([
      {
        ...record,
        reason: nasty,
        findings: record.findings.map((finding) => ({ ...finding, actual: nasty })),
      },
    ]);
    const shown = text(ledger);
    for (const line of shown.split('\n')) assert.ok(columnsOf(line) <= 110, `${columnsOf(line)}: ${line}`);
    assert.ok(!shown.includes('\u001b') && !shown.includes('\u0007') && !shown.includes('\u202e'));
    assert.ok(shown.includes('\\x1b[2J'));
    assert.ok(
      !failureMessage(ledger.cases.find(({ id }) => id === record.id) ?? record, contract).includes('\u001b'),
    );
  });

  it('colours on a terminal only, unless told', () => {
    assert.ok(text(mixed, true).includes('\u001b[31m'));
    assert.equal(wantsColor({ isTTY: true }, {}), true);
    assert.equal(wantsColor({ isTTY: true }, { NO_COLOR: '1' }), false);
    assert.equal(wantsColor({ isTTY: false }, {}), false);
    assert.equal(wantsColor({}, { FORCE_COLOR: '1' }), true);
  });
});

describe('summary of many cases', () => {
  const refused = (reason: string, only: readonly string[] = allIds) =>
    sampleLedger(only.map((id) => sampleRecord(id, { outcome: 'target-error', reason, kept: [] })));

  it('tells one reason of many cases once, with one command', () => {
    const shown = text(refused('connection refused'));
    assert.equal(shown.match(/connection refused/g)?.length, 1);
    assert.equal(shown.match(/ {4}repeat /g)?.length, 1);
    assert.match(
      shown,
      new RegExp(
        `! ${allIds.length} cases {2}target-error\n {4}connection refused\n {4}cases {5}ars-register \\(3\\): `,
      ),
    );
    assert.match(shown, /ars-inquiry \(8\):\s+succeeded,[^;]* …;/);
  });

  it('tells two reasons that differ by a hair apart', () => {
    const ledger = sampleLedger([
      sampleRecord('account-info/succeeded', { outcome: 'target-error', reason: 'no answer within 10 s' }),
      sampleRecord('ars-inquiry/succeeded', { outcome: 'target-error', reason: 'no answer within 11 s' }),
    ]);
    const shown = text(ledger);
    assert.match(shown, /! account-info\/succeeded {2}target-error\n {4}no answer within 10 s/);
    assert.match(shown, /! ars-inquiry\/succeeded {2}target-error\n {4}no answer within 11 s/);
    assert.doesNotMatch(shown, /2 cases/);
  });

  it('counts clauses beside scenarios and code rows, below them when the line gets too long', () => {
    assert.match(
      text(sampleLedger()),
      /\n +Scenarios +Code rows +Clauses\nAPI +passed {2}failed {3}passed {2}failed {3}conform {2}violated/,
    );
    const wide = text(
      sampleLedger(
        allIds.slice(0, 12).map((id, index) =>
          sampleRecord(id, {
            outcome: (['target-error', 'not-testable', 'warns'] as const)[index % 3] ?? 'warns',
            kept: [],
          }),
        ),
      ),
    );
    assert.match(wide, /\n +Scenarios +Code rows\n/);
    assert.match(wide, /\n +Clauses\n/);
    for (const line of wide.split('\n')) {
      assert.ok(columnsOf(line) <= 110 || line.includes('repeat'), line);
    }
  });

  it('of a conformant run fits on one screen', () => {
    assert.ok(text(sampleLedger()).split('\n').length <= 40);
  });

  it('names the values of an enum that no answer had, once one came', () => {
    const clause = 'ars-inquiry.response.status.enum';
    const seen = [{ clause, values: ['ARS_AUTH_IN_PROGRESS', 'ARS_AUTH_DONE', 'ARS_AUTH_FAILED'] }];
    const shown = text(sampleLedger([sampleRecord('ars-inquiry/succeeded', { seen, kept: [clause] })]));
    assert.match(
      shown,
      /ars-inquiry\.response\.status\.enum: 3 of 5, not BANK_ACC_REG_FAILED, BANK_ACC_REGISTERED\n/,
    );
    assert.doesNotMatch(text(sampleLedger()), /Values that no answer had/);
  });
});

describe('tally', () => {
  it('passes a code row when each of its scenarios conforms, and not when one got no answer or was not chosen', () => {
    const row = (ledger: Ledger) =>
      tally(ledger.cases, contract)
        .find(({ api }) => api.id === 'linkable-cards')
        ?.rows.find(({ row: { code } }) => code === '000_000')?.standing;
    assert.equal(row(sampleLedger()), 'passed');
    assert.equal(row(mixed), 'no-answer');
    assert.equal(row(sampleLedger([], { planned: ['linkable-cards/succeeded'] })), 'not-chosen');
    assert.equal(row(sampleLedger([brokenRecord('linkable-cards/succeeded')])), 'failed');
  });

  it('counts every scenario and code row, whatever came', () => {
    const codes = contract.apis.reduce((sum, api) => sum + api.codes.length, 0);
    for (const ledger of Object.values(ledgers)) {
      const sum = (side: 'scenarios' | 'codes') =>
        tally(ledger.cases, contract)
          .flatMap((one) => Object.values(one[side]))
          .reduce((a, b) => a + b, 0);
      assert.deepEqual([sum('scenarios'), sum('codes')], [allIds.length, codes]);
    }
  });
});

describe('conformance.json', () => {
  const schema: unknown = JSON.parse(
    readFileSync(path.join(root, 'reports/conformance.schema.json'), 'utf8'),
  );
  assert.ok(typeof schema === 'object' && schema !== null);
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
  const plain = (ledger: Ledger): Record<string, unknown> =>
    JSON.parse(JSON.stringify(conformanceReport(ledger, contract)));

  for (const [name, ledger] of Object.entries(ledgers)) {
    it(`fits its schema: ${name}`, () => assert.ok(validate(plain(ledger)), JSON.stringify(validate.errors)));
  }

  it('does not fit with a key more, a key less or another verdict', () => {
    const report = plain(mixed);
    assert.ok(!validate({ ...report, more: 1 }));
    assert.ok(!validate({ ...report, findings: undefined }));
    assert.ok(!validate({ ...report, verdict: 'fine' }));
  });

  it('describes every property', () => {
    const undescribed: string[] = [];
    const walk = (value: unknown, at: string) => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, child] of Object.entries(value)) {
        if (key === 'properties' && typeof child === 'object' && child !== null) {
          for (const [name, property] of Object.entries<unknown>({ ...child })) {
            if (typeof property !== 'object' || property === null || !('description' in property))
              undescribed.push(`${at}/${name}`);
          }
        }
        walk(child, `${at}/${key}`);
      }
    };
    walk(schema, '');
    assert.deepEqual(undescribed, []);
  });

  it('holds the finding with its source and how to repeat it', () => {
    const report = conformanceReport(mixed, contract);
    assert.deepEqual(report.findings, [
      {
        check: 'message',
        clause: 'account-info.code.000_000.message',
        sentence: 'The code 000_000 comes with the message "Success." or "Success".',
        level: 'MUST',
        outcome: 'violates',
        cause: report.causes[0]?.id ?? '',
        case: 'account-info/succeeded',
        place: '/response/description',
        expected: '"Success."',
        actual: '"Fine & <dandy>"',
        source: [
          {
            page: '002',
            line: 260,
            name: '회원 등록 계좌 조회',
            address: '/api/v1/bankaccounts/info',
            quote: '000_000 … Success.',
          },
        ],
        answered: null,
        waiver: null,
        repeat: 'npm run conformance -- --target sandbox --case account-info/succeeded',
      },
    ]);
    assert.deepEqual(report.notTestable, [
      { case: 'ars-inquiry/bank-account-problem', reason: 'no such account', acknowledged: true },
    ]);
    assert.deepEqual(
      report.interpretations.map(({ ambiguity, interpretation }) => `${ambiguity}.${interpretation}`),
      ['success-message.bare'],
    );
  });
});

describe('JUnit', () => {
  it('counts failures, errors and skipped ones, and types each', () => {
    const xml = junitXml(mixed, contract);
    assert.match(
      xml,
      new RegExp(
        `<testsuites name="[^"]*nonconformant, 1 cause, 1 finding in 1 case, 1 clause violated, target sandbox" tests="${allIds.length}" failures="1" errors="1" skipped="1"`,
      ),
    );
    assert.match(xml, /<testsuite name="account-info" tests="1" failures="1" errors="0" skipped="0"/);
    assert.equal(xml.match(/<testcase /g)?.length, allIds.length);
    assert.match(
      xml,
      /<failure message="[^"]*&quot;Fine &amp; &lt;dandy&gt;&quot;" type="account-info\.code\.000_000\.message">/,
    );
    assert.match(xml, /<error message="no answer within 10 s" type="target-error">/);
    assert.match(xml, /<skipped message="no such account"\/>/);
  });

  it('has the trouble of the run as an error of its own', () => {
    const xml = junitXml(sampleLedger([], { problems: ['a worker crashed'] }), contract);
    const count = allIds.length + 1;
    assert.match(xml, new RegExp(`<testsuites [^>]*tests="${count}" failures="0" errors="1" skipped="0"`));
  });
});

describe('Markdown', () => {
  it('within a line has nothing that a reader of it obeys, and keeps what is plain', () => {
    assert.equal(legible('999_999 at /a/b (2.5 ms): "x"'), '999_999 at /a/b (2.5 ms): "x"');
    assert.equal(
      legible('# _a_ *b* `c` [d](e) <f> | &g; ~h~ @i #1 !j https://k www.l'),
      '\\# \\_a\\_ \\*b\\* \\`c\\` \\[d\\](e) \\<f\\> \\| \\&g; \\~h\\~ \\@i \\#1 \\!j https\\://k www\\.l',
    );
    assert.deepEqual(['- a', '1. a', '+ a'].map(legible), ['\\- a', '1\\. a', '\\+ a']);
    assert.ok(!legible('a\u001b[2J\nb').includes('\n'));
  });

  it('as code ends where it should, also in a table', () => {
    assert.equal(codeSpan('a'), '`a`');
    assert.equal(codeSpan('a ``b` c'), '```a ``b` c```');
    assert.equal(codeSpan('`a`'), '`` `a` ``');
    assert.equal(codeSpan('a|b'), '`a\\|b`');
  });
});

describe('text', () => {
  it('tells a source as page, line and quoted words; of several lines the first is quoted', () => {
    const at = (line: number, quote: string) => ({
      page: '000',
      name: 'Search for Parcels',
      address: '/v1',
      line,
      quote,
    });
    assert.equal(sourceText([at(128, 'Optional')]), 'Search for Parcels, line 128: "Optional"');
    assert.equal(
      sourceText([at(49, 'Form : yyMM'), at(50, 'xx : Hex'), at(75, 'Required')]),
      'Search for Parcels, lines 49–50, 75: "Form : yyMM …"',
    );
    assert.match(sourceText([]), /no documentation page/);
  });

  it('measures, pads, clips and wraps wide letters', () => {
    assert.equal(columnsOf('회원 ab'), 7);
    assert.equal(padEnd('회', 4), '회  ');
    assert.equal(clip('회원 등록', 5), '회원…');
    assert.equal(clip('회원', 4), '회원');
    assert.deepEqual(wrap('aa 회원 bb', 5), ['aa', '회원', 'bb']);
    assert.deepEqual(wrap('abcdefg', 3), ['abc', 'def', 'g']);
  });

  it('repeats a case of a target by what --target takes', () => {
    const command = (target: Record<string, unknown>, documents = sampleHeader().documents) =>
      repeatCommand({ target, seed: 7, documents }, { id: 'ars-inquiry/succeeded', kind: 'scenario' });
    assert.equal(
      command({ name: 'x', file: 'targets/embedded.yaml' }),
      'npm run conformance -- --case ars-inquiry/succeeded',
    );
    assert.match(command({ name: 'x', file: 'targets/sandbox.yaml' }), / --target sandbox --case /);
    assert.match(command({ name: 'x', file: 'my $file.yaml' }), / --target "my \\\$file\.yaml" --case /);
    const drafted = { ...sampleHeader().documents, folder: 'drafts/my draft' };
    assert.match(
      command({ name: 'x', file: 'targets/embedded.yaml' }, drafted),
      / -- --documents "drafts\/my draft" --case /,
    );
  });

  it('repeats a case whose request may be made from the seed with that seed', () => {
    const one = { id: 'ars-inquiry/request/regNo/of-a-made-value', kind: 'request' } as const;
    assert.equal(
      repeatCommand({ target: {}, seed: 7, documents: sampleHeader().documents }, one),
      'npm run conformance -- --case ars-inquiry/request/regNo/of-a-made-value --seed 7',
    );
  });
});

describe('what was told before the run', () => {
  const note = 'baseUrl is http, not https: <anyone> on the way can read it';
  const noted: Ledger = { ...mixed, header: { ...mixed.header, notes: [note] } };

  it('stands in conformance.json and, as a property of every suite, in JUnit', () => {
    assert.deepEqual(conformanceReport(noted, contract).notes, [note]);
    assert.deepEqual(conformanceReport(mixed, contract).notes, []);
    const property =
      '<property name="note" value="baseUrl is http, not https: &lt;anyone&gt; on the way can read it"';
    const suites = junitXml(noted, contract).split('<testsuite ').slice(1);
    assert.equal(suites.length, contract.apis.length);
    for (const suite of suites) assert.ok(suite.includes(property));
    assert.doesNotMatch(junitXml(mixed, contract), /name="note"/);
  });

  it('is as the schema of conformance.json wants it', () => {
    const schema: object = JSON.parse(
      readFileSync(path.join(root, 'reports/conformance.schema.json'), 'utf8'),
    );
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
    assert.ok(validate(conformanceReport(noted, contract)), JSON.stringify(validate.errors));
  });
});
