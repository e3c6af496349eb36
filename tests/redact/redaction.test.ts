import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Api } from '../../src/contract/model.ts';
import { type JsonValue, parseJson } from '../../src/json/json.ts';
import type { ShownExchange } from '../../src/record/record.ts';
import { maskJson, maskValue, sensitiveNames, sensitiveValues } from '../../src/redact/mask.ts';
import { pseudonymsBy } from '../../src/redact/pseudonym.ts';
import { redactRecord } from '../../src/redact/redact-record.ts';
import { createRedactor, type Redactor } from '../../src/redact/redactor.ts';
import { type DisclosedExchange, sensitiveIn, shownExchange } from '../../src/redact/shown-exchange.ts';
import { exchangeAttachment } from '../../src/report/allure/allure.ts';
import { conformanceReport } from '../../src/report/render/conformance.ts';
import { failureMessage } from '../../src/report/render/failure.ts';
import { junitXml } from '../../src/report/render/junit.ts';
import { summary } from '../../src/report/render/summary.ts';
import { brokenRecord, contract, sampleLedger } from '../report/samples.ts';

const names = sensitiveNames(contract);
const noPseudonym = () => assert.fail('no id');
const pseudonym = pseudonymsBy(Buffer.from('a key'));

/** As a case discloses its exchange: by one who knows what is in it. */
function disclosed(given: DisclosedExchange, redactor: Redactor): ShownExchange {
  return shownExchange(given, redactor.with(sensitiveIn(given)));
}

function apiOf(id: string): Api {
  const api = contract.apis.find((one) => one.id === id);
  assert.ok(api);
  return api;
}

test('a card number keeps its first 6 and last 4 digits from 13 digits on, everything else its length', () => {
  assert.equal(maskValue('1234567890123456', 'card-number', noPseudonym), '123456••••••3456');
  assert.equal(maskValue('1234 5678 9012 3456', 'card-number', noPseudonym), '123456••••••3456');
  assert.equal(maskValue('1234567890123', 'card-number', noPseudonym), '123456•••0123');
  assert.equal(maskValue('123456789012', 'card-number', noPseudonym), '[hidden, 12 characters]');
  assert.equal(maskValue('1234567890123456', 'secret', noPseudonym), '[hidden, 16 characters]');
  assert.equal(maskValue(7, 'secret', noPseudonym), '[hidden, 1 digit]');
});

test('a value is masked by schema wherever its field may stand, and by name anywhere else', () => {
  const api = apiOf('linkable-cards');
  const schemas = api.responses.map(({ body }) => body.schema);
  const answer = parseJson(
    '{"issuedCardList":[{"digital":{"cardNo":"9410123412341234","par":"Q1PAR","mobileCardCVC":123,"serviceId":"S"}}],' +
      '"extra":{"mobile_card_cvc":"777","CardNo":{"raw":[9410999912341234]},"birthdate":null},"userId":9999999999999999999}',
  );
  const shown = maskJson(answer, schemas, { names, text: (text) => text, pseudonym });
  assert.deepEqual(shown, {
    issuedCardList: [
      {
        digital: {
          cardNo: '941012••••••1234',
          par: '[hidden, 5 characters]',
          mobileCardCVC: '[hidden, 3 digits]',
          serviceId: 'S',
        },
      },
    ],
    extra: {
      mobile_card_cvc: '[hidden, 3 characters]',
      CardNo: { raw: ['941099••••••1234'] },
      birthdate: null,
    },
    userId: pseudonym('9999999999999999999'),
  });
  assert.deepEqual(sensitiveValues(answer, schemas), [
    { text: '9410123412341234', sensitivity: 'card-number' },
    { text: 'Q1PAR', sensitivity: 'secret' },
    { text: '123', sensitivity: 'secret' },
  ]);
});

