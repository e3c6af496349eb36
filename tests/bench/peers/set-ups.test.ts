import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { comparisonRows, familyRows, peerLine } from '../../../bench/peers/comparison.ts';
import { blueprint, dredd, expectations } from '../../../bench/peers/dredd.ts';
import { type Given, makeGiven } from '../../../bench/peers/given.ts';
import { OptionError, readOptions } from '../../../bench/peers/options.ts';
import { keyOf } from '../../../bench/peers/pass.ts';
import { portmanConfig } from '../../../bench/peers/portman-config.ts';
import { openStage, type Stage } from '../../../bench/peers/stage.ts';
import { StandIns } from '../../../bench/peers/stand-ins.ts';
import { workflow } from '../../../bench/peers/stepci.ts';
import { chosenFaults, targetsOf } from '../../../bench/peers/targets.ts';
import { allFaults } from '../../../sandbox/faults/catalogue.ts';
import { families } from '../../../sandbox/faults/fault.ts';
import { parseJson, stringifyJson } from '../../../src/json/json.ts';
import { root } from '../../../src/run/settings.ts';

let stage: Stage;
let given: Given;
before(async () => {
  stage = await openStage();
  given = makeGiven(stage.contract, stage.profile, stage.prefix);
});

describe('what the peers are given', () => {
  test('Step CI: a step for each request, bodies as text with every digit', () => {
    const tests = JSON.parse(stringifyJson(workflow(given))).tests;
    const steps = Object.values(tests).flatMap((one) => Object(one).steps);
    assert.equal(steps.length, given.requests.length);
    const info = steps.find(({ name }) => name === 'account-info/succeeded');
    assert.equal(info.http.body, '{"userId":9876543210123456789}');
    assert.equal(info.http.check.status, 200);
    assert.equal(
      info.http.check.schema.type !== undefined || info.http.check.schema.allOf !== undefined,
      true,
    );
  });

  test('Dredd: a pair for each request, each known to the hooks', () => {
    const text = blueprint(given);
    assert.equal(text.match(/^\+ Request/gm)?.length, given.requests.length);
    assert.equal(text.match(/^\+ Response/gm)?.length, given.requests.length);
    assert.match(text, /^ {12}\{"userId":9876543210123456789\}$/m);
    assert.equal(Object.keys(expectations(given)).length, given.requests.length);
  });

  test('Portman: a variation for each scenario, fuzzing and the chain for every operation', () => {
    const config = JSON.parse(stringifyJson(portmanConfig(given, new StandIns())));
    const text = JSON.stringify(config.tests.variationTests);
    for (const { id, kind } of given.requests) {
      if (kind === 'scenario') assert.ok(text.includes(`"name":"${id}"`), id);
    }
    assert.equal(text.match(/"name":"fuzzing"/g)?.length, stage.contract.apis.length);
    assert.equal(config.tests.integrationTests[0].operations.length, 4);
  });
});

test('stand-ins are integers that JavaScript does not round, one for each number that it would', () => {
  const standIns = new StandIns();
  const made = standIns.of({
    a: 9876543210123456789n,
    b: [9876543210123456790n, 12],
    c: 9876543210123456789n,
  });
  const text = stringifyJson(made);
  assert.equal(stringifyJson(parseJson(JSON.stringify(JSON.parse(text)))), text);
  const back = standIns.replacements.reduce(
    (all, { searchFor, replaceWith }) => all.replaceAll(String(searchFor), String(replaceWith)),
    text,
  );
  assert.equal(back, '{"a":9876543210123456789,"b":[9876543210123456790,12],"c":9876543210123456789}');
});

describe('the faults that are taken', () => {
  test('are all with 1, and some of each family otherwise, always the same', () => {
    assert.deepEqual(chosenFaults(stage.contract, 1), allFaults(stage.contract));
    const some = chosenFaults(stage.contract, 6);
    assert.ok(some.length >= 120 && some.length < 200, String(some.length));
    assert.deepEqual(new Set(some.map(({ family }) => family)), new Set(families));
    assert.deepEqual(chosenFaults(stage.contract, 6), some);
    assert.deepEqual(
      new Set(chosenFaults(stage.contract, 1000).map(({ family }) => family)),
      new Set(families),
    );
  });
});

describe('the comparison', () => {
  test('counts as caught what fails beyond the baseline, and as false alarm what a variant does', () => {
    const faults = chosenFaults(stage.contract, 1).slice(0, 2);
    const targets = targetsOf(stage.contract, faults);
    const [caught] = targets.filter(({ kind }) => kind === 'fault');
    const [variant] = targets.filter(({ kind }) => kind === 'variant');
    assert.ok(caught && variant);
    const line = peerLine(
      dredd,
      {
        baseline: ['known'],
        failures: new Map([
          [keyOf(caught), ['a']],
          [keyOf(variant), ['b']],
        ]),
        duration: 2000,
      },
      targets,
      { duration: 500, exitCodes: [0] },
    );
    assert.deepEqual(line.caught, [caught.id]);
    assert.equal(line.missed.length, 1);
    assert.deepEqual(Object.keys(line.falseAlarms), [variant.id]);
    assert.deepEqual(comparisonRows([line], { faults: 2, variants: 46 })[1], [
      'Dredd 14.1.0',
      '1 of 2',
      '1 of 46',
      '1',
      '2 s',
      '0.5 s',
    ]);
    assert.equal(familyRows([line], faults).at(-1)?.at(-1), '1');
  });
});

describe('the command line', () => {
  test('takes what there is and refuses the rest', () => {
    assert.equal(readOptions(['--all'])?.every, 1);
    assert.deepEqual(readOptions(['--peer', 'prism', '--every', '9'])?.peers, ['prism']);
    assert.equal(readOptions(['--help']), undefined);
    for (const args of [['--every', '0'], ['--peer', 'nobody'], ['--what']]) {
      assert.throws(() => readOptions(args), OptionError);
    }
  });
});

test('nothing below bench/peers imports a package: it would be that of a peer', () => {
  const folder = path.join(root, 'bench/peers');
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.ts'))) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    for (const [, from] of text.matchAll(/(?:from|import) '([^']+)'/g)) {
      assert.match(from ?? '', /^(node:|\.)/, `${name} imports ${from}`);
    }
  }
});
