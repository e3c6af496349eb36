import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, it } from 'node:test';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { parseJson } from '../../src/json/json.ts';
import {
  decryptMessage,
  type Encryption,
  encryptMessage,
  inspectJwe,
  JweError,
  readJwe,
  wrapJwe,
} from '../../src/wire/jwe.ts';
import { KeyError } from '../../src/wire/keys.ts';
import { rfc7516 } from './rfc7516.ts';

const encryption: Encryption = {
  member: 'encData',
  alg: 'RSA-OAEP-256',
  encs: ['A128GCM', 'A256GCM'],
};
const { alg } = encryption;
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const weakKeys = generateKeyPairSync('rsa', { modulusLength: 1024 });
const publishedKey = createPrivateKey({ key: rfc7516.privateKey, format: 'jwk' });
const text = '{"userId":9999999999999999999}';

async function failure(jwe: string, key: KeyObject = keys.privateKey): Promise<string> {
  const error: unknown = await decryptMessage(jwe, key, encryption).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) return 'accepted';
  assert.ok(error instanceof JweError);
  assert.ok(!error.message.includes('\n'));
  return error.kind;
}

/** The same message with another protected header. */
function withHeader(jwe: string, header: string | object): string {
  const json = typeof header === 'string' ? header : JSON.stringify(header);
  return [Buffer.from(json).toString('base64url'), ...jwe.split('.').slice(1)].join('.');
}

describe('encryptMessage and decryptMessage', () => {
  it('give back what went in, with both encryptions', async () => {
    for (const enc of ['A128GCM', 'A256GCM'] as const) {
      const jwe = await encryptMessage(text, { publicKey: keys.publicKey, alg, enc, keyId: 'key-1' });
      const { plaintext, header } = await decryptMessage(jwe, keys.privateKey, encryption);
      assert.equal(Buffer.from(plaintext).toString(), text);
      assert.deepEqual(header, { alg: 'RSA-OAEP-256', enc, kid: 'key-1' });
    }
    const empty = await encryptMessage(new Uint8Array(0), { publicKey: keys.publicKey, alg, enc: 'A128GCM' });
    assert.equal((await decryptMessage(empty, keys.privateKey, encryption)).plaintext.length, 0);
    assert.deepEqual(inspectJwe(empty), { alg: 'RSA-OAEP-256', enc: 'A128GCM' });
  });

  it('use a fresh content key and IV each time', async () => {
    const options = { publicKey: keys.publicKey, alg, enc: 'A256GCM' } as const;
    const [first, second] = await Promise.all([encryptMessage(text, options), encryptMessage(text, options)]);
    assert.notEqual(first.split('.')[2], second.split('.')[2]);
    assert.notEqual(first.split('.')[3], second.split('.')[3]);
  });

  it('refuse weak and foreign keys', async () => {
    const jwe = await encryptMessage(text, { publicKey: keys.publicKey, alg, enc: 'A128GCM' });
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await assert.rejects(
      encryptMessage(text, { publicKey: weakKeys.publicKey, alg, enc: 'A128GCM' }),
      KeyError,
    );
    await assert.rejects(encryptMessage(text, { publicKey, alg, enc: 'A128GCM' }), KeyError);
    await assert.rejects(decryptMessage(jwe, weakKeys.privateKey, encryption), /2048 bits.*1024/);
    await assert.rejects(decryptMessage(jwe, privateKey, encryption), KeyError);
  });

  it('refuse RFC 7516 A.1 for its RSA-OAEP alone: jose decrypts it with the published key', async () => {
    assert.equal(await failure(rfc7516.jwe, publishedKey), 'algorithm-not-accepted');
    await assert.rejects(decryptMessage(rfc7516.jwe, publishedKey, encryption), /"RSA-OAEP"/);
    const { plaintext } = await compactDecrypt(rfc7516.jwe, publishedKey);
    assert.equal(Buffer.from(plaintext).toString(), rfc7516.plaintext);
    const publicKey = createPublicKey(publishedKey);
    const accepted = await encryptMessage(rfc7516.plaintext, { publicKey, alg, enc: 'A256GCM' });
    assert.equal(await failure(accepted, publishedKey), 'accepted');
  });

  it('accept a message made by jose alone', async () => {
    const jwe = await new CompactEncrypt(Buffer.from(text))
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', 'x-unknown': 'ignored', typ: 'JOSE' })
      .encrypt(keys.publicKey);
    assert.equal(await failure(jwe), 'accepted');
  });

  it('refuse weaker encryption made with the right key', async () => {
    for (const [alg, enc] of [
      ['RSA-OAEP', 'A128GCM'],
      ['RSA-OAEP-512', 'A256GCM'],
      ['RSA-OAEP-256', 'A128CBC-HS256'],
      ['RSA-OAEP-256', 'A192GCM'],
    ] as const) {
      const jwe = await new CompactEncrypt(Buffer.from(text))
        .setProtectedHeader({ alg, enc })
        .encrypt(keys.publicKey);
      assert.equal(await failure(jwe), 'algorithm-not-accepted', `${alg} ${enc}`);
      assert.deepEqual(inspectJwe(jwe), { alg, enc });
    }
    const dir = await new CompactEncrypt(Buffer.from(text))
      .setProtectedHeader({ alg: 'dir', enc: 'A128GCM' })
      .encrypt(Buffer.alloc(16));
    assert.equal(await failure(dir), 'algorithm-not-accepted');
  });

  it('refuse compression and extensions before decrypting', async () => {
    const jwe = await encryptMessage(text, { publicKey: keys.publicKey, alg, enc: 'A128GCM' });
    const header = { alg: 'RSA-OAEP-256', enc: 'A128GCM' };
    for (const extra of [{ zip: 'DEF' }, { crit: ['exp'], exp: 1 }, { p2c: 1e9 }, { p2s: 'AA' }]) {
      assert.equal(await failure(withHeader(jwe, { ...header, ...extra })), 'bad-header');
    }
    const zipped = await new CompactEncrypt(Buffer.alloc(1_000_000))
      .setProtectedHeader({ ...header, zip: 'DEF' })
      .encrypt(keys.publicKey);
    assert.equal(await failure(zipped), 'bad-header');
  });

  it('fail alike for another key and for any changed part', async () => {
    const jwe = await encryptMessage(text, { publicKey: keys.publicKey, alg, enc: 'A128GCM' });
    assert.equal(await failure(jwe, otherKeys.privateKey), 'decryption-failed');
    const messages = new Set<string>();
    for (const index of [0, 1, 2, 3, 4]) {
      const parts = jwe.split('.');
      if (index === 0)
        parts[0] = withHeader(jwe, { enc: 'A128GCM', alg: 'RSA-OAEP-256' }).split('.')[0] ?? '';
      else {
        const bytes = Buffer.from(parts[index] ?? '', 'base64url');
        bytes[0] = (bytes[0] ?? 0) ^ 1;
        parts[index] = bytes.toString('base64url');
      }
      const error: unknown = await decryptMessage(parts.join('.'), keys.privateKey, encryption).catch(
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof JweError && error.kind === 'decryption-failed', `part ${index}`);
      messages.add(error.message);
    }
    assert.equal(messages.size, 1);
  });

  it('refuse a shortened authentication tag', async () => {
    const parts = (await encryptMessage(text, { publicKey: keys.publicKey, alg, enc: 'A128GCM' })).split('.');
    const tag = Buffer.from(parts[4] ?? '', 'base64url');
    parts[4] = tag.subarray(0, 12).toString('base64url');
    assert.equal(await failure(parts.join('.')), 'decryption-failed');
  });
});

