import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CaseRecord } from '../../src/record/record.ts';
import { type ClauseCoverage, clauseCoverage, countClauses } from '../../src/report/coverage.ts';
import { codeGrid } from '../../src/report/grid.ts';
import type { Ledger } from '../../src/report/ledger/ledger.ts';
import { conformanceReport } from '../../src/report/render/conformance.ts';
import { allIds, brokenRecord, contract, sampleHeader, sampleLedger, sampleRecord } from './samples.ts';

const id = 'account-info/succeeded';
const message = 'account-info.code.000_000.message';
const scenario = 'account-info.scenario.succeeded';
const limit = 'account-info.request.userId.range';

/** A case that breaks a limit of a request. */
function requestRecord(different: Partial<CaseRecord>): CaseRecord {
  return {
    ...sampleRecord(id),
    id: 'account-info/request/userId/too-large',
    kind: 'request',
    expected: 'a rejection',
    clauses: [limit],
    kept: [limit],
    ...different,
  };
}

function ledgerOf(records: readonly CaseRecord[], all = records.length): Pick<Ledger, 'header' | 'cases'> {
  return { header: sampleHeader({ cases: { planned: records.length, all } }), cases: records };
}

function of(
  clause: string,
  records: readonly CaseRecord[],
  {
    all,
    untested = {},
  }: { readonly all?: number; readonly untested?: Readonly<Record<string, string>> } = {},
): ClauseCoverage {
  const found = clauseCoverage(ledgerOf(records, all), contract, new Map(Object.entries(untested))).find(
    (one) => one.clause.id === clause,
  );
  assert.ok(found, `${clause} is a clause`);
  return found;
}

function finding(clause: string, outcome: 'violates' | 'warns' | 'waived') {
  return {
    check: 'rejection.outcome-of-control',
    clause,
    outcome,
    place: '/userId',
    expected: 'a rejection',
    actual: '200 000_000',
  } as const;
}

