import { createHmac, generateKeyPairSync, type KeyObject, type KeyPairKeyObjectResult } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { CompactEncrypt, compactDecrypt } from 'jose';

/**
 * A second implementation of the platform, written without any of the project's code and unlike the embedded target
 * wherever the documents allow: other data, other key order, chunked bodies, lower-case headers, extra fields, the
 * other nesting of `digital`, A256GCM, encrypted failures, codes at the top level.
 */
export interface OtherServer {
  readonly baseUrl: string;
  /** A profile for it, as YAML. */
  readonly profile: string;
  /** How many requests came. */
  readonly requests: () => number;
  close(): Promise<void>;
}

type Reply = readonly [status: number, code: string, message: string, more?: string];

const ok = (more = ''): Reply => [200, '000_000', 'Success', more];

const account = `"accountInfo":{"updatedDateTime":"20251231 235959.1","createdDateTime":"20250101 00:00:00","bankCode":"004",
  "bankName":"은행","bankAccount":"1","userName":"가","accountId":"A-\\u0031\\u0032\\u0033","nickname":null}`;

const card = (
  status: string,
  values: string,
) => `{"requester":"CC","digital":{"status":"${status}","mobileCardCVC":"000",
  "serviceName":"${'s'.repeat(255)}","serviceId":"x","par":"${'0'.repeat(27)}","cardNo":"9999880000000002","values":${values}},
  "issueType":"REISSUE","cardApplyNo":"${'9'.repeat(22)}","waitingSince":"2020"}`;

/** What each prepared request is answered with, by what it holds. */
const replies: Readonly<Record<string, Readonly<Record<string, Reply>>>> = {
  '/api/v1/bankaccounts/ars/register': {
    '"userId":71': ok('"bankAccRegNo":"R"'),
    '"userId":72': ok(`"bankAccRegNo":"${'R'.repeat(22)}"`),
    '"userId":73': [400, '002_013', 'Ars auth and bank account register is still in progress.'],
  },
  '/api/v1/bankaccounts/ars/register/inquiry': {
    OK: ok('"status":"BANK_ACC_REGISTERED"'),
    N0: [400, '002_019', 'Not found ars bank account register error.'],
    N1: [400, '002_014', 'Bank account register failed due to ARS auth failed.'],
    N2: [400, '002_015', 'Bank account register failed due to lifetime account.'],
    N3: [400, '002_016', 'Invalid account.'],
    N4: [400, '002_017', "Bank account owner's social no is not correct."],
    N5: [400, '002_018', 'Communication with PG error.'],
    N6: [400, '002_043', 'Bank account problem.'],
  },
  '/api/v1/bankaccounts/info': {
    '"userId":9999999999999999999': ok(`"userId":9999999999999999999,${account}`),
  },
  '/api/v1/bankaccounts/delete': {
    '"userId":74': ok(),
    '"userId":0': [400, '000_002', 'Invalid input parameter.'],
  },
  '/api/v1/issued-cards/pre-issue/waiting/physical': {
    '"userId":75': ok(
      `"issuedCardList":[${card('SHIPPING', '{"balance":9999999999}')},${card('CANCEL', '{"balance":0,"points":[]}')}]`,
    ),
    '"userId":76': ok('"issuedCardList":[]'),
    '"userId":77': [400, '000_002', 'Invalid input parameter. physicalCardCVC'],
    '"userId":78': [400, '001_006', 'Wallet user not found.'],
    '"userId":79': [400, '003_011', 'Invalid card info.'],
    '"userId":80': [400, '003_049', 'Not found issued cards.'],
  },
};

const secretKey = 'an-invented-secret-of-the-other-server';
const accessKey = 'A'.repeat(40);

interface KeyPairs {
  readonly server: KeyPairKeyObjectResult;
  readonly client: KeyPairKeyObjectResult;
}

let made: KeyPairs | undefined;

/** Made once: they take tenths of a second. */
function keyPairs(): KeyPairs {
  made ??= {
    server: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    client: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  };
  return made;
}

export interface OtherServerOptions {
  /** Its certificate and key; without them it speaks http. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Is told of each request before it is answered, and how many that makes. */
  readonly came?: (count: number) => void;
  /** Answers in its place; false leaves that to it. */
  readonly instead?: (route: string, response: ServerResponse) => boolean;
}

