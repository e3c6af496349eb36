import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assessFault } from '../../mutation/assess.ts';
import { type Fixture, openFixture } from '../../mutation/fixture.ts';
import { tryOne } from '../../mutation/try.ts';
import { allFaults } from '../../sandbox/faults/catalogue.ts';
import type { Fault } from '../../sandbox/faults/fault.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { loadContract, namedFolders } from '../../src/contract/load.ts';
import { casesByClause } from '../../src/contract/tested-by.ts';
import { change, documentsWith } from '../documents/copy.ts';
import { assertRefused } from '../documents/refused.ts';

// Orders that wait and are done or cancelled: three APIs and a workflow that the project has never heard of, by YAML alone.

const ids = ['order-place', 'order-state', 'order-cancel'] as const;
describe('a workflow that is YAML alone', () => {
  let fixture: Fixture;
  const cleaning: (() => void)[] = [];
  before(async () => {
    const documents = documentsWith('orders', {
      after: (clean) => void cleaning.push(clean),
    });
    // Every case conforms to the embedded target, or this throws.
    fixture = await openFixture(1, { documents, apis: ids });
  });
  after(() => {
    for (const clean of cleaning) clean();
  });

  it('is a case that tests every promise over time', () => {
    const tests = casesByClause(fixture.contract, fixture.cases);
    const promised = [...fixture.contract.clauses.values()].filter(
      ({ api, subject }) => subject === 'behaviour' && ids.some((id) => id === api),
    );
    assert.equal(promised.length, 6);
    for (const { id } of promised) assert.deepEqual(tests.get(id), ['order-place/workflow/orders'], id);
  });

  it('finds every fault that its promises give a reason for, by name and without noise', async () => {
    const faults = allFaults(fixture.contract).filter((fault) =>
      fault.apis.every((api) => ids.some((id) => id === api)),
    );
    const overTime = faults.filter(({ family }) => family === 'over time');
    const broken = new Set(overTime.flatMap(({ breaks }) => breaks));
    for (const { id, api, subject } of fixture.contract.clauses.values()) {
      if (subject === 'behaviour' && ids.some((one) => one === api)) assert.ok(broken.has(id), id);
    }
    // Promises over time are judged in workflows and scenarios. Other faults do as they do without a workflow: one of each
    // family, with all cases; one that takes the workflow's requests along if there is any.
    const told = fixture.cases.filter(({ kind }) => kind === 'workflow' || kind === 'scenario');
    const takesAlong = ({ breaks }: Fault) => breaks.some((id) => broken.has(id));
    const overall = new Map(
      [...faults.filter((one) => !takesAlong(one)), ...faults.filter(takesAlong)].map((one) => [
        one.family,
        one,
      ]),
    );
    const trials = [
      ...overTime.map((fault) => ({ fault, cases: told })),
      ...[...overall.values()].map((fault) => ({ fault, cases: fixture.cases })),
    ];
    const wrong: string[] = [];
    for (const { fault, cases } of trials) {
      const trial = await tryOne({ ...fixture, cases }, { kind: 'fault', id: fault.id });
      const { caught, noise } = assessFault(fault, trial, fixture.contract);
      if (!caught || noise.length > 0) wrong.push(`${fault.id}: ${caught ? noise.join(', ') : 'missed'}`);
    }
    assert.deepEqual(wrong, []);
  });
});

describe('a document of workflows that does not fit', () => {
  const places: readonly (readonly [what: string, from: string, to: string, says: RegExp])[] = [
    [
      'an unknown operation',
      'operationId: order-state, id: /orderNo, status',
      'operationId: order-stat, id: /orderNo, status',
      /no operationId "order-stat"/,
    ],
    [
      'an unknown field',
      'owner: /memberNo, id',
      'owner: /member, id',
      /no field \/member in the request of order-place/,
    ],
    ['an unknown code', 'unknown: "912_001"', 'unknown: "912_002"', /no code 912_002 for order-state/],
    ['an unknown status', 'next: [PACKED, CANCELLED]', 'next: [PACKT, CANCELLED]', /no status "PACKT"/],
    [
      'an unknown clause',
      'end: order-state.behaviour.is-done',
      'end: order-state.behaviour.is-over',
      /no clause "order-state\.behaviour\.is-over"/,
    ],
    ['an unknown input', 'value: $inputs.member }', 'value: $inputs.membre }', /no input "membre"/],
    ['an unknown step', '$steps.place.outputs.number', '$steps.plaza.outputs.number', /no step "plaza"/],
    [
      'no condition',
      '$response.body#/orderNo != null',
      '$response.body#/orderNo !',
      /expected something else|ends too soon/,
    ],
    [
      'an unknown key',
      'x-processes:',
      'x-process:',
      /unknown key "x-process"; did you mean "x-processes"\?|unknown key "x-process"/,
    ],
  ];
  for (const [what, from, to, says] of places) {
    it(`${what} is told with its place`, (context) => {
      const folder = documentsWith('orders', context);
      change(folder, 'specs/workflows/orders.yaml', from, to);
      const place = 'specs/workflows/orders\\.yaml:\\d+:\\d+';
      assertRefused(folder, new RegExp(`^${place}: .*(?:${says.source})`, 'm'));
    });
  }
});

it('the embedded target starts with it', async (context) => {
  const contract = loadContract(namedFolders(documentsWith('orders', context)));
  const sandbox = await startSandbox({ contract });
  await sandbox.close();
});
