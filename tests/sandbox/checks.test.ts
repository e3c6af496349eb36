import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { CompactEncrypt } from 'jose';
import { ownCodes } from '../../sandbox/own-codes.ts';
import { type JsonValue, parseJson } from '../../src/json/json.ts';
import { headerValues } from '../../src/wire/headers.ts';
import { encryptMessage, wrapJwe } from '../../src/wire/jwe.ts';
import { apiOf, type Change, call, contract, credentials, sandboxWith } from './client.ts';

const { headers: HEADER, encryption } = contract.platform;
const [enc] = encryption.encs;
const { alg } = encryption;
const sandbox = await sandboxWith();
const unknownNumber = { regNo: '2025010109000000000019' };
const card = {
  userId: 9804000000000000011n,
  physicalCardNo: '9999000011110011',
  physicalCardExpDate: '3112',
  physicalCardCVC: '101',
};
const passed = '002_019';

/** What becomes of an inquiry that would find nothing; anything but 002_019 means that a check stopped it. */
async function inquiry(change: Change, body: JsonValue = unknownNumber) {
  const { status, code, description } = await call(sandbox, 'ars-inquiry', body, change);
  return { status, code, description };
}

const withHeader = (name: string, value: string | readonly string[] | undefined) =>
  inquiry({ headers: { [name]: value } });

describe('HTTP', () => {
  it('knows the paths to the letter', async () => {
    const { path } = apiOf('ars-inquiry');
    assert.equal((await inquiry({ path: `${path}?x=1` })).code, passed);
    for (const other of [`${path}/`, path.toUpperCase(), '/', '/%zz', '/../etc']) {
      const { status, code } = await inquiry({ path: other });
      assert.deepEqual([status, code], [404, '900_007'], other);
    }
  });

  it('answers every method but POST with 405', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
      const { status, code, headers } = await call(sandbox, 'ars-inquiry', unknownNumber, { method });
      assert.deepEqual([status, code, headerValues(headers, 'allow')], [405, '900_008', ['POST']], method);
    }
    const head = await call(sandbox, 'ars-inquiry', unknownNumber, { method: 'HEAD' });
    assert.deepEqual([head.status, head.text], [405, '']);
  });

  it('takes a body of 1 MiB and not a byte more', async () => {
    const padded = (size: number) => {
      const start = '{"regNo":"2025010109000000000019","more":"';
      return Buffer.from(`${start}${'x'.repeat(size - start.length - 2)}"}`);
    };
    assert.equal((await inquiry({ bytes: padded(1024 * 1024) })).code, passed);
    assert.deepEqual(await inquiry({ bytes: padded(1024 * 1024 + 1) }), ownCodes.tooLarge);
  });

  it('answers what is not HTTP with the envelope too', async () => {
    const { hostname, port } = new URL(sandbox.url);
    const socket = connect(Number(port), hostname);
    socket.write('NONSENSE\r\n\r\n');
    const [head = '', body = ''] = (await textOf(socket)).split('\r\n\r\n');
    assert.match(head, /^HTTP\/1\.1 400 /);
    assert.deepEqual(parseJson(body), {
      response: { code: '900_011', description: 'The request is not valid HTTP.' },
    });
  });

  it('has no header that names the server', async () => {
    for (const change of [{}, { path: '/nowhere' }]) {
      const { headers } = await call(sandbox, 'ars-inquiry', unknownNumber, change);
      const names = headers.map(([name]) => name);
      assert.deepEqual(
        names.filter((name) => /server|powered|version/i.test(name)),
        [],
      );
      assert.ok(names.includes('X-KM-Correlation-Id'), 'written as documented');
    }
  });

  for (const [type, taken] of [
    ['application/json', true],
    ['application/json;charset=UTF-8', true],
    ['Application/JSON; charset="utf-8"', true],
    ['application/json; charset=euc-kr', false],
    ['application/jsonx', false],
    ['text/plain', false],
    ['nonsense', false],
    [undefined, false],
  ] as const) {
    it(`${taken ? 'takes' : 'refuses'} the content type ${type}`, async () => {
      assert.deepEqual(await inquiry({ headers: { 'Content-Type': type } }), {
        ...(taken
          ? { status: 400, code: passed, description: 'Not found ars bank account register error.' }
          : ownCodes.wrongContentType),
      });
    });
  }
});

