import { generateKeyPair, type KeyObject, randomBytes, randomInt } from 'node:crypto';
import { promisify } from 'node:util';

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** What a client and the platform know of each other. All of it is thrown away when the sandbox stops. */
export interface Credentials {
  /** 15 digits. */
  readonly aspId: string;
  /** 40 characters. */
  readonly accessKey: string;
  /** Signs the Tran-Tokens. */
  readonly secretKey: string;
  /** 32 characters. */
  readonly cryptoKeyId: string;
  /** Requests are encrypted to it. */
  readonly server: KeyPair;
  /** Answers are encrypted to it. */
  readonly client: KeyPair;
}

const generate = promisify(generateKeyPair);

/** New credentials, random throughout; the two RSA-2048 key pairs take some tenths of a second. */
export async function makeCredentials(): Promise<Credentials> {
  const [server, client] = await Promise.all([
    generate('rsa', { modulusLength: 2048 }),
    generate('rsa', { modulusLength: 2048 }),
  ]);
  return {
    aspId: `9${Array.from({ length: 14 }, () => randomInt(10)).join('')}`,
    accessKey: randomBytes(20).toString('hex'),
    secretKey: randomBytes(32).toString('hex'),
    cryptoKeyId: randomBytes(16).toString('hex'),
    server,
    client,
  };
}
