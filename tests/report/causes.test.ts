import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clauseId } from '../../src/contract/clauses.ts';
import type { Finding } from '../../src/judge/finding.ts';
import type { CaseRecord } from '../../src/record/record.ts';
import { brokenBy, brokenText, causesOf } from '../../src/report/causes.ts';
import { clauseCoverage } from '../../src/report/coverage.ts';
import { messageForm } from '../../src/report/message-form.ts';
import { allIds, contract, sampleLedger, sampleRecord } from './samples.ts';

function finding(check: Finding['check'], clause: string, different: Partial<Finding> = {}): Finding {
  const answered = { status: 200, code: '000_000' };
  const outcome = 'violates';
  return { check, clause, outcome, place: '/a', expected: 'one', actual: 'another', answered, ...different };
}

/** A record of a scenario with these findings. */
function broken(id: string, findings: readonly Finding[], different: Partial<CaseRecord> = {}): CaseRecord {
  const [first] = findings;
  return sampleRecord(id, {
    outcome: first?.outcome ?? 'conforms',
    findings,
    kept: [],
    ...(first?.answered && { answered: first.answered }),
    ...different,
  });
}

/** The record of a case that changes a field of a request. */
function changed(id: string, different: Partial<CaseRecord>): CaseRecord {
  const [api = ''] = id.split('/');
  const of = contract.apis.find((one) => one.id === api);
  const control = of?.scenarios.find(({ status }) => status < 300);
  return {
    ...sampleRecord(control?.id ?? ''),
    id,
    kind: 'request',
    clauses: [],
    kept: [],
    ...different,
  };
}

const idsOf = (records: readonly CaseRecord[]) => causesOf(records, contract).map(({ id }) => id);
const header = 'X-KM-Correlation-Id';
const expectedOf = (id: string) => {
  const { api, expected } = sampleRecord(id);
  if (typeof expected === 'string') throw new Error('a scenario has a documented outcome');
  return { api, ...expected };
};

describe('findings have one cause', () => {
  it('when the same header is wrong in the same way, whatever the API', () => {
    const records = allIds.map((id) =>
      broken(id, [
        finding('header.presence', clauseId.responseHeader(expectedOf(id).api, header, 'presence'), {
          place: `header ${header}`,
          expected: 'a value',
          actual: 'missing',
        }),
      ]),
    );
    const causes = causesOf(records, contract);
    assert.equal(causes.length, 1);
    const [cause] = causes;
    assert.equal(cause?.id, `header-missing.${header}`);
    assert.equal(cause?.sentence, `The response header ${header} is missing.`);
    assert.equal(cause?.mend, `Send the header ${header} with every answer.`);
    assert.deepEqual(
      [cause?.answers, cause?.blocks, cause?.cases.length, cause?.apis.length],
      [allIds.length, allIds.length, allIds.length, contract.apis.length],
    );
    assert.ok((cause?.source[0]?.quote ?? '') !== '');
  });

  it('and two when it is wrong in two ways', () => {
    const of = (aspect: 'presence' | 'length') =>
      finding('header.length', clauseId.responseHeader('account-info', header, aspect));
    assert.equal(idsOf([broken('account-info/succeeded', [of('presence'), of('length')])]).length, 2);
  });

  it('when messages differ in the same way, and not when in another', () => {
    const message = (id: string, actual: string) => {
      const { api, code } = expectedOf(id);
      return broken(id, [finding('message', clauseId.code(api, code, 'message'), { actual })]);
    };
    const success = message('account-info/succeeded', '"Success"'.slice(0, 5).concat('"'));
    assert.deepEqual(idsOf([success, message('ars-inquiry/succeeded', '"Suc"')]), ['message.cut']);
    assert.deepEqual(idsOf([success, message('ars-inquiry/succeeded', '""')]).length, 2);
  });

  it('when another code comes in place of a documented one, with all that wants it and got the same', () => {
    const id = 'account-info/succeeded';
    const { api, code } = expectedOf(id);
    const answered = { status: 400, code: '999_999' };
    const records = [
      broken(id, [finding('code.value', clauseId.code(api, code, 'code'), { answered })]),
      changed(`${api}/request/userId/null`, { outcome: 'not-exercised', reason: 'its control failed' }),
      changed(`${api}/workflow/one`, {
        kind: 'workflow',
        outcome: 'violates',
        findings: [
          finding('workflow.record-shown', clauseId.behaviour(api, 'shows-registered-account'), { answered }),
        ],
      }),
    ];
    const [cause, ...others] = causesOf(records, contract);
    assert.deepEqual(others, []);
    assert.equal(cause?.id, 'wrong-code.999_999');
    assert.equal(cause?.clauses[0], clauseId.code(api, code, 'code'));
    assert.equal(cause?.findings.length, 2);
    // With the case that could not be tried for it.
    assert.equal(cause?.blocks, 3);
    const elsewhere = changed(`${api}/request/userId/no-digits`, {
      kept: [clauseId.code(api, code, 'code')],
    });
    assert.equal(causesOf([...records, elsewhere], contract).length, 2, 'the code comes elsewhere');
  });

  it('when a limit is not looked at, with the prepared request that breaks it', () => {
    const api = 'account-delete';
    const scenario = contract.apis
      .find(({ id }) => id === api)
      ?.scenarios.find(({ status }) => status >= 300);
    const code = scenario?.code ?? '';
    const unchecked = (path: string) =>
      changed(`${api}/request/${path}`, {
        outcome: 'violates',
        findings: [
          finding(
            'rejection.outcome-of-control',
            clauseId.requestField(api, 'userId', path.includes('small') ? 'range' : 'type'),
          ),
        ],
      });
    const taken = broken(scenario?.id ?? '', [finding('code.value', clauseId.code(api, code, 'code'))]);
    const checked = changed(`${api}/request/userId/null`, {
      clauses: [clauseId.requestField(api, 'userId', 'type')],
      answered: { status: 400, code },
    });
    assert.deepEqual(idsOf([taken, unchecked('userId/too-small'), checked]), ['taken.userId.range']);
    // Of two limits nobody knows which one the prepared request has passed.
    assert.equal(
      idsOf([taken, unchecked('userId/too-small'), unchecked('userId/fraction'), checked]).length,
      3,
    );
    // Where nothing is looked at, it is the code that never comes.
    assert.equal(idsOf([taken, unchecked('userId/too-small'), unchecked('userId/fraction')]).length, 1);
  });
});