describe('the request headers', () => {
  it('match whatever the case of their names', async () => {
    const aspId = { [HEADER.aspId]: undefined, [HEADER.aspId.toLowerCase()]: credentials.aspId };
    assert.equal((await inquiry({ headers: aspId })).code, passed);
  });

  for (const { name, presence } of apiOf('ars-inquiry').request.headers) {
    it(`${name} may ${presence === 'optional' ? '' : 'not '}be left out of a plain request`, async () => {
      const { status, code, description } = await withHeader(name, undefined);
      if (presence === 'optional') assert.equal(code, passed);
      else
        assert.deepEqual(
          [status, code, description],
          [400, '000_003', `Required parameter is missing. ${name}`],
        );
    });
  }

  it('X-KM-Crypto-Key-Id may not be left out of an encrypted request', async () => {
    const headers = { [HEADER.cryptoKeyId]: undefined };
    assert.equal((await call(sandbox, 'account-delete', { userId: 5 }, { headers })).code, '000_003');
    assert.equal((await call(sandbox, 'account-delete', { userId: 5 })).code, '000_000');
  });

  const { aspId, accessKey, cryptoKeyId } = credentials;
  const rows: readonly (readonly [string, string | readonly string[], number, string])[] = [
    [HEADER.aspId, `${aspId}0`, 400, '000_015'],
    [HEADER.aspId, aspId.slice(1), 400, '000_015'],
    [HEADER.aspId, oneOff(aspId), 401, '900_002'],
    [HEADER.aspId, [aspId, aspId], 400, '000_002'],
    [HEADER.aspId, '', 400, '000_003'],
    [HEADER.correlationId, '260101090000-0aF9c3E', 400, passed],
    [HEADER.correlationId, '260101090000-0aF9c3', 400, '000_015'],
    [HEADER.correlationId, '260101090000-0aF9c3Ee', 400, '000_015'],
    [HEADER.correlationId, '260101090000-0aF9c3g', 400, '000_002'],
    [HEADER.correlationId, '260229090000-0aF9c3E', 400, '000_002'],
    [HEADER.accessKey, `${accessKey}0`, 400, '000_015'],
    [HEADER.accessKey, oneOff(accessKey), 401, '900_002'],
    [HEADER.cryptoKeyId, cryptoKeyId, 400, passed],
    [HEADER.cryptoKeyId, oneOff(cryptoKeyId), 401, '900_004'],
    [HEADER.cryptoKeyId, `${cryptoKeyId}0`, 400, '000_015'],
    [HEADER.tranTime, '20240229235959', 400, passed],
    [HEADER.tranTime, '20230229235959', 400, '000_002'],
    [HEADER.tranTime, '20240229240000', 400, '000_002'],
    [HEADER.tranTime, '2024022923595', 400, '000_015'],
    [HEADER.tranTime, '2024022923595900', 400, '000_015'],
    [HEADER.timeZone, 'UTC', 400, passed],
    [HEADER.timeZone, 'KSX', 400, '000_002'],
    [HEADER.timeZone, 'KS', 400, '000_015'],
    [HEADER.timeZone, 'Asia/Seoul', 400, '000_015'],
  ];
  for (const [index, [name, value, status, code]] of rows.entries()) {
    it(`${name} is held against length, form and keys: ${index + 1} → ${code}`, async () => {
      const answer = await withHeader(name, value);
      assert.deepEqual([answer.status, answer.code], [status, code]);
    });
  }

  it('X-KM-Tran-Time of 16 characters is refused where the page says 16 as well: the assumed interpretation is 14', async () => {
    const headers = { [HEADER.tranTime]: '2024022923595900' };
    assert.equal((await call(sandbox, 'account-delete', { userId: 5 }, { headers })).code, '000_015');
  });
});

