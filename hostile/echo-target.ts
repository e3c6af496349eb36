import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { request } from 'undici';
import { readProfile } from '../src/run/plan.ts';
import { contract, preparedValues } from './contract.ts';
import type { Tools } from './tools.ts';

/** One known value in one spelling, as an echoing target writes it. */
export interface Echo {
  readonly spelling: string;
  /** What it spells, so that it can be looked for in what was written. */
  readonly value: string;
  readonly written: string;
}

/** What a target knows that echoes: the credentials it was sent and the data that were prepared. */
export interface Known {
  readonly keys: readonly string[];
  readonly names: readonly string[];
  readonly accounts: readonly string[];
  readonly births: readonly string[];
  readonly cards: readonly string[];
  readonly ids: readonly string[];
  /** Verification codes and expiry dates. */
  readonly short: readonly string[];
}

/** A run against a target that echoes, and everything that it wrote or printed, as text. */
export interface EchoRun {
  readonly exitCode: number | null;
  readonly output: string;
  readonly files: number;
  /** Every text in them, each once: the files as they are, and what stands in their JSON. */
  readonly texts: readonly string[];
  readonly known: Known;
  /** What was really echoed. */
  readonly echoed: readonly Echo[];
}

/** Marks around each echo, so that short ones can be found again. */
export const marks = ['zq', 'qz'] as const;

/** Where an answer echoes, one after the other. A page takes the place of the answer, so there are few. */
const places = [
  'value',
  'key',
  'header',
  'value',
  'key',
  'message',
  'value',
  'key',
  'header',
  'page',
] as const;

/**
 * Runs some hundred cases with two workers against the embedded target behind one that echoes: in every answer some of
 * the echoes, as members of the body, names of members, headers, the message, or a page.
 */
export async function runAgainstEcho(
  tools: Tools,
  echoesOf: (known: Known) => readonly Echo[],
): Promise<EchoRun> {
  const sandbox = await tools.sandbox();
  const profile = readProfile(sandbox.profilePath, contract, {});
  if (profile.kind !== 'ready') throw new Error('the sandbox wrote a profile that wants a launch');
  const known = knownBy(profile);
  const echoes = echoesOf(known);
  const echoed = new Set<Echo>();
  const next = new Map<string, number>();
  let count = 0;
  const take = (place: (typeof places)[number], longest: number): readonly string[] => {
    const taken: string[] = [];
    let at = next.get(place) ?? 0;
    for (let length = 0; taken.length < echoes.length; at += 1) {
      const echo = echoes[at % echoes.length];
      if (!echo || (taken.length > 0 && length + echo.written.length > longest)) break;
      length += echo.written.length + 8;
      echoed.add(echo);
      taken.push(`${marks[0]} ${echo.written} ${marks[1]}`);
    }
    next.set(place, at);
    return taken;
  };
  const target = await tools.target(async (incoming, outgoing) => {
    const answer = await request(`${new URL(sandbox.url).origin}${incoming.url}`, {
      method: incoming.method === 'GET' ? 'GET' : 'POST',
      headers: headersOf(incoming),
      body: incoming.method === 'GET' ? null : await bytesOf(incoming),
    });
    const text = await answer.body.text();
    const place = places[count % places.length] ?? 'value';
    count += 1;
    const headers = Object.entries(answer.headers)
      .filter(([name]) => name !== 'content-length' && name !== 'connection')
      .flatMap(([name, value]) => (typeof value === 'string' ? [name, value] : []));
    if (place === 'header') {
      const said = take(place, 3000).map((one) => one.replaceAll(/[\r\n]+/g, ' '));
      headers.push(...said.flatMap((one) => ['X-Debug', Buffer.from(one, 'utf8').toString('latin1')]));
    }
    if (place === 'page' && count > 20) {
      outgoing.writeHead(500, { 'content-type': 'text/html; charset=utf-8' });
      outgoing.end(`<html><p>${take(place, 1500).join('</p><p>')}</p></html>`);
      return;
    }
    outgoing.writeHead(answer.statusCode, headers);
    outgoing.end(withEchoes(text, place, (longest) => take(place, longest)));
  });
  const folder = tools.folder();
  const own = path.join(folder, 'echo.yaml');
  mkdirSync(path.join(folder, 'reports'));
  writeFileSync(
    own,
    `name: echo\nextends: ${sandbox.profilePath}\nbaseUrl: ${target.url}${new URL(sandbox.url).pathname}\n`,
  );
  const run = await tools.command(
    process.execPath,
    [
      '--import',
      'tsx',
      'src/cli/conformance.ts',
      '--target',
      own,
      '--seed',
      '7',
      '--workers',
      '2',
      '--no-page',
      '--grep',
      '^(?:linkable-cards/(?!request|encryption)|account-info/(?:succeeded|request))',
      '--reports',
      path.join(folder, 'reports'),
    ],
    { deadline: 110_000 },
  );
  const files = filesBelow(path.join(folder, 'reports')).map((file) => readFileSync(file, 'utf8'));
  const output = `${run.stdout}\n${run.stderr}`;
  const texts = new Set([...files, output]);
  for (const file of files) for (const line of [file, ...file.split('\n')]) addTexts(line, texts);
  return {
    exitCode: run.exitCode,
    output,
    files: files.length,
    texts: [...texts],
    known,
    echoed: [...echoed],
  };
}