export async function startOtherServer({
  tls,
  came,
  instead,
}: OtherServerOptions = {}): Promise<OtherServer> {
  const { server, client } = keyPairs();
  let requests = 0;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    requests += 1;
    came?.(requests);
    if (instead?.(request.url?.replace('/some/prefix', '') ?? '', response)) return;
    void answer(request, response, server.privateKey, client.publicKey);
  };
  const http = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const origin = tls === undefined ? 'http://127.0.0.1' : 'https://localhost';
  const baseUrl = `${origin}:${address.port}/some/prefix`;
  return {
    baseUrl,
    profile: otherProfile(baseUrl),
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  serverKey: KeyObject,
  clientKey: KeyObject,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const route = request.url?.replace('/some/prefix', '') ?? '';
  const [status, code, message, more] = await reply(request, Buffer.concat(chunks), route, serverKey).catch(
    (error: unknown): Reply => {
      if (error instanceof Refused) return error.reply;
      throw error;
    },
  );
  let text = `{\n ${more ? `${more},` : ''} "message" : ${JSON.stringify(message)}, "code":"${code}", "server_time": 1e3 }`;
  response.setHeader('content-type', 'application/json;charset=UTF-8');
  response.setHeader('x-km-correlation-id', '251231235959-ABCDEF9');
  response.setHeader('x-request-cost', '3');
  if (route.endsWith('/physical')) {
    const jwe = await new CompactEncrypt(Buffer.from(text))
      .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'their-own' })
      .encrypt(clientKey);
    response.setHeader('x-km-crypto-key-id', 'k'.repeat(32));
    text = `{"v":1,"encData":"${jwe}"}`;
  }
  response.writeHead(status);
  response.write(text.slice(0, 7));
  response.end(text.slice(7));
}

class Refused extends Error {
  readonly reply: Reply;

  constructor(status: number, code: string, message = 'refused') {
    super(message);
    this.reply = [status, code, message];
  }
}

function demand(holds: boolean, status: number, code: string, message?: string): void {
  if (!holds) throw new Refused(status, code, message);
}

/** Header → what its value must be. */
const headerForms: Readonly<Record<string, RegExp>> = {
  'x-km-user-aspid': /^ASP000000000001$/,
  'x-km-correlation-id': /^\d\d(?:0[1-9]|1[0-2])\d{8}-[0-9a-f]{7}$/i,
  'x-km-access-key': new RegExp(`^${accessKey}$`),
  'x-km-tran-time': /^\d{4}(?:0[1-9]|1[0-2])\d{8}$/,
  'x-km-time-zone': /^(?:UTC|KST)$/,
  'x-km-tran-token': /^KMV1:\d{17}:[A-Za-z0-9+/]{43}=?$/,
};

async function reply(request: IncomingMessage, body: Buffer, route: string, key: KeyObject): Promise<Reply> {
  const prepared = replies[route];
  if (!prepared) return [404, 'E-NONE', 'no such thing'];
  demand(request.method === 'POST', 405, 'E-METHOD');
  demand(body.length < 500_000, 413, 'E-SIZE');
  demand(/^application\/json/.test(request.headers['content-type'] ?? ''), 415, 'E-TYPE');
  for (const [name, form] of Object.entries(headerForms)) {
    demand(form.test(String(request.headers[name] ?? '')), 403, 'E-HEAD', name);
  }
  const [, , signature = ''] = String(request.headers['x-km-tran-token']).split(':');
  const expected = createHmac('sha256', secretKey).update(body).digest('base64');
  demand(signature.replace(/=$/, '') === expected.replace(/=$/, ''), 403, 'E-AUTH');
  const isPlain = route.endsWith('/inquiry');
  if (!isPlain) demand(request.headers['x-km-crypto-key-id'] === 'c'.repeat(32), 403, 'E-CKI');
  const text = isPlain ? utf8(body) : await unsealed(utf8(body), key);
  const fields = objectIn(text);
  checkFields(route, text, fields);
  const found = Object.entries(prepared).find(([part]) => new RegExp(`${part}\\b`).test(text));
  return found?.[1] ?? [404, 'E-NOTHING', 'nothing prepared'];
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused(400, 'E-UTF8');
  }
}