describe('the Tran-Token', () => {
  it('may be padded or not', async () => {
    assert.equal((await inquiry({ padding: 'padded' })).code, passed);
    assert.equal((await inquiry({ padding: 'unpadded' })).code, passed);
  });

  it('must be made with the key and over the very bytes', async () => {
    assert.deepEqual(await inquiry({ secretKey: oneOff(credentials.secretKey) }), ownCodes.badToken);
    const bytesSent = Buffer.from('{"regNo": "2025010109000000000019"}');
    assert.deepEqual(await inquiry({ bytesSent }), ownCodes.badToken);
    assert.equal((await inquiry({ bytes: bytesSent })).code, passed);
  });

  it('of an encrypted request is over the encData, not over the plain text', async () => {
    const bytesSent = wrapJwe(
      await encryptMessage('{"userId":5}', { publicKey: credentials.server.publicKey, alg, enc }),
      encryption,
    );
    const change = { bytes: Buffer.from('{"userId":5}'), bytesSent };
    assert.equal((await call(sandbox, 'account-delete', null, change)).code, '900_003');
    assert.equal((await call(sandbox, 'account-delete', null, { bytes: bytesSent })).code, '000_000');
  });

  it('must have its prefix and a time', async () => {
    for (const token of [
      `KMV2:20260101000000000:${'A'.repeat(43)}=`,
      `KMV1:20261301000000000:${'A'.repeat(43)}=`,
      `KMV1:2026010100000000:${'A'.repeat(43)}=`,
    ]) {
      assert.deepEqual(await withHeader(HEADER.tranToken, token), ownCodes.badToken);
    }
    assert.equal((await withHeader(HEADER.tranToken, 'KMV1')).code, '000_015');
  });

  it('is settled before the body is read', async () => {
    const change = { bytes: Buffer.from('{'), secretKey: 'another' };
    assert.deepEqual(await inquiry(change), ownCodes.badToken);
    assert.deepEqual(await inquiry({ bytes: Buffer.from('{') }), ownCodes.notJson);
  });
});

