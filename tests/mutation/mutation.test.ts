import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { affectedCases } from '../../mutation/affected.ts';
import { assessFault, assessVariant } from '../../mutation/assess.ts';
import { removeEachCheck } from '../../mutation/check-removal.ts';
import { openFixture, openTools, runAgainst } from '../../mutation/fixture.ts';
import { mutationTestPage } from '../../mutation/page.ts';
import { exitCodeOf, mutationTestResult } from '../../mutation/result.ts';
import { mutationTestText } from '../../mutation/table.ts';
import type { Trial, TrialFinding } from '../../mutation/trial.ts';
import { tryOne } from '../../mutation/try.ts';
import { findFault } from '../../sandbox/faults/catalogue.ts';
import { findVariant } from '../../sandbox/variants/catalogue.ts';
import { checkIds } from '../../src/judge/check.ts';

const fixture = await openFixture(1);
const { contract, cases } = fixture;

const caught = [
  'ars-register.behaviour.one-at-a-time/second-accepted',
  'ars-inquiry.code.002_016.message/cut',
  'account-info.response.userId.echo/rounded',
  'account-delete.behaviour.account-is-gone/does-nothing',
  'account-delete.request.header.X-KM-Tran-Token.guard/body-not-covered',
  'linkable-cards.response.issuedCardList[].digital.par.presence/missing-in-second-element',
  'linkable-cards.request.encryption/tag-not-checked',
];

describe('a mutation test', () => {
  for (const id of caught) {
    it(`catches ${id} by name and without noise`, async () => {
      const fault = findFault(id, contract);
      const result = assessFault(fault, await tryOne(fixture, { kind: 'fault', id }), contract);
      assert.equal(result.caught, true);
      assert.deepEqual(result.noise, []);
      assert.deepEqual([result.causes, result.firstNames], [1, true]);
    });
  }

  it('passes variants with every case', async () => {
    for (const id of ['status-in-digital']) {
      const trial = await tryOne(fixture, { kind: 'variant', id });
      assert.equal(trial.ran, cases.length);
      assert.deepEqual(assessVariant(findVariant(id, contract), trial).trouble, []);
    }
  });

  it('does not try what there is not', async () => {
    await assert.rejects(tryOne(fixture, { kind: 'variant', id: 'chunkd' }), /did you mean "chunked"/);
  });
});

const echo = findFault('account-info.response.userId.echo/rounded', contract);

function finding(clause: string, outcome: TrialFinding['outcome'] = 'violates'): TrialFinding {
  return {
    check: 'body.echo',
    clause,
    outcome,
    place: '/userId',
    expected: 'one',
    actual: 'other',
    case: 'a/case',
  };
}

function trialOf(findings: readonly TrialFinding[], unjudged: Trial['unjudged'] = []): Trial {
  return { kind: 'fault', id: echo.id, ran: 1, causes: [], findings, unjudged, duration: 1 };
}

describe('a fault is', () => {
  const assess = (trial: Trial) => {
    const { caught: isCaught, noise } = assessFault(echo, trial, contract);
    return { caught: isCaught, noise: noise.length };
  };
  const own = 'account-info.response.userId.echo';

  it('caught by a finding that names one of its clauses', () => {
    assert.deepEqual(assess(trialOf([finding(own)])), { caught: true, noise: 0 });
  });

  it('missed when nothing is found, or only a warning', () => {
    assert.deepEqual(assess(trialOf([])), { caught: false, noise: 0 });
    assert.deepEqual(assess(trialOf([finding(own, 'warns')])), { caught: false, noise: 0 });
  });

  it('noisy when another clause is named, and not caught by that', () => {
    const other = finding('account-info.response.userId.type');
    assert.deepEqual(assess(trialOf([other])), { caught: false, noise: 1 });
    assert.deepEqual(assess(trialOf([finding(own), other])), { caught: true, noise: 1 });
  });

  it('noisy when the suite itself fails, not when a control no longer holds', () => {
    const left = (outcome: 'harness-error' | 'not-exercised') => [{ case: 'a/case', outcome, reason: 'why' }];
    assert.deepEqual(assess(trialOf([finding(own)], left('harness-error'))), { caught: true, noise: 1 });
    assert.deepEqual(assess(trialOf([finding(own)], left('not-exercised'))), { caught: true, noise: 0 });
  });

  it('caught by a warning where the clause is no more than a SHOULD', () => {
    const manners = findFault('ars-inquiry.robustness.graceful/server-version', contract);
    const trial = trialOf([finding('ars-inquiry.robustness.graceful', 'warns')]);
    assert.equal(assessFault(manners, trial, contract).caught, true);
  });
});

it('a variant fails by a violation and by a case without a judgement, not by a warning', () => {
  const variant = findVariant('chunked', contract);
  const trouble = (trial: Trial) => assessVariant(variant, trial).trouble.length;
  assert.equal(trouble(trialOf([finding('ars-inquiry.robustness.graceful', 'warns')])), 0);
  assert.equal(trouble(trialOf([finding('ars-inquiry.operation.path')])), 1);
  assert.equal(trouble(trialOf([], [{ case: 'a/case', outcome: 'target-error', reason: 'why' }])), 1);
});