async function unsealed(text: string, key: KeyObject): Promise<string> {
  const { encData } = objectIn(text);
  const accepted = {
    keyManagementAlgorithms: ['RSA-OAEP-256'],
    contentEncryptionAlgorithms: ['A128GCM', 'A256GCM'],
  };
  try {
    return utf8((await compactDecrypt(String(encData), key, accepted)).plaintext);
  } catch {
    throw new Refused(400, 'E-SEAL');
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused(400, 'E-JSON');
  }
  demand(typeof value === 'object' && value !== null && !Array.isArray(value), 400, 'E-JSON');
  return { ...Object(value) };
}

function checkFields(route: string, text: string, fields: Readonly<Record<string, unknown>>): void {
  if (route.endsWith('/inquiry')) {
    const { regNo } = fields;
    demand(typeof regNo === 'string' && /^.{22}$/u.test(regNo), 400, 'E-BAD');
    return;
  }
  const bad = (name: string): [number, string, string] =>
    /delete|physical/.test(route)
      ? [400, '000_002', `Invalid input parameter. ${name}`]
      : [400, '000_003', name];
  demand(/"userId":[1-9]\d{0,18}[,}]/.test(text), ...bad('userId'));
  if (!route.endsWith('/physical')) return;
  const forms = {
    physicalCardNo: /^\d{16}$/,
    physicalCardExpDate: /^\d\d(?:0[1-9]|1[0-2])$/,
    physicalCardCVC: /^\d{3}$/,
  };
  for (const [name, form] of Object.entries(forms)) {
    const value = fields[name];
    demand(typeof value === 'string' && form.test(value), ...bad(name));
  }
}

/** A profile for such a server at an address, as YAML. */
export function otherProfile(baseUrl: string): string {
  const { server, client } = keyPairs();
  const pem = (text: string | Buffer) => text.toString().replaceAll(/^/gm, '    ').trimEnd();
  const search = (userId: number, cvc = '111') =>
    `{ userId: ${userId}, physicalCardNo: "9999881234567890", physicalCardExpDate: "3001", physicalCardCVC: "${cvc}" }`;
  const number = (start: string) => `{ regNo: "${start.padEnd(22, '-')}" }`;
  return `name: other-server
baseUrl: ${baseUrl}/
timeZone: UTC
credentials:
  aspId: ASP000000000001
  accessKey: ${accessKey}
  secretKey: ${secretKey}
  cryptoKeyId: ${'c'.repeat(32)}
  serverPublicKey: |
${pem(server.publicKey.export({ type: 'spki', format: 'pem' }))}
  clientPrivateKey: |
${pem(client.privateKey.export({ type: 'pkcs8', format: 'pem' }))}
wire: { tokenPadding: unpadded, contentEncryption: A256GCM }
timeouts: { exchange: 5000 }
testData:
  ars-register/succeeded: { userId: 71, bankAccount: "100", bankCode: "004", bankName: 은행, userName: 가나다, birthDate: "19000101" }
  ars-register/succeeded-without-optional: { userId: 72 }
  ars-register/still-in-progress: { userId: 73 }
  ars-inquiry/succeeded: ${number('OK')}
  ars-inquiry/unknown-number: ${number('N0')}
  ars-inquiry/ars-auth-failed: ${number('N1')}
  ars-inquiry/lifetime-account: ${number('N2')}
  ars-inquiry/restricted-account: ${number('N3')}
  ars-inquiry/wrong-social-number: ${number('N4')}
  ars-inquiry/pg-communication-error: ${number('N5')}
  ars-inquiry/bank-account-problem: ${number('N6')}
  account-info/succeeded: { userId: 9999999999999999999 }
  account-delete/succeeded: { userId: 74 }
  account-delete/invalid-user-id: { userId: 0 }
  linkable-cards/succeeded: ${search(75)}
  linkable-cards/succeeded-none-found: ${search(76)}
  linkable-cards/invalid-parameter: ${search(77, '1')}
  linkable-cards/not-a-member: ${search(78)}
  linkable-cards/invalid-card: ${search(79)}
  linkable-cards/no-issued-card: ${search(80)}
`;
}