describe('the body', () => {
  const number = '"regNo":"2025010109000000000019"';
  for (const [what, bytes, taken] of [
    ['unknown fields', `{${number},"more":{"a":[1,null]}}`, true],
    ['escapes and spaces', ` {\n"reg\\u004eo" : "2025010109000000000019" } `, true],
    [
      'a lone surrogate and unusual letters',
      `{${number},"\\ud800":"\u{1F600}\u202E\u0000"}`.replace('\u0000', '\\u0000'),
      true,
    ],
    ['__proto__ as a field', `{${number},"__proto__":{"regNo":"1"}}`, true],
    ['a nesting of 199', `{${number},"a":${'['.repeat(199)}${']'.repeat(199)}}`, true],
    ['a nesting of 200', `{${number},"a":${'['.repeat(200)}${']'.repeat(200)}}`, false],
    ['a nesting of 100000', `{${number},"a":${'['.repeat(100_000)}`, false],
    ['a field twice', `{${number},${number}}`, false],
    ['a comma too many', `{${number},}`, false],
    ['a list', `[{${number}}]`, false],
    ['null', 'null', false],
    ['nothing', '', false],
    ['a byte order mark', `\uFEFF{${number}}`, false],
  ] as const) {
    it(`with ${what} is ${taken ? 'read' : 'refused'}`, async () => {
      const answer = await inquiry({ bytes: Buffer.from(bytes) });
      if (taken) assert.equal(answer.code, passed);
      else assert.deepEqual(answer, ownCodes.notJson);
    });
  }

  it('must be UTF-8', async () => {
    assert.deepEqual(await inquiry({ bytes: Buffer.from([0x7b, 0xff, 0x7d]) }), ownCodes.notJson);
  });

  it('is plain where the page does not mark it', async () => {
    const answer = await inquiry({ encrypted: true });
    assert.deepEqual([answer.code, answer.description], ['000_003', 'Required parameter is missing. regNo']);
  });

  for (const { id } of contract.apis.filter((api) => api.request.body.encrypted)) {
    it(`of ${id} is encrypted`, async () => {
      const headers = { [HEADER.cryptoKeyId]: credentials.cryptoKeyId };
      const plain = await call(
        sandbox,
        id,
        { ...card, bankAccount: '1', bankCode: '901' },
        { encrypted: false, headers },
      );
      assert.deepEqual([plain.status, plain.code], [400, '900_006']);
    });
  }

  it('may be encrypted with 128 or 256 bits, to the right key', async () => {
    const { server, client } = credentials;
    const answerTo = async (jwe: string) =>
      (await call(sandbox, 'account-delete', null, { bytes: wrapJwe(jwe, encryption) })).code;
    const text = '{"userId":5}';
    assert.equal(
      await answerTo(await encryptMessage(text, { publicKey: server.publicKey, alg, enc })),
      '000_000',
    );
    const jwe = await encryptMessage(text, { publicKey: server.publicKey, alg, enc: 'A256GCM' });
    assert.equal(await answerTo(jwe), '000_000');
    assert.equal(await answerTo(oneOff(jwe)), '900_006');
    assert.equal(
      await answerTo(await encryptMessage(text, { publicKey: client.publicKey, alg, enc })),
      '900_006',
    );
    for (const [alg, enc] of [
      ['RSA-OAEP', 'A128GCM'],
      ['RSA-OAEP-256', 'A192GCM'],
      ['RSA-OAEP-256', 'A128CBC-HS256'],
    ] as const) {
      const weak = new CompactEncrypt(Buffer.from(text)).setProtectedHeader({ alg, enc });
      assert.equal(await answerTo(await weak.encrypt(server.publicKey)), '900_006', `${alg} ${enc}`);
    }
    assert.equal(await answerTo('not.a.jwe'), '900_006');
    assert.equal(
      await answerTo(await encryptMessage('{', { publicKey: server.publicKey, alg, enc })),
      '900_005',
    );
  });
});