describe('coverage of a clause', () => {
  it('conforms when a case kept it, and violates as soon as one case broke it', () => {
    const kept = requestRecord({});
    const broken = requestRecord({
      id: 'account-info/request/userId/too-small',
      outcome: 'violates',
      findings: [finding(limit, 'violates')],
      kept: [],
    });
    assert.deepEqual(
      [of(limit, [kept]).standing, of(limit, [kept]).kept, of(limit, [kept]).broken],
      ['conforms', 1, 0],
    );
    for (const records of [
      [kept, broken],
      [broken, kept],
    ]) {
      const { standing, kept: keptIn, broken: brokenIn, reason } = of(limit, records);
      assert.deepEqual([standing, keptIn, brokenIn, reason], ['violates', 1, 1, '']);
    }
  });

  it('tells a broken SHOULD and a waived finding apart, the worst counting', () => {
    const with_ = (...outcomes: readonly ('violates' | 'warns' | 'waived')[]) =>
      of(
        limit,
        outcomes.map((outcome, index) =>
          requestRecord({
            id: `account-info/request/${index}`,
            outcome,
            findings: [finding(limit, outcome)],
            kept: [],
          }),
        ),
      ).standing;
    assert.equal(with_('waived'), 'waived');
    assert.equal(with_('waived', 'warns'), 'warns');
    assert.equal(with_('warns', 'violates', 'waived'), 'violates');
  });

  it('counts two findings of one case once', () => {
    const record = requestRecord({
      outcome: 'violates',
      findings: [finding(limit, 'violates'), finding(limit, 'violates')],
      kept: [],
    });
    assert.equal(of(limit, [record]).broken, 1);
  });

  it('takes no evidence from a case in which the suite itself failed', () => {
    const record = requestRecord({
      outcome: 'harness-error',
      reason: 'a bug',
      findings: [finding(limit, 'violates')],
    });
    const { standing, gap, reason } = of(limit, [record]);
    assert.deepEqual([standing, gap], ['not-exercised', 'no-answer']);
    assert.match(reason, /too-large \(a bug\)$/);
  });

  it('is not testable when every case that names it came to that, and not when one got no answer', () => {
    const without = requestRecord({ outcome: 'not-testable', reason: 'no data', kept: [] });
    const unanswered = requestRecord({
      id: 'account-info/request/x',
      outcome: 'target-error',
      reason: 'refused',
      kept: [],
    });
    assert.deepEqual(
      [of(limit, [without]).standing, of(limit, [without]).reason],
      ['not-testable', `${without.id} (no data)`],
    );
    const mixed = of(limit, [without, unanswered]);
    assert.deepEqual([mixed.standing, mixed.gap], ['not-exercised', 'no-answer']);
    assert.equal(of(limit, [without, requestRecord({ id: 'account-info/request/y' })]).standing, 'conforms');
  });

  it('says why nothing showed it', () => {
    const gap = (records: readonly CaseRecord[], all?: number) =>
      of(limit, records, all === undefined ? {} : { all }).gap;
    const other = sampleRecord(id);
    assert.equal(gap([other]), 'no-case');
    assert.equal(gap([other], 2), 'not-chosen');
    assert.equal(gap([requestRecord({ outcome: 'target-error', kept: [] })]), 'no-answer');
    assert.equal(
      gap([requestRecord({ outcome: 'not-exercised', reason: 'its control did not pass', kept: [] })]),
      'not-reached',
    );
    assert.equal(gap([requestRecord({ outcome: 'setup-error', kept: [] })]), 'not-reached');
    assert.equal(
      gap([requestRecord({ outcome: 'violates', findings: [finding(message, 'violates')], kept: [] })]),
      'not-reached',
    );
    assert.equal(gap([requestRecord({ kept: [] })]), 'not-shown');
    const control = of(limit, [
      requestRecord({ outcome: 'not-exercised', reason: 'its control did not pass', kept: [] }),
    ]);
    assert.match(control.reason, /its control did not pass/);
  });

  it('is untested by a written reason, until there is evidence', () => {
    const untested = { [limit]: 'out of reach for a client' };
    assert.deepEqual(
      [
        of(limit, [sampleRecord(id)], { untested }).standing,
        of(limit, [sampleRecord(id)], { untested }).reason,
      ],
      ['untested', 'out of reach for a client'],
    );
    assert.equal(of(limit, [requestRecord({})], { untested }).standing, 'conforms');
  });

  it('of a scenario stands as the code and status of its answer do, whatever else that showed', () => {
    const row = `${scenario.split('.')[0]}.code.${sampleRecord(id).kept[0]?.split('.')[2]}`;
    const broken = (clause: string, outcome: 'violates' | 'warns' | 'waived') =>
      of(scenario, [sampleRecord(id, { outcome, findings: [finding(clause, outcome)], kept: [] })]);
    assert.equal(of(scenario, [sampleRecord(id)]).standing, 'conforms');
    assert.equal(broken(`${row}.code`, 'violates').standing, 'violates');
    assert.equal(broken(`${row}.status`, 'waived').standing, 'waived');
    assert.equal(broken(scenario, 'violates').standing, 'violates');
    assert.equal(broken(`${row}.message`, 'violates').gap, 'not-reached');
    assert.equal(
      of(scenario, [brokenRecord(id, { kept: [`${row}.code`, `${row}.status`] })]).standing,
      'conforms',
    );
    assert.equal(
      of(scenario, [sampleRecord(id, { outcome: 'not-testable', kept: [] })]).standing,
      'not-testable',
    );
    assert.equal(of(scenario, [sampleRecord(id, { outcome: 'target-error', kept: [] })]).gap, 'no-answer');
    assert.equal(
      of(scenario, [requestRecord({ outcome: 'violates', findings: [finding(limit, 'violates')] })]).gap,
      'no-case',
    );
  });

  it('of a field says that no answer had it, when a success was judged, and is there when one had it', () => {
    const field = 'linkable-cards.response.issuedCardList[].digital.cardNo.length';
    const success = 'linkable-cards/succeeded';
    assert.equal(of(field, [sampleRecord(success)]).gap, 'not-shown');
    assert.equal(of(field, [sampleRecord(success, { kept: [field] })]).standing, 'conforms');
    assert.equal(of(field, [sampleRecord('linkable-cards/invalid-card')]).gap, 'no-case');
    assert.equal(
      of(field, [sampleRecord(success, { outcome: 'not-testable', kept: [] })]).standing,
      'not-testable',
    );
  });

  it('of an enum shows the documented values that came, and no other text', () => {
    const clause = 'ars-inquiry.response.status.enum';
    const seen = [{ clause, values: ['ARS_AUTH_DONE', 'ARS_AUTH_IN_PROGRESS', 'something else'] }];
    const { values } = of(clause, [sampleRecord('ars-inquiry/succeeded', { seen, kept: [clause] })]);
    assert.equal(values?.documented.length, 5);
    assert.deepEqual(values?.seen, ['ARS_AUTH_IN_PROGRESS', 'ARS_AUTH_DONE']);
    assert.deepEqual(of(clause, [sampleRecord('ars-inquiry/succeeded')]).values?.seen, []);
    assert.equal(of(message, [sampleRecord(id)]).values, undefined);
  });

  it('counts each clause of an API once', () => {
    const coverage = clauseCoverage(sampleLedger(), contract, new Map());
    for (const { api, counts } of countClauses(coverage, contract)) {
      const all = [...contract.clauses.values()].filter((clause) => clause.api === api.id).length;
      assert.equal(
        Object.values(counts).reduce((a, b) => a + b, 0),
        all,
        api.id,
      );
    }
  });
});

