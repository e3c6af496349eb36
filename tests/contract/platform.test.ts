import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allCases } from '../../src/cases/all-cases.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import type { Api } from '../../src/contract/model.ts';
import type { OpenedBody } from '../../src/judge/answer.ts';
import { judgeChanged } from '../../src/judge/changed.ts';
import { judgeScenario } from '../../src/judge/scenario.ts';
import { interpretationsSeen } from '../../src/report/tally.ts';
import { change, copyOfDocuments, documentsWith } from '../documents/copy.ts';
import { assertRefused } from '../documents/refused.ts';
import { sampleRecord } from '../report/samples.ts';

/** Each edit of a copy stops the run, and the message names file, line and what to do. */
const mistakes = [
  {
    name: 'an unknown header',
    from: 'X-KM-Tran-Time',
    to: 'X-KM-Time',
    says: /^specs\/platform\.yaml:\d+:\d+: no request header "X-KM-Time" in the OpenAPI document; there are X-KM-User-AspId, /m,
  },
  {
    name: 'an interpretation that the register does not have',
    from: 'envelope.top-level',
    to: 'envelope.top',
    says: /^specs\/platform\.yaml:\d+:\d+: no interpretation "top" of an ambiguity "envelope" in specs\/ambiguities\.yaml/m,
  },
  {
    name: 'an ambiguity of some APIs alone',
    from: 'code-for-a-stranger.own',
    to: 'member-id-1-to-19.value',
    says: /^specs\/platform\.yaml:\d+:\d+: "member-id-1-to-19" concerns account-info alone .* take its apis out/m,
  },
  {
    name: 'a page that is not there',
    from: '"003": 181',
    to: '"007": 181',
    says: /^specs\/platform\.yaml:\d+:\d+: no page 007 in specs\/pages\.yaml/m,
  },
  {
    name: 'a code from nowhere',
    from: 'code: "000_015"\n    origin: guide',
    to: 'code: "000_015"',
    says: /^specs\/platform\.yaml:\d+:\d+: \/codes\/wrongLength lacks "(?:source|origin)"/m,
  },
  {
    name: 'an algorithm that is not at hand',
    from: 'algorithm: HMAC-SHA256',
    to: 'algorithm: HMAC-MD5',
    says: /^specs\/platform\.yaml:\d+:\d+: \/token\/algorithm is "HMAC-MD5", expected HMAC-SHA256/m,
  },
  {
    name: 'another member than the one that the bodies have',
    from: 'member: encData',
    to: 'member: sealed',
    says: /^openapi\/konaplate\.yaml:\d+:\d+: x-encrypted is true: expected a property sealed/m,
  },
] as const;

for (const { name, from, to, says } of mistakes) {
  test(`${name} stops the run with file, line and hint`, (context) => {
    const copy = copyOfDocuments(context);
    change(copy, 'specs/platform.yaml', from, to);
    assertRefused(copy, says);
  });
}

test('what all pages share is part of the digest', (context) => {
  const copy = copyOfDocuments(context);
  const before = loadContract(contractFolders(copy)).digest;
  change(copy, 'specs/platform.yaml', 'prefix: KMV1', 'prefix: KMV2');
  assert.notEqual(loadContract(contractFolders(copy)).digest, before);
});

test('what every page leaves open, a new API leaves open too: cases, judge and report', (context) => {
  const copy = documentsWith('parcel-search', context);
  const contract = loadContract(contractFolders(copy));
  const api = contract.apis.find(({ id }) => id === 'parcel-search');
  assert.ok(api);

  const data = { testData: new Map(), notTestable: new Map(), acceptsOnlyPreparedData: false };
  const told = allCases(contract, data, 1)
    .filter((one) => one.api === api)
    .flatMap(({ expectation: one }) => (one.kind === 'observed' ? [one.accepted, one.rejected] : []));
  assert.deepEqual([...new Set(told)].sort(), [
    'code-for-a-stranger.bad-value',
    'code-for-a-stranger.own',
    'crypto-key-id-presence.always-optional',
    'crypto-key-id-presence.with-encrypted-bodies',
    'empty-optional-field.left-out',
    'empty-optional-field.limited',
    'letters-of-a-number.any',
    'letters-of-a-number.limited',
    'tran-token-length.padded',
    'tran-token-length.unpadded',
  ]);

  const nested = { response: { code: '000_000', description: 'Success.' }, depot: 'D1' };
  const flat = { code: '000_000', message: 'Success.', depot: 'D1' };
  assert.deepEqual(shownBy(api, { form: 'plain', value: nested }), [
    'encryption-of-unmarked-answers.plain',
    'envelope.response-object',
  ]);
  assert.deepEqual(shownBy(api, { form: 'plain', value: flat }), [
    'encryption-of-unmarked-answers.plain',
    'envelope.top-level',
  ]);
  const outer = { encData: 'a.b.c.d.e' };
  assert.deepEqual(shownBy(api, { form: 'encrypted', outer, value: nested, enc: 'A256GCM' }), [
    'encryption-of-unmarked-answers.encrypted',
    'envelope-of-encrypted-answers.inside',
    'envelope.response-object',
    'message-encryption.a256gcm',
  ]);

  // A general code refuses a bad value, though the page does not list it.
  assert.deepEqual(outcomeOf(api, '000_003'), ['conforms', ['code-of-a-bad-header.http-400']]);
  assert.equal(outcomeOf(api, '000_000')[0], 'violates');

  const record = { ...sampleRecord('account-info/succeeded'), interpretations: ['envelope.top-level'] };
  assert.deepEqual(
    interpretationsSeen([{ ...record, id: 'parcel-search/found', api: api.id }], contract).map(
      ({ ambiguity, interpretation }) => `${ambiguity}.${interpretation}`,
    ),
    ['envelope.top-level'],
  );
});

/** The interpretations that an answer to the prepared request shows; it must conform. */
function shownBy(api: Api, opened: OpenedBody): readonly string[] {
  const [scenario] = api.scenarios;
  assert.ok(scenario);
  const judgement = judgeScenario({ api, scenario, sent: {}, opened, ...answered(200) });
  assert.deepEqual(judgement.findings, []);
  return [...judgement.interpretations].sort();
}

function outcomeOf(api: Api, code: string): readonly [string, readonly string[]] {
  const [control] = api.scenarios;
  assert.ok(control);
  const { outcome, interpretations } = judgeChanged({
    api,
    sent: {},
    expectation: {
      kind: 'rejected',
      level: 'MUST',
      clause: 'parcel-search.request.header.X-KM-Crypto-Key-Id.guard',
      codes: api.platform.badValueCodes,
      only: false,
      guard: true,
      control,
    },
    opened: { form: 'plain', value: { response: { code, description: 'A text.' } } },
    ...answered(400),
  });
  return [outcome, interpretations];
}

function answered(status: number) {
  const headers = [['Content-Type', 'application/json'] as const];
  const response = { status, headers, body: new Uint8Array() };
  return { outcome: { ok: true as const, response }, envelope: {} };
}
