import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Case } from '../../src/cases/case.ts';
import { fieldCases } from '../../src/cases/field-cases.ts';
import type { PreparedData } from '../../src/cases/prepared.ts';
import { clausesOf } from '../../src/contract/clauses.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import type { Api } from '../../src/contract/model.ts';
import type { Schema } from '../../src/contract/schema.ts';
import { unbreakable } from '../../src/contract/unbreakable.ts';
import { buildRequest } from '../../src/engine/request.ts';
import { checkBody, checkMutation } from '../../src/engine/self-check.ts';
import { type JsonValue, stringifyJson } from '../../src/json/json.ts';
import { fc, runs, seed } from '../property.ts';
import { loadOtherProfile } from '../run/other-profile.ts';
import { arbitraryRequests } from './arbitrary-request.ts';
import { broken } from './validator.ts';

const contract = loadContract(contractFolders(`${import.meta.dirname}/../..`));
const [borrowed] = contract.apis;
assert.ok(borrowed);
const page: Api = borrowed;
const [control] = page.scenarios;
assert.ok(control);
const scenario = control;

const profile = loadOtherProfile();
const moment = { date: new Date('2026-01-02T03:04:05.678Z'), random: () => 0.5 };

function apiWith(schema: Schema): Api {
  return {
    ...page,
    id: 'invented',
    request: { headers: [], body: { encrypted: false, schema, facts: undefined } },
  };
}

function casesOf(api: Api, data: Partial<PreparedData>, seed = 1): readonly Case[] {
  const prepared = { testData: new Map(), notTestable: new Map(), acceptsOnlyPreparedData: false, ...data };
  return fieldCases({ contract, api, prepared, control: scenario, seed });
}

const prepare = (body: JsonValue) => new Map([[scenario.id, body]]);

/** The place that a case declares to change. */
function placeOf({ plan }: Case): string | undefined {
  const [part] = (plan.ready && plan.mutation?.breaks) || [];
  return part === undefined ? undefined : part.replace('member ', '');
}

/** Two bodies with what stands at a place taken out of both. */
function apart(one: JsonValue, another: JsonValue, place: string): readonly string[] {
  const keys = place.split('/').slice(1);
  return [one, another].map((body) => stringifyJson(without(body, keys)));
}

function without(body: JsonValue, [key = '', ...rest]: readonly string[]): JsonValue {
  if (Array.isArray(body)) {
    return body.map((item, index) =>
      String(index) !== key ? item : rest.length === 0 ? '' : without(item, rest),
    );
  }
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => {
      if (name !== key) return [[name, value]];
      return rest.length === 0 ? [] : [[name, without(value, rest)]];
    }),
  );
}

/** `invented.request.list[].name.length` for `/list/0/name length`. */
function clauseOf(aspectAt: string): string {
  const [pointer = '', aspect = ''] = aspectAt.split(' ');
  const path = pointer
    .slice(1)
    .replaceAll(/\/\d+(?=\/|$)/g, '[]')
    .replaceAll('/', '.');
  return `invented.request.${path}.${aspect}`;
}

/** What is made of one request: with a prepared body, without any, and for a target that takes nothing else. */
interface Made {
  readonly api: Api;
  readonly body: JsonValue;
  readonly cases: readonly Case[];
  readonly unprepared: readonly Case[];
  readonly careful: readonly Case[];
}

const made = new Map<string, Made>();

function madeOf(schema: Schema, body: JsonValue): Made {
  const key = fc.stringify([schema, body]);
  const known = made.get(key);
  if (known) return known;
  const api = apiWith(schema);
  const found: Made = {
    api,
    body,
    cases: casesOf(api, { testData: prepare(body) }),
    unprepared: casesOf(api, {}),
    careful: casesOf(api, { testData: prepare(body), acceptsOnlyPreparedData: true }, 7),
  };
  made.set(key, found);
  return found;
}

const checks: Readonly<Record<string, (made: Made) => void | Promise<void>>> = {
  'a case differs from its control in the declared place, and breaks there what it declares and nothing else':
    async ({ api, body, cases }) => {
      const { schema } = api.request.body;
      for (const one of cases) {
        const { plan, expectation, id } = one;
        if (!plan.ready) continue;
        const from = plan.control ?? body;
        assert.deepEqual(broken(schema, from), [], `${id}: its control`);
        const place = placeOf(one);
        const found = broken(schema, plan.body);
        if (place === undefined) assert.equal(stringifyJson(plan.body), stringifyJson(from), id);
        else {
          const [before, after] = apart(from, plan.body, place);
          assert.equal(after, before, id);
          assert.notEqual(stringifyJson(plan.body), stringifyJson(from), id);
          assert.ok(
            found.every((at) => at.startsWith(`${place} `)),
            `${id}: ${found.join()}`,
          );
        }
        const declared = expectation.kind === 'rejected' ? one.clauses : [];
        assert.deepEqual(found.map(clauseOf).toSorted(), declared.toSorted(), id);
        if (expectation.kind === 'rejected') assert.equal(expectation.clause, declared[0]);
        // And the suite itself finds the same.
        checkBody(one, plan.body, prepare(body));
        const built = await buildRequest(api, profile, plan.body, moment, plan.mutation);
        checkMutation(id, from, built, plan.mutation, profile);
      }
    },

  'every clause of every field has a case or a reason, and none has both': ({ api, cases }) => {
    const tested = new Set(cases.flatMap(({ clauses }) => clauses));
    const reasons = unbreakable(api);
    const ids = clausesOf(api).flatMap(({ subject, id }) => (subject === 'request' ? [id] : []));
    for (const id of ids) {
      assert.notEqual(tested.has(id), reasons.has(id), `${id}: ${reasons.get(id) ?? 'no reason'}`);
    }
    assert.deepEqual(
      [...tested, ...reasons.keys()].filter((id) => !ids.includes(id)),
      [],
    );
  },

  'the ids are unique, and the same whatever is prepared and whatever the seed': ({
    cases,
    unprepared,
    careful,
  }) => {
    const idsOf = (list: readonly Case[]) => list.map(({ id }) => id);
    assert.equal(new Set(idsOf(cases)).size, cases.length);
    assert.deepEqual(idsOf(unprepared), idsOf(cases));
    assert.deepEqual(idsOf(careful), idsOf(cases));
  },

  'a case can be sent, save where a condition decides over more than one field': ({ cases }) => {
    for (const { plan, id } of cases) {
      const reason = /^the request would break a limit at \S+\/(?:kind|card) as well$/;
      if (!plan.ready) assert.match(plan.reason, reason, id);
    }
  },

  'a target of prepared data alone gets no other valid request, as a control neither': ({ careful }) => {
    for (const { plan, expectation, id } of careful) {
      if (plan.ready) assert.ok(plan.control === undefined && expectation.kind !== 'understood', id);
      else assert.ok(plan.acknowledged, id);
    }
  },
};

for (const [what, check] of Object.entries(checks)) {
  test(what, async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryRequests(page.page.number), async ({ schema, body }) => {
        const one = madeOf(schema, body);
        count += one.cases.length;
        await check(one);
      }),
      { ...runs(40), seed, includeErrorInReport: true },
    );
    assert.ok(count > 1000, `${count} cases`);
  });
}