test('a known secret is found in other spellings of it; one of 5 characters only as a word of an answer', () => {
  const secret = 'pa/ss "wörd"+1';
  const redactor = createRedactor({ secrets: [secret, '12345'] });
  for (const written of [
    secret,
    secret.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase()),
    JSON.stringify(secret),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(`user:${secret}`).toString('base64'),
    Buffer.from(`ab:${secret}!`).toString('base64url'),
    Buffer.from(secret).toString('hex'),
  ]) {
    const shown = redactor.text(`before ${written} after`);
    assert.match(shown, /^before .*\[hidden\].* after$/, written);
    assert.ok(shown.length < `before ${written} after`.length, shown);
  }
  assert.equal(redactor.text('code 12345'), 'code 12345');
  assert.equal(redactor.answer('code 12345, not 123456'), 'code [hidden], not 123456');
  assert.equal(createRedactor({ secrets: ['12'] }).answer('12 of 12'), '12 of 12');
  assert.equal(createRedactor({ secrets: ['9410123412341234'] }).text('9410 1234-1234 1234'), '[hidden]');
});

const planted = {
  aspId: 'ASPPLANTED00001',
  accessKey: 'ACCESSKEYPLANTED00000000000000000000000X',
  secretKey: 'secretKeyPlanted+/=0123456789',
  cryptoKeyId: 'CRYPTOKEYPLANTED0000000000000000',
  token: 'KMV1:20260102030405678:UGxhbnRlZFRva2VuUGxhbnRlZFRva2VuUGxhbnRlZFQ=',
  physicalCardNo: '9410777766665555',
  physicalCardExpDate: '2913',
  physicalCardCVC: '817',
  userName: 'Planted Holder-Name',
  bankAccount: '110777888999',
  birthDate: '19770707',
  mobileCard: '9410222233334444',
  par: 'Q1PLANTEDPAR000000000000000',
  cookie: 'session=PLANTEDCOOKIE',
};

const echoes = Object.values(planted).join(' | ');
const jwe = `${Buffer.from('{"alg":"RSA-OAEP-256","enc":"A128GCM"}').toString('base64url')}.a1.b2.c3.d4`;

/** The same values as a target might give them back: where they belong, and everywhere else. */
const answers: Readonly<Record<string, string>> = {
  json: JSON.stringify({
    response: { code: '003_011', description: `Bad request: ${echoes}` },
    issuedCardList: [
      { digital: { cardNo: planted.mobileCard, par: planted.par, mobileCardCVC: planted.physicalCardCVC } },
    ],
    [planted.accessKey]: true,
    debug: { request: JSON.stringify(planted), nested: [[planted.userName]], number: 19770707, echo: echoes },
    encData: jwe,
  }),
  html: `<html><pre>${echoes}</pre><b title="${encodeURIComponent(planted.secretKey)}">${planted.physicalCardNo.replace(/(.{4})/g, '$1 ')}</b>
    <cardNo>9410888877776666</cardNo> mobileCardCVC=913&amp; {\\"par\\":\\"UNKNOWNPAR\\"} ${Buffer.from(echoes).toString('base64')}</html>`,
  form: new URLSearchParams({ ...planted, cardNo: '9410888877776666' }).toString(),
};

/** What must never be found; of the answer's own card number nothing but its ends may be shown. */
const forbidden = [...Object.values(planted), '9410888877776666', 'UNKNOWNPAR', '=913', 'PLANTEDCOOKIE', jwe];