describe('the parameters', () => {
  const valid = {
    'ars-register': {
      userId: 5_000_001,
      bankAccount: '1',
      bankCode: '901',
      bankName: '가',
      userName: '나',
      birthDate: '20000101',
    },
    'ars-inquiry': unknownNumber,
    'account-info': { userId: 9876543210123456789n },
    'account-delete': { userId: 5 },
    'linkable-cards': card,
  } as const;
  const ok = '000_000';
  const [missing, length, bad] = ['000_003', '000_015', '000_002'];
  const rows: readonly (readonly [keyof typeof valid, string, JsonValue | undefined, string])[] = [
    ['ars-inquiry', 'regNo', 'x'.repeat(22), passed],
    ['ars-inquiry', 'regNo', '가'.repeat(22), passed],
    ['ars-inquiry', 'regNo', '\u{1F600}'.repeat(22), passed],
    ['ars-inquiry', 'regNo', 'x'.repeat(21), length],
    ['ars-inquiry', 'regNo', 'x'.repeat(23), length],
    ['ars-inquiry', 'regNo', '', length],
    ['ars-inquiry', 'regNo', undefined, missing],
    ['ars-inquiry', 'regNo', null, bad],
    ['ars-inquiry', 'regNo', 2025010109000000000019n, bad],
    ['account-info', 'userId', undefined, missing],
    ['account-info', 'userId', '9876543210123456789', bad],
    ['account-info', 'userId', 9999999999999999999n, '900_001'],
    ['account-info', 'userId', 10000000000000000000n, bad],
    ['account-delete', 'userId', 1, ok],
    ['account-delete', 'userId', 9999999999999999999n, ok],
    ['account-delete', 'userId', 0, bad],
    ['account-delete', 'userId', -1, bad],
    ['account-delete', 'userId', 10000000000000000000n, bad],
    ['account-delete', 'userId', 1.5, bad],
    ['account-delete', 'userId', '5', bad],
    ['account-delete', 'userId', undefined, bad],
    ['linkable-cards', 'userId', 10000000000000000000n, bad],
    ['linkable-cards', 'physicalCardNo', '9'.repeat(16), '003_011'],
    ['linkable-cards', 'physicalCardNo', '9'.repeat(15), bad],
    ['linkable-cards', 'physicalCardNo', '9'.repeat(17), bad],
    ['linkable-cards', 'physicalCardNo', 9999000011110011n, bad],
    ['linkable-cards', 'physicalCardExpDate', '3101', '003_011'],
    ['linkable-cards', 'physicalCardExpDate', '3100', bad],
    ['linkable-cards', 'physicalCardExpDate', '3113', bad],
    ['linkable-cards', 'physicalCardExpDate', '311', bad],
    ['linkable-cards', 'physicalCardCVC', '102', '003_011'],
    ['linkable-cards', 'physicalCardCVC', '10', bad],
    ['linkable-cards', 'physicalCardCVC', '1011', bad],
    ['linkable-cards', 'physicalCardCVC', undefined, bad],
    ['ars-register', 'userId', undefined, missing],
    ['ars-register', 'bankAccount', '1'.repeat(21), length],
    ['ars-register', 'bankCode', '90', length],
    ['ars-register', 'bankCode', 901, bad],
    ['ars-register', 'bankName', '가'.repeat(11), length],
    ['ars-register', 'userName', '나'.repeat(101), length],
    ['ars-register', 'birthDate', '2000010', length],
  ];
  for (const [index, [api, field, value, code]] of rows.entries()) {
    it(`of ${api} are held against their limits: ${field}, ${index + 1} → ${code}`, async () => {
      const { [field]: _, ...rest }: Record<string, JsonValue> = valid[api];
      const reply = await call(sandbox, api, value === undefined ? rest : { ...rest, [field]: value });
      assert.equal(reply.code, code, reply.text);
      assert.equal(reply.status, code === ok ? 200 : 400);
      assert.equal(reply.encrypted, false);
      const row = apiOf(api).codes.find((one) => one.code === code);
      if (row) assert.equal(reply.description, row.messages[0]?.text);
    });
  }

  it('of a registration may be as long as account-info can answer, and the optional ones left out', async () => {
    const longest = {
      userId: 2000500,
      bankAccount: '1'.repeat(20),
      bankCode: '999',
      bankName: '가'.repeat(10),
      userName: '나'.repeat(100),
    };
    assert.equal((await call(sandbox, 'ars-register', longest)).code, ok);
    const { userId, ...details } = longest;
    const { createdDateTime, updatedDateTime, accountId, ...known } = Object(
      (await call(sandbox, 'account-info', { userId })).body.accountInfo,
    );
    assert.deepEqual(known, details);
  });
});

describe('the correlation id', () => {
  it('is the one that came, or a new one', async () => {
    const answered = async (given: string) => {
      const reply = await call(sandbox, 'ars-inquiry', unknownNumber, {
        headers: { [HEADER.correlationId]: given },
      });
      return headerValues(reply.headers, HEADER.correlationId).join();
    };
    assert.equal(await answered('260101090000-0aF9c3E'), '260101090000-0aF9c3E');
    assert.match(await answered('nonsense'), /^\d{12}-[0-9a-f]{7}$/);
  });
});

/** The same text but for one letter in its middle. */
function oneOff(text: string): string {
  const at = Math.floor(text.length / 2);
  return text.slice(0, at) + (text[at] === '1' ? '2' : '1') + text.slice(at + 1);
}
