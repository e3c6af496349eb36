import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { redactWaivers, waiveRecord } from '../../src/engine/waive.ts';
import type { Waiver } from '../../src/judge/waivers.ts';
import type { CaseRecord } from '../../src/record/record.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { waivedAttachment } from '../../src/report/allure/allure.ts';
import { clauseCoverage } from '../../src/report/coverage.ts';
import { assembleLedger, type Ledger, readLedger, writeLedger } from '../../src/report/ledger/ledger.ts';
import { mergeLedgers } from '../../src/report/ledger/merge.ts';
import { conformanceReport } from '../../src/report/render/conformance.ts';
import { junitXml } from '../../src/report/render/junit.ts';
import { columnsOf } from '../../src/report/render/layout.ts';
import { summary } from '../../src/report/render/summary.ts';
import { exitCodeOf, waiverStandings } from '../../src/report/waivers.ts';
import { scratch } from '../run/suite.ts';
import { allIds, brokenRecord, contract, root, sampleHeader, sampleRecord } from './samples.ts';

const id = 'account-info/succeeded';
const answered = { status: 200, code: '000_000' };

/** A promise broken by a message, as a run records it. */
function broken(different: Partial<CaseRecord> = {}): CaseRecord {
  const record = brokenRecord(id, { answered });
  return { ...record, findings: record.findings.map((one) => ({ ...one, answered })), ...different };
}

const waiver: Waiver = {
  clause: 'account-info.code.000_000.message',
  observed: { code: '000_000', place: '/response/description' },
  reason: 'Mended with <release> 2 & ticket 4711',
  owner: 'account team',
  expires: '2026-12-31',
  at: 'my.yaml:3',
};

/** A run with waivers, in which the given records stand for their cases; waived as the suite does it. */
function ledgerOf(
  records: readonly CaseRecord[],
  waivers: readonly Waiver[],
  {
    planned = allIds,
    all = allIds.length,
    finishedAt = '2026-01-02T03:04:06.000Z',
    shard,
  }: {
    readonly planned?: readonly string[];
    readonly all?: number;
    readonly finishedAt?: string;
    readonly shard?: string;
  } = {},
): Ledger {
  const ledger = assembleLedger({
    header: sampleHeader({
      cases: { planned: planned.length, all },
      waivers,
      selection: shard === undefined ? {} : { shard },
    }),
    planned,
    records: planned.map((one) =>
      waiveRecord(records.find((record) => record.id === one) ?? sampleRecord(one), waivers),
    ),
    problems: [],
    missing: (one) => sampleRecord(one, { outcome: 'harness-error', reason: 'no record' }),
    finishedAt,
  });
  return { ...ledger, cases: ledger.cases.map((one) => ({ ...one, position: allIds.indexOf(one.id) })) };
}

const stateOf = (ledger: Ledger) => waiverStandings(ledger, contract)[0]?.state;
const whyOf = (ledger: Ledger) => waiverStandings(ledger, contract)[0]?.why ?? '';
const without = (...ids: readonly string[]) => allIds.filter((one) => !ids.includes(one));

