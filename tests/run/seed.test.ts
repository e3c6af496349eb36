import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readPlan } from '../../src/run/plan.ts';

const seedOf = (env: NodeJS.ProcessEnv) => readPlan({ KONAPLATE_ENV_FILE: '', ...env }).settings.seed;

it('is the same for all shards of a run, which have its id in common', () =>
  assert.equal(seedOf({ KONAPLATE_RUN_ID: '4711' }), seedOf({ KONAPLATE_RUN_ID: '4711' })));

it('is another one for another run', () => {
  assert.notEqual(seedOf({ KONAPLATE_RUN_ID: '4711' }), seedOf({ KONAPLATE_RUN_ID: '4712' }));
  assert.notEqual(seedOf({}), seedOf({}));
});

it('is the one that was given', () =>
  assert.equal(seedOf({ KONAPLATE_RUN_ID: '4711', KONAPLATE_SEED: '5' }), 5));