describe('causes', () => {
  const api = 'account-info';
  const field = (name: string, different: Partial<Finding> = {}) =>
    finding('body.type', clauseId.responseField(api, name, 'type'), different);

  it('are told by how many cases they keep from passing, broken promises first', () => {
    const [one = '', two = '', three = ''] = allIds;
    const warned = field('a', { outcome: 'warns' });
    const records = [
      broken(one, [warned]),
      broken(two, [field('b'), warned]),
      broken(three, [field('c'), field('b'), warned]),
    ];
    assert.deepEqual(
      causesOf(records, contract).map(({ outcome, blocks }) => [outcome, blocks]),
      [
        ['violates', 2],
        ['violates', 1],
        ['warns', 0],
      ],
    );
  });

  it('have every finding once, and count what counts against the target alone', () => {
    const records = [
      broken('account-info/succeeded', [field('a'), field('b', { outcome: 'waived' })]),
      broken('ars-inquiry/succeeded', [field('a'), field('c', { outcome: 'warns' })]),
    ];
    const causes = causesOf(records, contract);
    const found = causes.flatMap(({ findings }) => findings.map(({ finding: one }) => one));
    assert.equal(found.length, 4);
    assert.deepEqual(new Set(found), new Set(records.flatMap(({ findings }) => findings)));
    assert.equal(brokenText(brokenBy(causes)), '1 cause, 2 findings in 2 cases, 1 clause violated');
  });

  it('violate as many clauses as the tables count', () => {
    const of = (id: string, aspect: 'code' | 'status' | 'message') => {
      const { api: own, code } = expectedOf(id);
      return finding(aspect === 'code' ? 'code.value' : aspect, clauseId.code(own, code, aspect));
    };
    const ledger = sampleLedger([
      broken('account-info/succeeded', [of('account-info/succeeded', 'code')]),
      broken('ars-inquiry/succeeded', [
        of('ars-inquiry/succeeded', 'status'),
        of('ars-inquiry/succeeded', 'message'),
      ]),
      broken('account-delete/succeeded', [{ ...of('account-delete/succeeded', 'code'), outcome: 'waived' }]),
    ]);
    const counted = clauseCoverage(ledger, contract, new Map()).filter(
      ({ standing }) => standing === 'violates',
    );
    const { clauses } = brokenBy(causesOf(ledger.cases, contract));
    assert.deepEqual([counted.length, clauses], [5, 5]);
  });

  it('are none where the suite itself failed', () => {
    assert.deepEqual(
      idsOf([broken('account-info/succeeded', [field('a')], { outcome: 'harness-error' })]),
      [],
    );
  });

  it('have ids that a shell takes as they are, whatever a target has sent', () => {
    const nasty = [
      field('a[].b c'),
      finding('body.scenario', clauseId.scenario('account-info/succeeded'), { place: '/$(id)/`x`' }),
      finding('message', clauseId.code(api, '000_000', 'message'), { actual: '"; rm -rf / #"' }),
      finding('path', 'no-such.clause.$HOME'),
    ];
    for (const id of idsOf([broken('account-info/succeeded', nasty)])) assert.match(id, /^[\w.-]+$/);
  });
});

it('the form of a message is how it differs from the documented one', () => {
  const form = (actual: string) => messageForm(['Invalid account.'], actual)[0];
  assert.deepEqual(
    ['missing', '""', '"Invalid acc"', '"invalid account"', '"잘못된 계좌"', '"Bad account."'].map(form),
    ['missing', 'empty', 'cut', 'spelling', 'language', 'text'],
  );
});