describe('a record', () => {
  it('comes to waived when a waiver covers all that it breaks', () => {
    const record = waiveRecord(broken(), [waiver]);
    assert.equal(record.outcome, 'waived');
    assert.match(
      record.reason,
      /^waived until 2026-12-31 \(account team\): \/response\/description: expected/,
    );
    assert.deepEqual(
      record.findings.map(({ outcome, waiver: index }) => [outcome, index]),
      [['waived', 0]],
    );
  });

  it('still violates by whatever else it breaks', () => {
    const [first] = broken().findings;
    assert.ok(first);
    const other = { ...first, clause: 'account-info.code.000_000.status', place: 'HTTP status' };
    const record = waiveRecord(broken({ findings: [first, other] }), [waiver]);
    assert.equal(record.outcome, 'violates');
    assert.match(record.reason, /^HTTP status: expected/);
    assert.deepEqual(
      record.findings.map(({ outcome }) => outcome),
      ['waived', 'violates'],
    );
  });

  it('keeps its warnings, which are worse than waived', () => {
    const [first] = broken().findings;
    assert.ok(first);
    const warning = { ...first, outcome: 'warns', clause: 'account-info.robustness.graceful' } as const;
    assert.equal(waiveRecord(broken({ findings: [first, warning] }), [waiver]).outcome, 'warns');
  });

  it('lacks an answer still, once what it broke before is waived', () => {
    const record = waiveRecord(broken({ trouble: 'connection reset' }), [waiver]);
    assert.deepEqual([record.outcome, record.reason], ['target-error', 'connection reset']);
    const other = waiveRecord(broken({ trouble: 'connection reset' }), [
      { ...waiver, observed: { status: 201 } },
    ]);
    assert.equal(other.outcome, 'violates');
  });

  it('without an answer or a judgement is left as it is', () => {
    for (const outcome of [
      'target-error',
      'setup-error',
      'harness-error',
      'not-testable',
      'warns',
    ] as const) {
      const record = broken({ outcome });
      assert.equal(waiveRecord(record, [waiver]), record);
    }
  });

  it('says that a waiver of what it breaks has expired', () => {
    const old = { ...waiver, expires: '2026-01-01' };
    const record = waiveRecord(broken(), [old]);
    assert.equal(record.outcome, 'violates');
    assert.deepEqual(record.notes, [
      'the waiver of account-info.code.000_000.message (my.yaml:3, account team) expired on 2026-01-01 and covers this no more',
    ]);
    assert.deepEqual(waiveRecord(broken(), [old, waiver]).outcome, 'waived');
  });
});

