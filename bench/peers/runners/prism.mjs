import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { serve } from './serve.mjs';

const [folder = '.', wantedUrl] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
const requests = read('requests.json');
const prefix = read('prefix.json');
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let proxy;

/** `prism proxy` in a process of its own, for as long as this one lives: the bridge before the targets never moves. */
async function startProxy(upstream) {
  const child = spawn(
    process.execPath,
    [
      path.join(import.meta.dirname, '../node_modules/@stoplight/prism-cli/dist/index.js'),
      'proxy',
      path.join(folder, 'openapi.json'),
      `${upstream}${prefix}`,
      ...['--host', '127.0.0.1', '--port', '0', '--validate-request', 'false'],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  process.on('exit', () => child.kill());
  const url = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      // Read on to the end: nobody else takes what it logs.
      if (output.length < 10_000) output += chunk;
      const found = /Prism is listening on (http:\/\/\S+?:\d+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.on('exit', () => reject(new Error(`prism ended: ${output}`)));
  });
  return { child, url };
}

async function run(upstream, apis) {
  proxy ??= await startProxy(upstream);
  const failures = [];
  const answers = new Map();
  for (const one of requests) {
    if (apis && !one.chain && !apis.includes(one.operation)) continue;
    const body = one.takes
      ? JSON.stringify({ [one.takes.field]: answers.get(one.takes.from)?.[one.takes.answer] ?? '' })
      : one.body;
    const { headers, text, problem } = await post(`${proxy.url}${one.path}`, one.headers, body);
    if (problem) failures.push(`${one.id}: ${problem}`);
    for (const violation of violationsOf(headers)) failures.push(`${one.id}: ${violation}`);
    const json = parsed(text);
    if (
      headers['content-type']?.startsWith('application/problem+json') &&
      /prism\/errors#/.test(json?.type)
    ) {
      failures.push(`${one.id}: ${json.type.replace(/^.*#/, '')}`);
    }
    answers.set(one.id, json);
  }
  return failures;
}

/** The header says what is wrong; of too many violations its beginning remains, which is as good a failure. */
function violationsOf({ 'sl-violations': header }) {
  if (header === undefined) return [];
  const list = parsed(header);
  return Array.isArray(list)
    ? list.map(({ location, code, message }) => `${location?.join('.')} ${code} ${message}`)
    : ['too many violations'];
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function post(url, headers, body) {
  try {
    const sent = request(url, { method: 'POST', headers, agent, maxHeaderSize: 128 * 1024, timeout: 15_000 });
    sent.on('timeout', () => sent.destroy(new Error('timeout')));
    sent.end(body);
    const [answer] = await once(sent, 'response');
    let text = '';
    for await (const chunk of answer.setEncoding('utf8')) text += chunk;
    return { headers: answer.headers, text };
  } catch (error) {
    return { headers: {}, text: '', problem: `no answer (${error.code ?? error.message})` };
  }
}

if (wantedUrl === undefined) serve(run);
else {
  for (const failure of await run(wantedUrl)) console.log(failure);
  process.exit(0);
}