describe('inspectJwe', () => {
  const kind = (jwe: string) => {
    try {
      inspectJwe(jwe);
    } catch (error) {
      assert.ok(error instanceof JweError);
      return error.kind;
    }
    return 'read';
  };

  it('reads the published message without a key', () => {
    assert.deepEqual(inspectJwe(rfc7516.jwe), { alg: 'RSA-OAEP', enc: 'A256GCM' });
  });

  it('tells what is no JWE', () => {
    assert.equal(kind(''), 'not-five-parts');
    assert.equal(kind(rfc7516.jwe.split('.').slice(1).join('.')), 'not-five-parts');
    assert.equal(kind(`${rfc7516.jwe}.`), 'not-five-parts');
    assert.equal(kind(`${rfc7516.jwe}=`), 'not-five-parts');
    assert.equal(kind('....'), 'bad-header');
    for (const header of [
      '[]',
      'x',
      '{"alg":"a"}',
      '{"alg":1,"enc":"b"}',
      '{"alg":"a","alg":"a","enc":"b"}',
    ]) {
      assert.equal(kind(withHeader(rfc7516.jwe, header)), 'bad-header', header);
    }
    assert.equal(kind(withHeader(rfc7516.jwe, '{"alg":"a","enc":"b","kid":"c"}')), 'read');
    assert.equal(kind(withHeader(rfc7516.jwe, '{"alg":"a","enc":"b","kid":1}')), 'bad-header');
  });
});

describe('the member that holds a message', () => {
  it('wraps and reads', () => {
    const bytes = wrapJwe('a.b.c.d.e', encryption);
    assert.equal(Buffer.from(bytes).toString(), '{"encData":"a.b.c.d.e"}');
    assert.equal(readJwe(parseJson(bytes), encryption), 'a.b.c.d.e');
  });

  it('finds none elsewhere', () => {
    for (const json of ['{}', '{"encData":1}', '[]', '"encData"', 'null', '{"encdata":"x"}']) {
      assert.equal(readJwe(parseJson(json), encryption), undefined, json);
    }
  });
});