describe('a waiver in a run', () => {
  it('is used when a finding fits it: exit code 0', () => {
    const ledger = ledgerOf([broken()], [waiver]);
    assert.deepEqual([stateOf(ledger), whyOf(ledger)], ['used', '']);
    assert.equal(ledger.footer.verdict, 'conformant');
    assert.equal(ledger.footer.counts.waived, 1);
    assert.equal(exitCodeOf(ledger, contract), 0);
  });

  it('is expired a day after its last one, seen or not: exit code 1', () => {
    const last = { ...waiver, expires: '2026-01-02' };
    assert.equal(exitCodeOf(ledgerOf([broken()], [last]), contract), 0);
    const late = ledgerOf([broken()], [{ ...waiver, expires: '2026-01-01' }]);
    assert.deepEqual([stateOf(late), exitCodeOf(late, contract)], ['expired', 1]);
    assert.equal(late.footer.verdict, 'nonconformant');
    assert.match(whyOf(late), /^expired on 2026-01-01; its deviation shows in 1 case;/);
    const unused = ledgerOf([], [{ ...waiver, expires: '2026-01-01' }], { planned: allIds.slice(0, 1) });
    assert.deepEqual([stateOf(unused), exitCodeOf(unused, contract)], ['expired', 1]);
    // A run that goes over midnight has waived the first cases and must not end as if nothing were wrong.
    const over = ledgerOf([broken()], [last], { finishedAt: '2026-01-03T00:00:00.000Z' });
    assert.deepEqual([over.footer.verdict, exitCodeOf(over, contract)], ['conformant', 1]);
  });

  it('is stale when a whole run kept its clause: exit code 1, the verdict stays', () => {
    const ledger = ledgerOf([], [waiver]);
    assert.equal(stateOf(ledger), 'stale');
    assert.match(whyOf(ledger), /nothing fits it any more: 1 case kept the clause; take it out/);
    assert.deepEqual([ledger.footer.verdict, exitCodeOf(ledger, contract)], ['conformant', 1]);
  });

  it('is stale when a whole run showed nothing of its clause', () => {
    const ledger = ledgerOf([sampleRecord(id, { kept: [] })], [waiver]);
    assert.match(whyOf(ledger), /no answer of the whole run showed the clause/);
  });

  it('is stale when its clause is broken otherwise, and says how', () => {
    const ledger = ledgerOf([broken()], [{ ...waiver, observed: { status: 201 } }]);
    assert.deepEqual([stateOf(ledger), exitCodeOf(ledger, contract)], ['stale', 1]);
    assert.match(
      whyOf(ledger),
      /broken otherwise: \/response\/description, HTTP 200 with 000_000 in account-info\/succeeded/,
    );
  });

  it('is undecided in a run of some cases, be it all but one', () => {
    for (const planned of [[id], without('linkable-cards/succeeded')]) {
      const ledger = ledgerOf([], [waiver], { planned });
      assert.deepEqual([stateOf(ledger), exitCodeOf(ledger, contract)], ['undecided', 0]);
      assert.match(
        whyOf(ledger),
        new RegExp(`\\d+ of ${allIds.length} cases ran, and only a whole run can tell`),
      );
    }
  });

  it('is undecided when a case that could have shown it came to no judgement', () => {
    const unanswered = ledgerOf([sampleRecord(id, { outcome: 'target-error', kept: [] })], [waiver]);
    assert.deepEqual([stateOf(unanswered), exitCodeOf(unanswered, contract)], ['undecided', 3]);
    const untestable = { outcome: 'not-testable', kept: [], acknowledged: true } as const;
    assert.equal(stateOf(ledgerOf([sampleRecord(id, untestable)], [waiver])), 'undecided');
    const another = sampleRecord('linkable-cards/succeeded', untestable);
    assert.equal(stateOf(ledgerOf([another], [waiver])), 'stale', 'it could not have shown it');
  });

  it('is undecided when a case that tests it broke off at another promise', () => {
    const [first] = broken().findings;
    assert.ok(first);
    const code = { ...first, clause: 'account-info.code.000_000.code', place: '/response/code' };
    const ledger = ledgerOf([broken({ findings: [code] })], [waiver]);
    assert.deepEqual([stateOf(ledger), exitCodeOf(ledger, contract)], ['undecided', 1]);
    assert.match(whyOf(ledger), /did not come so far: account-info\/succeeded \(violates\)$/);
    const kept = broken({ findings: [code], kept: [waiver.clause] });
    assert.equal(stateOf(ledgerOf([kept], [waiver])), 'stale');
  });

  it('fails an incomplete run, too: running again does not mend it', () => {
    const ledger = ledgerOf(
      [sampleRecord('linkable-cards/succeeded', { outcome: 'target-error', kept: [] })],
      [{ ...waiver, expires: '2026-01-01' }],
    );
    assert.deepEqual([ledger.footer.verdict, exitCodeOf(ledger, contract)], ['incomplete', 1]);
  });

  it('covers nothing when the target refused the credentials', () => {
    const refused = allIds.map((one) => broken({ id: one, answered: { status: 401 } }));
    const ledger = ledgerOf(refused, [waiver]);
    assert.deepEqual(new Set(ledger.cases.map(({ outcome }) => outcome)), new Set(['setup-error']));
    assert.equal(exitCodeOf(ledger, contract), 3);
  });
});

describe('a waiver in the shards of a run', () => {
  const even = allIds.filter((_, index) => index % 2 === 0);
  const odd = allIds.filter((_, index) => index % 2 === 1);

  function shards(records: readonly CaseRecord[], parts = [even, odd]): readonly Ledger[] {
    return parts.map((planned, index) => ledgerOf(records, [waiver], { planned, shard: `${index + 1}/2` }));
  }

  function merged(ledgers: readonly Ledger[]): Ledger {
    const result = mergeLedgers(
      ledgers.map((ledger, index) => ({
        folder: `shard-${index}`,
        ledger: { state: 'complete', ...ledger },
      })),
    );
    return 'ledger' in result ? result.ledger : assert.fail(result.mistake);
  }

  it('is decided by all of them together alone', () => {
    const parts = shards([]);
    for (const part of parts) assert.deepEqual([stateOf(part), exitCodeOf(part, contract)], ['undecided', 0]);
    assert.deepEqual([stateOf(merged(parts)), exitCodeOf(merged(parts), contract)], ['stale', 1]);
    const used = merged(shards([broken()]));
    assert.deepEqual([stateOf(used), exitCodeOf(used, contract)], ['used', 0]);
  });

  it('is undecided while one is missing', () => {
    const [first] = shards([]);
    assert.ok(first);
    assert.deepEqual([stateOf(merged([first])), exitCodeOf(merged([first]), contract)], ['undecided', 3]);
  });

  it('must be the same in all of them', () => {
    const [first, second] = shards([]);
    assert.ok(first && second);
    const other = {
      ...second,
      header: { ...second.header, waivers: [{ ...waiver, expires: '2027-01-01' }] },
    };
    const result = mergeLedgers(
      [first, other].map((ledger, index) => ({
        folder: `${index}`,
        ledger: { state: 'complete', ...ledger },
      })),
    );
    assert.match('mistake' in result ? result.mistake : '', /other waivers/);
  });
});

