import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { allCases } from '../../src/cases/all-cases.ts';
import type { Case } from '../../src/cases/case.ts';
import { brokenHeaders } from '../../src/cases/mutations/mutation.ts';
import { redactorFor } from '../../src/engine/redactor.ts';
import { buildRequest } from '../../src/engine/request.ts';
import type { CaseRecord } from '../../src/record/record.ts';
import { redactRecord } from '../../src/redact/redact-record.ts';
import { sensitiveIn, shownExchange } from '../../src/redact/shown-exchange.ts';
import { loadProfile } from '../../src/target/load.ts';
import type { Profile } from '../../src/target/profile.ts';
import type { SentRequest } from '../../src/wire/exchange.ts';
import { headerValues } from '../../src/wire/headers.ts';
import { parseTranToken, verifyTranToken } from '../../src/wire/tran-token.ts';
import { contract } from '../project.ts';
import { startOtherServer } from '../run/other-server.ts';
import { writeProfile } from '../run/suite.ts';

const { headers: HEADER, signing } = contract.platform;
const moment = { date: new Date('2026-01-02T03:04:05.678Z'), random: () => 0.5 };
const keys = {
  aspId: 'PLANTEDASPID001',
  accessKey: 'PlantedAccessKey-0123456789-0123456789-e',
  cryptoKeyId: 'plantedCryptoKeyId01234567890123',
};

const other = await startOtherServer();
await other.close();

function profileWith(context: TestContext, changes: readonly (readonly [RegExp, string])[] = []): Profile {
  const yaml = [
    [/^ {2}aspId: .*$/m, `  aspId: ${keys.aspId}`] as const,
    [/^ {2}accessKey: .*$/m, `  accessKey: ${keys.accessKey}`] as const,
    [/^ {2}cryptoKeyId: .*$/m, `  cryptoKeyId: ${keys.cryptoKeyId}`] as const,
    ...changes,
  ].reduce((text, [from, to]) => text.replace(from, to), other.profile);
  const profile = loadProfile(writeProfile(context, yaml), { env: {} });
  assert.ok(profile.kind === 'ready');
  return profile;
}

async function requestOf(one: Case, profile: Profile): Promise<SentRequest> {
  assert.ok(one.plan.ready, one.id);
  return (await buildRequest(one.api, profile, one.plan.body, moment, one.plan.mutation)).sent;
}

function caseIn(cases: readonly Case[], id: string): Case {
  const found = cases.find((one) => one.id === id);
  assert.ok(found, `no case ${id}`);
  return found;
}

/** The right request of an inquiry and that of a case, which differs from it in one header's value alone. */
async function pair(profile: Profile, name: string): Promise<readonly [right: string, changed: string]> {
  const cases = allCases(contract, profile, 1);
  const control = await requestOf(caseIn(cases, 'ars-inquiry/succeeded'), profile);
  const changed = await requestOf(caseIn(cases, `ars-inquiry/integrity/${name}`), profile);
  assert.deepEqual(changed.body, control.body);
  const differing = control.headers.flatMap(([header, value], index) => {
    const [otherHeader, otherValue = ''] = changed.headers[index] ?? [];
    assert.equal(otherHeader, header);
    return otherValue === value ? [] : [[value, otherValue] as const];
  });
  assert.equal(changed.headers.length, control.headers.length);
  assert.equal(differing.length, 1, `${differing.length} headers differ`);
  return differing[0] ?? ['', ''];
}

/** The places at which two texts of one length differ. */
function differences(one: string, another: string): readonly number[] {
  assert.equal(one.length, another.length);
  return [...one].flatMap((character, index) => (character === another[index] ? [] : [index]));
}

for (const padding of ['padded', 'unpadded'] as const) {
  const changed = async (context: TestContext, how: string) => {
    const profile = profileWith(context, [[/tokenPadding: \w+/, `tokenPadding: ${padding}`]]);
    const [right, token] = await pair(profile, `token/${how}`);
    const { secretKey } = profile.credentials;
    const { body } = await requestOf(
      caseIn(allCases(contract, profile, 1), 'ars-inquiry/succeeded'),
      profile,
    );
    assert.ok(verifyTranToken({ token: right, signing, secretKey, body }).ok);
    assert.ok(!verifyTranToken({ token, signing, secretKey, body }).ok);
    return [right, token] as const;
  };
  /** The bytes of two signatures, both well-formed. */
  const bytesOf = (tokens: readonly string[]) =>
    tokens.map((token) => {
      const parsed = parseTranToken(token, signing);
      assert.ok(parsed.ok, 'its form is right');
      assert.equal(parsed.padding, padding);
      return Buffer.from(parsed.signature);
    });

  // KMV1: and 17 digits and a colon stand before the signature.
  const start = 23;
  for (const [how, place, byte] of [
    ['altered-signature', start + 42, 31],
    ['altered-signature-start', start, 0],
  ] as const) {
    test(`${how}, ${padding}: one character, and with it one byte of the signature`, async (context) => {
      const tokens = await changed(context, how);
      assert.deepEqual(differences(...tokens), [place]);
      const [right = Buffer.of(), wrong = Buffer.of()] = bytesOf(tokens);
      assert.deepEqual(differences(right.toString('latin1'), wrong.toString('latin1')), [byte]);
    });
  }

  test(`other-case, ${padding}: the same letters, another signature of the right form`, async (context) => {
    const tokens = await changed(context, 'other-case');
    const [right, wrong] = tokens;
    assert.equal(wrong.toLowerCase(), right.toLowerCase());
    assert.equal(wrong.slice(0, start), right.slice(0, start));
    const [rightBytes, wrongBytes] = bytesOf(tokens);
    assert.notDeepEqual(rightBytes, wrongBytes);
  });

  test(`without-prefix, ${padding}: the rest is as it was`, async (context) => {
    const [right, wrong] = await changed(context, 'without-prefix');
    assert.equal(`KMV1:${wrong}`, right);
  });
}