describe('grid API × code × scenario', () => {
  const row = (records: readonly CaseRecord[], scenarioId = id) =>
    codeGrid({ cases: records }, contract).find((one) => one.scenario === scenarioId);

  it('has every scenario once, and what was not chosen is neither tested nor observed', () => {
    const grid = codeGrid({ cases: [] }, contract);
    assert.deepEqual(grid.map(({ scenario: one }) => one).sort(), [...allIds].sort());
    assert.ok(grid.every(({ documented, tested, observed }) => documented && !tested && !observed));
  });

  it('is observed when status and code came, and not when the status was another', () => {
    assert.deepEqual(row([sampleRecord(id)]), {
      api: 'account-info',
      status: 200,
      code: '000_000',
      scenario: id,
      documented: true,
      tested: true,
      observed: true,
      standing: 'passed',
      cases: 1,
    });
    const other = row([brokenRecord(id, { answered: { status: 201, code: '000_000' } })]);
    assert.deepEqual([other?.tested, other?.observed, other?.standing], [true, false, 'failed']);
    const codeOnly = row([sampleRecord(id, { kept: ['account-info.code.000_000.code'] })]);
    assert.equal(codeOnly?.observed, false);
    const unanswered = row([sampleRecord(id, { outcome: 'target-error', kept: [] })]);
    assert.deepEqual([unanswered?.tested, unanswered?.observed], [false, false]);
  });

  it('names what came and no page has, once with the number of its cases', () => {
    const undocumented = codeGrid(
      {
        cases: [
          sampleRecord(id, { answered: { status: 200, code: '000_000' } }),
          requestRecord({ answered: { status: 400, code: '001_003' } }),
          requestRecord({ id: 'account-info/request/x', answered: { status: 400, code: '001_003' } }),
          requestRecord({ id: 'account-info/request/y', answered: { status: 415 } }),
        ],
      },
      contract,
    ).filter(({ documented }) => !documented);
    assert.deepEqual(
      undocumented.map(({ api, status, code, scenario: one, cases }) => [api, status, code, one, cases]),
      [
        ['account-info', 400, '001_003', null, 2],
        ['account-info', 415, '', null, 1],
      ],
    );
  });
});

describe('conformance.json', () => {
  it('lists scenarios apart from all cases', () => {
    const ledger = sampleLedger();
    const report = conformanceReport({ ...ledger, cases: [...ledger.cases, requestRecord({})] }, contract);
    assert.equal(report.scenarios.length, allIds.length);
    assert.equal(report.cases.length, allIds.length + 1);
    assert.equal(report.cases.at(-1)?.kind, 'request');
  });
});