describe('reports of a run with waivers', () => {
  const text = (ledger: Ledger) => summary(ledger, contract, { color: false, reports: [] });
  const used = ledgerOf([broken()], [waiver]);
  const stale = ledgerOf([], [waiver]);
  const expired = ledgerOf([broken()], [{ ...waiver, expires: '2026-01-01' }]);
  const partial = ledgerOf([], [waiver], { planned: [id] });

  it('show a waived finding with its reason in the terminal', () => {
    const shown = text(used);
    const kept = `^CONFORMANT {2}${allIds.length - 1} scenarios kept what is documented, 1 waived \\(exit code 0\\)\n`;
    assert.match(shown, new RegExp(kept));
    assert.match(shown, /\nAPI +passed {2}failed {2}waived /);
    for (const part of [
      '~ account-info.code.000_000.message\n',
      'seen      /response/description: expected "Success.", got "Fine & <dandy>"',
      'reason    Mended with <release> 2 & ticket 4711',
      'waived    until 2026-12-31 by account team, my.yaml:3',
    ])
      assert.ok(shown.includes(part), `${part} is missing in\n${shown}`);
    for (const line of shown.split('\n')) assert.ok(columnsOf(line) <= 110, line);
  });

  it('never begin with CONFORMANT when a waiver fails the run', () => {
    assert.match(
      text(stale),
      new RegExp(
        `^WAIVERS FAIL THE RUN {2}1 stale waiver; otherwise conformant: ${allIds.length} scenarios [^(]+\\(exit\\s+code 1\\)\n`,
      ),
    );
    assert.match(
      text(stale),
      /✗ my\.yaml:3 {2}account-info\.code\.000_000\.message\n {4}nothing fits it any more/,
    );
    assert.match(
      text(expired),
      /^NONCONFORMANT {2}1 cause, 1 finding in 1 case, 1 clause violated; 1 expired waiver/,
    );
    assert.match(text(expired), /expired on 2026-01-01; its deviation shows in 1 case/);
  });

  it('say that a part of a run can not tell', () => {
    assert.match(text(partial), /^CONFORMANT /);
    assert.match(
      text(partial),
      new RegExp(
        `Waivers that this run can not decide\n {2}- account-info\\.code\\.000_000\\.message \\(my\\.yaml:3, until 2026-12-31, account team\\): nothing fitted it; 1 of ${allIds.length}\\s+cases ran`,
      ),
    );
  });

  it('fit the schemas of conformance.json and of the ledger', (t) => {
    const validator = (name: string) => {
      const schema: unknown = JSON.parse(readFileSync(path.join(root, 'reports', name), 'utf8'));
      assert.ok(typeof schema === 'object' && schema !== null);
      return new Ajv2020({ strict: true, allErrors: true }).compile(schema);
    };
    const [report, line] = [validator('conformance.schema.json'), validator('ledger.schema.json')];
    const troubled = ledgerOf([broken({ trouble: 'connection reset' })], [waiver]);
    for (const ledger of [used, stale, expired, partial, troubled]) {
      const plain: unknown = JSON.parse(JSON.stringify(conformanceReport(ledger, contract)));
      assert.ok(report(plain), JSON.stringify(report.errors));
      for (const one of [ledger.header, ...ledger.cases, ledger.footer])
        assert.ok(line(JSON.parse(JSON.stringify(one))), JSON.stringify(line.errors));
      const file = path.join(scratch(t), 'ledger.jsonl');
      writeLedger(file, ledger);
      assert.equal(readLedger(file).state, 'complete');
      assert.deepEqual(readLedger(file).header?.waivers, ledger.header.waivers);
    }
    assert.ok(!line({ ...used.header, waivers: [{ ...waiver, observed: {} }] }));
    assert.ok(!line({ ...used.header, waivers: [{ ...waiver, owner: undefined }] }));
  });

  it('tell programs which waiver covers which finding, and how each stands', () => {
    const { exitCode, waivers, findings, counts } = conformanceReport(used, contract);
    assert.deepEqual(
      [exitCode, counts.waived, findings[0]?.outcome, findings[0]?.waiver],
      [0, 1, 'waived', 0],
    );
    assert.deepEqual(findings[0]?.answered, answered);
    assert.deepEqual(waivers, [
      { ...waiver, api: 'account-info', state: 'used', why: '', findings: 1, cases: [id] },
    ]);
    const other = conformanceReport(stale, contract);
    assert.deepEqual([other.verdict, other.exitCode, other.waivers[0]?.state], ['conformant', 1, 'stale']);
  });

  it('count a waived clause as neither kept nor broken', () => {
    const standings = new Map(
      clauseCoverage(used, contract, new Map()).map(({ clause, standing }) => [clause.id, standing]),
    );
    assert.equal(standings.get(waiver.clause), 'waived');
    assert.notEqual(standings.get('account-info.scenario.succeeded'), 'violates');
  });

  it('pass a waived case in JUnit and say why; a waiver that fails the run is a failure', () => {
    const xml = junitXml(used, contract);
    assert.match(
      xml,
      new RegExp(`<testsuites [^>]*tests="${allIds.length}" failures="0" errors="0" skipped="0"`),
    );
    assert.match(
      xml,
      /<testcase name="account-info\/succeeded"[^>]*>\n<system-out>waived until 2026-12-31 \(account team\): Mended with &lt;release&gt; 2 &amp; ticket 4711\n/,
    );
    const failing = junitXml(stale, contract);
    assert.match(
      failing,
      new RegExp(`<testsuites [^>]*tests="${allIds.length + 1}" failures="1" errors="0"`),
    );
    assert.match(
      failing,
      /<testcase name="waiver my\.yaml:3" [^>]*>\n<failure message="[^"]*nothing fits it any more[^"]*" type="waiver-stale">/,
    );
  });

  it('hide secrets in what a waiver says', () => {
    const redactor = createRedactor({ secrets: ['planted-secret', '9999876543210987'] });
    const [hidden] = redactWaivers(
      [{ ...waiver, reason: 'the key planted-secret', owner: '9999 8765 4321 0987' }],
      redactor,
    );
    assert.deepEqual([hidden?.reason, hidden?.owner], ['the key [hidden]', '[hidden]']);
    const place = { ...waiver, observed: { place: '/planted-secret' } };
    assert.deepEqual(redactWaivers([place], redactor)[0]?.observed, { place: '/[hidden]' });
  });

  it('give Allure one text for findings that are alike, and none without', () => {
    const record = waiveRecord(broken({ findings: [...broken().findings, ...broken().findings] }), [waiver]);
    const { data }: { data: { labels: readonly { value: string }[] } } = JSON.parse(
      waivedAttachment(record, [waiver])?.body ?? '',
    );
    assert.equal(data.labels.length, 1);
    assert.match(
      data.labels[0]?.value ?? '',
      /\*\*Waived\*\* until 2026-12-31, account team: Mended with \\<release\\> 2/,
    );
    assert.equal(waivedAttachment(broken(), [waiver]), undefined);
  });
});