describe('the cases that a fault can affect', () => {
  const apisOf = async (id: string) => {
    const affected = await affectedCases(fixture, findFault(id, contract));
    return { ids: affected.map((one) => one.id), apis: [...new Set(affected.map(({ api }) => api.id))] };
  };

  it('are those in which it would change a step: its API’s successes, and those over time', async () => {
    const { apis, ids } = await apisOf('account-info.response.userId.echo/rounded');
    assert.deepEqual(apis.toSorted(), ['account-info', 'ars-register']);
    assert.ok(ids.includes('account-info/succeeded'));
    assert.ok(ids.includes('ars-register/workflow/registered-account'));
    assert.ok(!ids.includes('account-info/request/userId/null'));
  });

  it('are the one in which a check left out would have stopped the request', async () => {
    const { ids } = await apisOf('linkable-cards.request.physicalCardCVC.length/too-long');
    assert.deepEqual(ids, ['linkable-cards/request/physicalCardCVC/of-4-characters']);
    const tag = await apisOf('linkable-cards.request.encryption/tag-not-checked');
    assert.deepEqual(tag.ids, [
      'linkable-cards/encryption/altered-tag',
      'linkable-cards/encryption/altered-header',
    ]);
  });

  it('are all of its API when it remembers', async () => {
    const { ids } = await apisOf('linkable-cards.code.000_000.message/one-in-five');
    const all = cases.filter(({ api }) => api.id === 'linkable-cards');
    assert.equal(ids.length, all.length);
  });

  it('are those of all APIs with the same state, when it may write another one', async () => {
    const { apis } = await apisOf('account-delete.behaviour.account-is-gone/does-nothing');
    assert.deepEqual(apis.toSorted(), ['account-delete', 'account-info', 'ars-inquiry', 'ars-register']);
  });

  it('are there with --api too, when it is part of a workflow that another API starts', async () => {
    const { cases: chosen } = await openTools(1, { apis: ['account-delete'] });
    const others = chosen.filter(({ api }) => api.id !== 'account-delete').map(({ id }) => id);
    assert.deepEqual(others, ['ars-register/workflow/registered-account']);
    const overTime = findFault('account-delete.behaviour.account-is-gone/does-nothing', contract);
    const affected = await affectedCases({ ...fixture, cases: chosen }, overTime);
    assert.ok(affected.some(({ kind }) => kind === 'workflow'));
  });

  it('come out like all cases together', async () => {
    for (const id of ['ars-inquiry.code.002_014.message/cut', 'linkable-cards.request.userId.type/string']) {
      const fault = findFault(id, contract);
      const { findings } = await tryOne(fixture, { kind: 'fault', id });
      const records = await runAgainst(fixture, cases, { deviation: fault.deviation(), apis: fault.apis });
      const all = records.flatMap((record) => record.findings.map(({ clause }) => `${record.id} ${clause}`));
      assert.deepEqual(
        findings.map((one) => `${one.case} ${one.clause}`),
        all,
      );
    }
  });
});

describe('the result', () => {
  const none = { reasonFor: () => undefined, staleFor: () => [] };
  const resultOf = (trial: Trial) =>
    mutationTestResult({
      contract,
      cases,
      faults: [echo],
      variants: [],
      trials: [trial],
      whole: false,
      reasons: { idle: none, unbroken: none },
      run: { seed: 1, duration: 1, processes: 1 },
    });

  it('is 0 when all is caught and clean, 1 otherwise', () => {
    assert.equal(exitCodeOf(resultOf(trialOf([finding('account-info.response.userId.echo')]))), 0);
    assert.equal(exitCodeOf(resultOf(trialOf([]))), 1);
    assert.equal(
      exitCodeOf(
        resultOf(
          trialOf([finding('account-info.response.userId.echo'), finding('account-info.operation.path')]),
        ),
      ),
      1,
    );
  });

  it('tells how many caught faults have one cause, and of how many the first names what is broken', () => {
    const own = 'account-info.response.userId.echo';
    const cause = (clause: string, outcome: 'violates' | 'warns' = 'violates') => ({
      id: clause,
      clauses: [clause, 'another'],
      outcome,
    });
    const told = (...causes: Trial['causes']) => {
      const result = resultOf({ ...trialOf([finding(own)]), causes });
      const { oneCause, firstNames } = result.counts;
      const code = exitCodeOf({ ...result, whole: true, idle: [], stale: [] });
      return { figures: [oneCause, firstNames], code, text: mutationTestText(result) };
    };
    const good = told(cause(own), cause('x', 'warns'));
    assert.deepEqual([good.figures, good.code], [[1, 1], 0]);
    assert.match(good.text, /^caught faults with exactly one cause: 1 of 1, 100\.0 % \(goal 95 %\)$/m);
    const two = told(cause('x'), cause(own));
    assert.deepEqual([two.figures, two.code], [[0, 0], 1]);
    assert.match(two.text, /^ {2}2 causes: account-info\.response\.userId\.echo\/rounded$/m);
    assert.match(two.text, /^caught faults whose first cause names [^:]*: 0 of 1, 0\.0 % \(goal 99 %\):$/m);
  });

  it('is told on the terminal and as a page that asks nothing of the network', () => {
    const result = resultOf(trialOf([finding('account-info.response.userId.type')]));
    assert.match(mutationTestText(result), /missed {2}account-info\.response\.userId\.echo\/rounded/);
    assert.match(mutationTestText(result), /noisy {3}account-info\.response\.userId\.echo\/rounded/);
    const page = mutationTestPage(result);
    assert.match(page, /The suite has gaps/);
    assert.doesNotMatch(page, /<script|<link|<img|url\(|https?:/);
  });

  it('tells what would be missed without a check', () => {
    const table = removeEachCheck(
      [echo],
      [trialOf([finding('account-info.response.userId.echo')])],
      contract,
    );
    const missed = table.filter((one) => one.missed.length > 0).map(({ check }) => check);
    assert.deepEqual(missed, ['body.echo']);
    assert.equal(table.length, checkIds.length);
  });
});