for (const [kind, body] of Object.entries(answers)) {
  for (const apiId of ['linkable-cards', 'ars-register']) {
    test(`nothing planted is found in any output: ${kind} answer of ${apiId}`, () => {
      const request: JsonValue =
        apiId === 'linkable-cards'
          ? {
              userId: 12345,
              physicalCardNo: planted.physicalCardNo,
              physicalCardExpDate: planted.physicalCardExpDate,
              physicalCardCVC: planted.physicalCardCVC,
            }
          : { userName: planted.userName, bankAccount: planted.bankAccount, birthDate: planted.birthDate };
      const others = contract.apis.flatMap(
        ({
          request: {
            body: { schema },
          },
        }) => sensitiveValues({ ...planted }, [schema]),
      );
      const redactor = createRedactor({
        secrets: [planted.aspId, planted.accessKey, planted.secretKey, planted.cryptoKeyId],
        values: others,
        names,
      });
      const shown = disclosed(
        {
          exchange: {
            request: {
              method: 'POST',
              url: `https://user:${planted.secretKey}@target.example/x?key=${planted.accessKey}`,
              headers: [
                ['X-KM-User-AspId', planted.aspId],
                ['x-km-access-key', planted.accessKey],
                ['X-KM-Crypto-Key-Id', planted.cryptoKeyId],
                ['X-KM-Tran-Token', planted.token],
                ['Cookie', planted.cookie],
                ['Accept', 'application/json'],
              ],
              body: Buffer.from(JSON.stringify({ encData: jwe })),
            },
            outcome: {
              ok: true,
              response: {
                status: 400,
                headers: [
                  ['Set-Cookie', planted.cookie],
                  ['X-Echo', echoes],
                  ['X-KM-Access-Key', planted.accessKey],
                  [
                    'Location',
                    `/?t=${encodeURIComponent(planted.token)}&n=${encodeURIComponent(planted.userName)}`,
                  ],
                ],
                body: Buffer.from(body),
              },
            },
            startedAt: 0,
            duration: 1,
          },
          api: apiOf(apiId),
          contract,
          requestPlaintext: request,
          responsePlaintext: { physicalCardNo: planted.mobileCard, par: planted.par },
        },
        redactor,
      );
      // The judge quotes what a target said.
      const echoed = brokenRecord('linkable-cards/invalid-card', { exchanges: [shown] });
      const record = redactRecord(
        {
          ...echoed,
          reason: `got ${echoesKnown(apiId)}`,
          findings: echoed.findings.map((finding) => ({ ...finding, actual: echoesKnown(apiId) })),
        },
        redactor.with({ values: sensitiveValues(request, [apiOf(apiId).request.body.schema]) }),
      );
      const ledger = sampleLedger([record]);
      const all = [
        JSON.stringify(ledger),
        JSON.stringify(conformanceReport(ledger, contract)),
        junitXml(ledger, contract),
        summary(ledger, contract, { color: false, reports: [] }),
        failureMessage(record, contract),
        exchangeAttachment(shown).body,
      ].join('\n');
      for (const value of forbidden)
        assert.ok(!all.includes(value), `${value} was found: …${around(all, value)}…`);
      assert.ok(all.includes('<JWE RSA-OAEP-256 A128GCM, '), 'a message is told by its header and length');
      assert.ok(all.includes('application/json'), 'what is not sensitive is still shown');
    });
  }
}

/** A message echoing what the suite itself sent or knows; what only an answer has is masked in its exchange. */
function echoesKnown(apiId: string): string {
  const own =
    apiId === 'linkable-cards'
      ? [planted.physicalCardNo, planted.physicalCardExpDate, planted.physicalCardCVC]
      : [planted.userName, planted.bankAccount, planted.birthDate];
  return [planted.aspId, planted.accessKey, planted.secretKey, planted.token, ...own].join(' | ');
}

function around(all: string, value: string): string {
  const at = all.indexOf(value);
  return all.slice(Math.max(0, at - 60), at + value.length + 20);
}

test('a text body is cut, and never through a secret', () => {
  const secret = 'a-secret-at-the-edge';
  const body = `${'x'.repeat(2048 - 10)}${secret}${'y'.repeat(5000)}`;
  const shown = disclosed(
    {
      exchange: {
        request: { method: 'POST', url: 'http://t.example/', headers: [], body: new Uint8Array() },
        outcome: { ok: true, response: { status: 200, headers: [], body: Buffer.from(body) } },
        startedAt: 0,
        duration: 1,
      },
      api: apiOf('ars-inquiry'),
      contract,
    },
    createRedactor({ secrets: [secret] }),
  );
  assert.ok(!shown.response?.body.includes('a-sec'), shown.response?.body.slice(-80));
  assert.match(shown.response?.body ?? '', /… \(cut, 7058 bytes in all\)$/);
});