for (const [name, key] of [
  [HEADER.aspId, keys.aspId],
  [HEADER.accessKey, keys.accessKey],
] as const) {
  test(`unknown ${name}: the known one but for its last character`, async (context) => {
    const [right, wrong] = await pair(profileWith(context), `unknown/${name}`);
    assert.equal(right, key);
    assert.deepEqual(differences(right, wrong), [right.length - 1]);
  });
}

test('unknown X-KM-Crypto-Key-Id: the known one but for its last character', async (context) => {
  const profile = profileWith(context);
  const one = caseIn(
    allCases(contract, profile, 1),
    `linkable-cards/integrity/unknown/${HEADER.cryptoKeyId}`,
  );
  const [wrong = ''] = headerValues((await requestOf(one, profile)).headers, HEADER.cryptoKeyId);
  assert.deepEqual(differences(keys.cryptoKeyId, wrong), [keys.cryptoKeyId.length - 1]);
});

test('the access key in the other case; of one without letters the case is not testable, and says so', async (context) => {
  const name = `other-case/${HEADER.accessKey}`;
  const [right, wrong] = await pair(profileWith(context), name);
  assert.notEqual(wrong, right);
  assert.equal(wrong.toLowerCase(), right.toLowerCase());

  const digits = profileWith(context, [[/^ {2}accessKey: .*$/m, `  accessKey: "${'0123456789'.repeat(4)}"`]]);
  const { plan } = caseIn(allCases(contract, digits, 1), `ars-inquiry/integrity/${name}`);
  assert.ok(!plan.ready && plan.acknowledged);
  assert.match(plan.reason, /no letters/);
});

test('no key or token that a case has changed is told, wherever a target repeats it', async (context) => {
  const profile = profileWith(context);
  const redactor = redactorFor(contract, profile);
  const cases = allCases(contract, profile, 1).filter(
    ({ plan }) => plan.ready && brokenHeaders(plan.mutation).length > 0,
  );
  assert.ok(cases.length > 100);
  for (const one of cases) {
    const request = await requestOf(one, profile);
    const secrets = [HEADER.aspId, HEADER.accessKey, HEADER.cryptoKeyId, HEADER.tranToken].flatMap((name) =>
      headerValues(request.headers, name),
    );
    const echo = secrets
      .flatMap((value) => [value, encodeURIComponent(value), Buffer.from(value).toString('hex')])
      .join(' | ');
    const exchange = {
      request,
      outcome: {
        ok: true as const,
        response: {
          status: 401,
          headers: [['X-Echo', echo] as const],
          body: Buffer.from(JSON.stringify({ response: { code: '999_999', description: echo }, echo })),
        },
      },
      startedAt: 0,
      duration: 1,
    };
    const disclosed = { exchange, api: one.api, contract };
    const shown = shownExchange(disclosed, redactor.with(sensitiveIn(disclosed)));
    const told = JSON.stringify(redactRecord({ ...recordOf(one, echo), exchanges: [shown] }, redactor));
    const signatures = headerValues(request.headers, HEADER.tranToken).flatMap((token) => {
      const signature = token.slice(token.lastIndexOf(':') + 1);
      return signature.length > 40 ? [signature] : [];
    });
    // Half of it is too much: a changed key is the real one but for one character.
    const half = (text: string) => text.slice(0, Math.ceil(text.length / 2));
    const written = Object.values(keys).flatMap((key) => [half(key), Buffer.from(half(key)).toString('hex')]);
    for (const text of [...written, ...signatures.map(half)]) {
      assert.ok(!told.toLowerCase().includes(text.toLowerCase()), `${one.id}: ${text} in ${told}`);
    }
    assert.match(told, /\[hidden/);
  }
});

/** A record in which a judge quotes what a target said. */
function recordOf(one: Case, said: string): CaseRecord {
  const clause = one.clauses[0] ?? '';
  return {
    type: 'case',
    id: one.id,
    api: one.api.id,
    kind: one.kind,
    level: one.level,
    title: one.title,
    expected: 'a refusal',
    clauses: one.clauses,
    outcome: 'violates',
    acknowledged: false,
    reason: `got ${said}`,
    findings: [
      {
        check: 'rejection.outcome-of-control',
        clause,
        outcome: 'violates',
        place: '/response',
        expected: 'a refusal',
        actual: `"${said}"`,
      },
    ],
    kept: [],
    interpretations: [],
    notes: [],
    exchanges: [],
    startedAt: moment.date.toISOString(),
    duration: 1,
  };
}
