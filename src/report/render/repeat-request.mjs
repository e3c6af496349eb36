// The part of a script that `npm run ticket` writes which is the same for every request; `wanted` stands above it. Its
// readers have Node and nothing of this project.
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHmac,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  randomInt,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

const plan = wanted;
const missing = new Set();

function variable(name, otherwise = '') {
  const value = process.env[name] || otherwise;
  if (value === '') missing.add(name);
  return value;
}

/** A PEM as it is, or of a file. */
function pem(name) {
  const text = variable(name);
  if (text === '' || text.includes('-----BEGIN')) return text.replaceAll('\\n', '\n');
  return readFileSync(text, 'utf8');
}

const now = new Date();

/** The time of this request, by a layout of yyyy, MM, dd, HH, mm, ss and SSS. */
function time(layout) {
  const digits = { year: 'numeric', hourCycle: 'h23', timeZone: plan.timeZone };
  for (const part of ['month', 'day', 'hour', 'minute', 'second']) digits[part] = '2-digit';
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-US', digits).formatToParts(now).map(({ type, value }) => [type, value]),
  );
  const milliseconds = String(now.getUTCMilliseconds()).padStart(3, '0');
  const { year, month, day, hour, minute, second } = parts;
  const values = { yyyy: year, MM: month, dd: day, HH: hour, mm: minute, ss: second, SSS: milliseconds };
  return layout.replaceAll(/yyyy|MM|dd|HH|mm|ss|SSS/g, (part) => values[part]);
}

/** A text with what the request changes in it. */
function edited(text, { cut = 0, add = '' }) {
  return `${cut > 0 ? text.slice(0, -cut) : text}${add}`;
}

function bodyText() {
  return plan.body
    .map((part) => {
      if (typeof part === 'string') return part;
      const text = edited(variable(part.variable), part);
      return part.quoted ? JSON.stringify(text).slice(1, -1) : text;
    })
    .join('');
}

function base64url(...parts) {
  return parts.map((part) => Buffer.from(part).toString('base64url')).join('.');
}

/** A compact JWE: the content with AES-GCM, its key with RSA-OAEP-256. */
function sealed(text, { enc, alg }) {
  const size = enc === 'A256GCM' ? 32 : 16;
  const key = randomBytes(size);
  const iv = randomBytes(12);
  const head = base64url(JSON.stringify({ alg, enc }));
  const cipher = createCipheriv(`aes-${size * 8}-gcm`, key, iv);
  cipher.setAAD(Buffer.from(head, 'ascii'));
  const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const wrapped = publicEncrypt({ key: publicKey, padding, oaepHash: 'sha256' }, key);
  return [head, base64url(wrapped, iv, content, cipher.getAuthTag())].join('.');
}

function opened(message) {
  const [head = '', ...parts] = message.split('.');
  const [wrapped, iv, content, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const key = privateDecrypt({ key: privateKey, padding, oaepHash: 'sha256' }, wrapped);
  const decipher = createDecipheriv(`aes-${key.length * 8}-gcm`, key, iv);
  decipher.setAAD(Buffer.from(head, 'ascii'));
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(content), decipher.final()]).toString('utf8');
}

function send(url, payload, headers) {
  return new Promise((resolve, reject) => {
    const client = url.protocol === 'https:' ? https : http;
    const request = client.request(url, { method: plan.method, timeout: 30_000 }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ response, text: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    for (const [name, value] of headers) request.appendHeader(name, value);
    request.on('timeout', () => request.destroy(new Error('no answer within 30 s')));
    request.on('error', reject);
    request.end(payload);
  });
}

/** JSON with its long integers as texts, which keep every digit; undefined for anything else. */
function parsed(text) {
  try {
    return JSON.parse(text.replaceAll(/(?<=[:,[]\s*)-?\d{16,}(?=\s*[,}\]])/g, '"$&"'));
  } catch {
    return undefined;
  }
}

function at(value, pointer) {
  return pointer
    .split('/')
    .slice(1)
    .reduce((below, key) => below?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], value);
}

/** What stands now where a finding was; undefined where that can't be said. */
function found(place, { response, text, plain }) {
  if (place === 'HTTP status') return String(response.statusCode);
  if (place.startsWith('header ')) return response.headers[place.slice(7).toLowerCase()] ?? 'missing';
  if (!place.startsWith('/')) return undefined;
  const value = [plain, text].map((one) => at(parsed(one), place)).find((one) => one !== undefined);
  return value === undefined ? 'missing' : JSON.stringify(value);
}

const base = variable('KONAPLATE_BASE_URL', plan.baseUrl).replace(/\/+$/, '');
const publicKey = plan.encryption && pem('KONAPLATE_SERVER_PUBLIC_KEY');
const privateKey = plan.opens && pem('KONAPLATE_CLIENT_PRIVATE_KEY');
const plainBody = bodyText();
const message = plan.encryption && JSON.stringify({ [plan.encryption.member]: '' });
const payload = Buffer.from(
  message
    ? message.replace('""', () => JSON.stringify(missing.size > 0 ? '' : sealed(plainBody, plan.encryption)))
    : plainBody,
);
const { prefix, separator, layout, padded } = plan.token;
const hash = createHmac('sha256', variable('KONAPLATE_SECRET_KEY')).update(payload).digest('base64');
const values = {
  aspId: variable('KONAPLATE_ASP_ID'),
  accessKey: variable('KONAPLATE_ACCESS_KEY'),
  ...(plan.encryption && { cryptoKeyId: variable('KONAPLATE_CRYPTO_KEY_ID') }),
  correlationId: `${time('yyyyMMddHHmmss').slice(2)}-${randomInt(16 ** 7)
    .toString(16)
    .padStart(7, '0')}`,
  tranTime: time('yyyyMMddHHmmss'),
  tranToken: [prefix, time(layout), padded ? hash : hash.replace(/=+$/, '')].join(separator),
};
if (missing.size > 0) {
  console.error(`Set these environment variables first: ${[...missing].join(', ')}`);
  process.exit(2);
}
const headers = plan.headers.map(([name, value]) => [
  name,
  typeof value === 'string' ? value : edited(values[value.from], value),
]);

try {
  const { response, text } = await send(new URL(`${base}${plan.path}`), payload, headers);
  const sealedText = plan.opens && parsed(text)?.[plan.opens];
  let plain = text;
  if (typeof sealedText === 'string') {
    try {
      plain = opened(sealedText);
    } catch (error) {
      console.log(`(the answer does not decrypt: ${error.message})`);
    }
  }
  console.log(`HTTP ${response.statusCode}`);
  for (let index = 0; index < response.rawHeaders.length; index += 2)
    console.log(`${response.rawHeaders[index]}: ${response.rawHeaders[index + 1]}`);
  console.log(`\n${text}`);
  if (plain !== text) console.log(`\n(decrypted)\n${plain}`);
  for (const { place, expected, actual } of plan.findings) {
    const value = found(place, { response, text, plain });
    console.log(`\n${place}\n  expected   ${expected}\n  came then  ${actual}`);
    if (value !== undefined) console.log(`  comes now  ${value}`);
  }
} catch (error) {
  console.error(`No answer from ${base}: ${error.message}`);
  process.exit(1);
}