function knownBy(profile: Parameters<typeof preparedValues>[0]): Known {
  const { aspId, accessKey, secretKey, cryptoKeyId, clientPrivateKey } = profile.credentials;
  const pem = clientPrivateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const values = preparedValues(profile);
  const texts = (...names: string[]) => [
    ...new Set(values.filter(({ name }) => names.includes(name)).map(({ text }) => text)),
  ];
  return {
    keys: [aspId, accessKey, secretKey, cryptoKeyId, pem.split('\n')[9] ?? ''],
    names: texts('userName'),
    accounts: texts('bankAccount'),
    births: texts('birthDate'),
    cards: texts('physicalCardNo'),
    ids: texts('userId', 'regNo').filter((id) => id.length > 3),
    short: texts('physicalCardCVC', 'physicalCardExpDate'),
  };
}

function withEchoes(
  text: string,
  place: (typeof places)[number],
  take: (longest: number) => readonly string[],
): string {
  let body: Record<string, unknown>;
  try {
    body = JSON.parse(text.replaceAll(/:(\d{16,})/g, ':"#$1#"'));
  } catch {
    return text;
  }
  if (place === 'value') body.debug = take(9000);
  if (place === 'key') body[`debug-${randomUUID()}`] = Object.fromEntries(take(9000).map((one) => [one, 1]));
  if (place === 'message') {
    const { response } = body;
    const description = `Failed: ${take(90)[0] ?? ''}`;
    if (typeof response === 'object' && response !== null) body.response = { ...response, description };
  }
  return JSON.stringify(body).replaceAll(/"#(\d+)#"/g, '$1');
}

function headersOf(incoming: IncomingMessage): string[] {
  const skipped = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect']);
  const headers: string[] = [];
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = incoming.rawHeaders.slice(at, at + 2);
    if (!skipped.has(name.toLowerCase())) headers.push(name, value);
  }
  return headers;
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** Every text in something that may be JSON, and in the JSON within it. */
function addTexts(text: string, texts: Set<string>): void {
  if (!/^\s*[[{]/.test(text)) return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return;
  }
  collect(value, texts);
}

function collect(value: unknown, texts: Set<string>): void {
  if (typeof value === 'string') {
    if (texts.has(value)) return;
    texts.add(value);
    addTexts(value, texts);
  } else if (Array.isArray(value)) for (const item of value) collect(item, texts);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      texts.add(name);
      collect(member, texts);
    }
  }
}
