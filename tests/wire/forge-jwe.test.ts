import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { type Forgery, forgeMessage } from '../../src/wire/forge-jwe.ts';
import {
  decryptMessage,
  type Encryption,
  encryptMessage,
  JweError,
  type JweErrorKind,
} from '../../src/wire/jwe.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encryption: Encryption = {
  member: 'encData',
  alg: 'RSA-OAEP-256',
  encs: ['A128GCM', 'A256GCM'],
};
const { alg } = encryption;
const plaintext = '{"userId":9007199254740993}';

/** Why our own decryption refuses each: the forgery is wrong in this way and no other. */
const forgeries: Readonly<Record<Forgery, JweErrorKind>> = {
  'altered-tag': 'decryption-failed',
  'altered-ciphertext': 'decryption-failed',
  'altered-key': 'decryption-failed',
  'altered-header': 'decryption-failed',
  'four-parts': 'not-five-parts',
  'alg-none': 'algorithm-not-accepted',
  'alg-dir': 'algorithm-not-accepted',
  'alg-rsa1_5': 'algorithm-not-accepted',
  'enc-a128cbc-hs256': 'algorithm-not-accepted',
  'other-recipient': 'decryption-failed',
};

test('the message that the forgeries start from opens', async () => {
  const jwe = await encryptMessage(plaintext, { publicKey, alg, enc: 'A128GCM' });
  const opened = await decryptMessage(jwe, privateKey, encryption);
  assert.equal(Buffer.from(opened.plaintext).toString(), plaintext);
});

for (const [forgery, kind] of Object.entries(forgeries)) {
  test(`${forgery} is refused: ${kind}`, async () => {
    const known = Object.keys(forgeries).find((one): one is Forgery => one === forgery);
    assert.ok(known);
    const jwe = await forgeMessage(known, plaintext, publicKey, encryption);
    await assert.rejects(decryptMessage(jwe, privateKey, encryption), (error: unknown) => {
      assert.ok(error instanceof JweError);
      assert.equal(error.kind, kind);
      return true;
    });
  });
}
