import { createServer, type Socket, connect as tcpConnect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { makeCredentials } from '../../sandbox/credentials.ts';
import type { Deviation, WireAnswer } from '../../sandbox/stages.ts';
import { allCases } from '../../src/cases/all-cases.ts';
import type { Case } from '../../src/cases/case.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import { openEngine } from '../../src/engine/engine.ts';
import { type Outcome, outcomes } from '../../src/judge/finding.ts';
import { verdictOf } from '../../src/judge/verdict.ts';
import type { CaseRecord } from '../../src/record/record.ts';
import { redactNothing } from '../../src/redact/redactor.ts';
import { withoutWrongSetup } from '../../src/report/ledger/wrong-setup.ts';
import { readProfile } from '../../src/run/plan.ts';
import type { Row, Seen } from '../row.ts';
import { root, type Tools } from '../tools.ts';

// Cases done in process to a target that is the embedded one with its wire changed, or a server of the row's own.

const contract = loadContract(contractFolders(root));
/** Of all rows: making keys takes time. */
let credentials: ReturnType<typeof makeCredentials> | undefined;

interface Given {
  readonly deviation?: Deviation;
  /** Address of the target, made of that of the embedded one. */
  readonly at?: (sandboxUrl: string) => Promise<string> | string;
  /** Milliseconds for one exchange. */
  readonly exchange?: number;
  readonly before?: (one: Case) => void;
  /** What is wrong besides, once the cases are done. */
  readonly problems?: (records: readonly CaseRecord[]) => readonly string[];
}

/** Does the cases of one API with a plain body, all kinds of them, or those that are chosen. */
async function doCases(
  tools: Tools,
  { deviation = {}, at, exchange = 5000, before }: Given,
  chosen: (one: Case) => boolean = isInquiry,
): Promise<readonly CaseRecord[]> {
  credentials ??= makeCredentials();
  const sandbox = await tools.sandbox({ contract, deviation, credentials: await credentials });
  const profile = readProfile(sandbox.profilePath, contract, {});
  if (profile.kind !== 'ready') throw new Error('the sandbox wrote a profile that wants a launch');
  const engine = openEngine({
    contract,
    profile: {
      ...profile,
      baseUrl: at ? await at(sandbox.url) : sandbox.url,
      timeouts: { ...profile.timeouts, exchange },
    },
    seed: 1,
    redactor: redactNothing,
  });
  tools.after(() => engine.close());
  const records: CaseRecord[] = [];
  for (const one of allCases(contract, profile, 1).filter(chosen)) {
    before?.(one);
    records.push(await engine.run(one));
  }
  return withoutWrongSetup(records);
}

/** What came of some cases, and each way in which that is not what was expected. */
function seenOf(
  records: readonly CaseRecord[],
  expected: { readonly only: readonly Outcome[]; readonly verdict: string; readonly reason?: RegExp },
): Seen {
  const counts = outcomes.flatMap((outcome) => {
    const count = records.filter((record) => record.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
  const verdict = verdictOf(records);
  const told = records.find(({ reason }) => expected.reason?.test(reason))?.reason;
  const others = records.filter(({ outcome }) => !expected.only.includes(outcome));
  return {
    happened: `${counts.join(', ')}: ${verdict}${told === undefined ? '' : `; "${told}"`}`,
    exitCode: null,
    wrote: '',
    problems: [
      ...others.slice(0, 3).map(({ id, outcome, reason }) => `${id} came to ${outcome}: ${reason}`),
      ...(records.length === 0 ? ['no case was done'] : []),
      ...(verdict === expected.verdict ? [] : [`the verdict is ${verdict}, not ${expected.verdict}`]),
      ...(expected.reason && told === undefined ? [`no reason matches ${expected.reason}`] : []),
    ],
  };
}

const allConform = { only: ['conforms'], verdict: 'conformant' } as const;
const unjudged = { only: ['target-error', 'not-exercised'], verdict: 'incomplete' } as const;

/** A few cases of each kind: enough where every one of them is to come to the same. */
function someOfEach(): (one: Case) => boolean {
  const done = new Map<string, number>();
  return ({ api, kind }) => {
    const count = (done.get(kind) ?? 0) + 1;
    if (api.id !== 'ars-inquiry' || count > 2) return false;
    done.set(kind, count);
    return true;
  };
}

/** A server that gets each connection as it is. */
async function rawTarget(tools: Tools, answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    answer(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  tools.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return `http://127.0.0.1:${address.port}/open-api`;
}

/** The embedded target behind something that puts a text before each of its answers. */
function behind(tools: Tools, before: string): (sandboxUrl: string) => Promise<string> {
  return (sandboxUrl) =>
    rawTarget(tools, (socket) => {
      const inner = tcpConnect(Number(new URL(sandboxUrl).port), '127.0.0.1');
      inner.on('error', () => socket.destroy());
      inner.on('close', () => socket.end());
      socket.on('close', () => inner.destroy());
      socket.pipe(inner);
      inner.on('data', (bytes) => {
        if (bytes.subarray(0, 9).toString('latin1') === 'HTTP/1.1 ') socket.write(before);
        socket.write(bytes);
      });
    });
}

const html = '<!doctype html><html><head><title>Request blocked</title></head><body>Ray ID: 1</body></html>';

function page(status: number, type = 'text/html; charset=utf-8'): WireAnswer {
  return { status, headers: [['Content-Type', type]], body: Buffer.from(html) };
}

/** What was seen, with further problems. */
function also(seen: Seen, ...problems: readonly string[]): Seen {
  return { ...seen, problems: [...seen.problems, ...problems] };
}

function isInquiry({ api }: Case): boolean {
  return api.id === 'ars-inquiry';
}

/** A row in which a few cases of each kind, unless others are chosen, come to what is expected of each target. */
function simple(
  given: Omit<Row, 'run'> & {
    readonly target: (tools: Tools) => Given | readonly Given[] | Promise<Given>;
    readonly sees: Parameters<typeof seenOf>[1];
    readonly chosen?: (one: Case) => boolean;
  },
): Row {
  const { target, sees, chosen, ...row } = given;
  return {
    ...row,
    run: async (tools) => {
      const all = [await target(tools)].flat();
      const records: CaseRecord[] = [];
      for (const made of all) records.push(...(await doCases(tools, made, chosen ?? someOfEach())));
      return also(seenOf(records, sees), ...all.flatMap(({ problems }) => problems?.(records) ?? []));
    },
  };
}

/** A row whose target answers each request with the same bytes. */
function always(given: {
  readonly id: Row['id'];
  readonly hostile: string;
  readonly expected: string;
  readonly answer: (socket: Socket) => void;
  readonly reason: RegExp;
  readonly exchange?: number;
}): Row {
  const { answer, reason, exchange, ...row } = given;
  return simple({
    ...row,
    target: (tools) => ({
      at: () => rawTarget(tools, (socket) => socket.on('data', () => answer(socket))),
      ...(exchange !== undefined && { exchange }),
    }),
    sees: { ...unjudged, reason },
  });
}

const head = (status: string, more = '') =>
  `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\n${more}\r\n`;

/** An answer that goes on with the same text as fast as it is read. */
function endless(begin: string, text: string): (socket: Socket) => void {
  return (socket) => {
    socket.write(begin);
    const more = () => {
      while (!socket.destroyed && socket.write(text));
    };
    socket.on('drain', more);
    more();
  };
}

function deep(depth: number): Deviation {
  const nested = '{"a":['.repeat(depth / 2) + ']}'.repeat(depth / 2);
  return {
    send: (wire) => ({
      ...wire,
      body: Buffer.from(`${Buffer.from(wire.body).toString('utf8').slice(0, -1)},"more":${nested}}`),
    }),
  };
}

export const rows: readonly Row[] = [
  always({
    id: 'target/silence',
    hostile: 'The target takes connections and never answers.',
    expected: 'Every case ends at its deadline without a judgement.',
    answer: () => undefined,
    reason: /no complete answer within 100 ms/,
    exchange: 100,
  }),
  always({
    id: 'target/drops-all',
    hostile: 'Every connection is reset when a request comes.',
    expected: 'No case is judged.',
    answer: (socket) => socket.resetAndDestroy(),
    reason: /the connection was lost/,
  }),
  {
    id: 'target/drops-malformed',
    hostile:
      'An operation that deletes drops the connection on every request of a robustness case, and on no other.',
    expected: 'Each of them warns, and none is taken for kept; everything else conforms.',
    run: async (tools) => {
      let current: Case | undefined;
      let requests = 0;
      const given: Given = {
        before: (one) => {
          current = one;
          requests = 0;
        },
        deviation: {
          send: (wire) => {
            requests += 1;
            return { ...wire, lost: current?.kind === 'robustness' && requests === 1 };
          },
        },
      };
      // What only reads is asked once more over another connection.
      const records = await doCases(
        tools,
        given,
        ({ api, kind }) => api.effect === 'deletes' && kind !== 'workflow',
      );
      const robust = records.filter(({ kind }) => kind === 'robustness');
      const seen = seenOf(records, { only: ['conforms', 'warns'], verdict: 'conformant' });
      // Some of these requests get no further than the HTTP server, which answers them.
      const lost = robust.filter(({ outcome }) => outcome === 'warns');
      return {
        ...seen,
        problems: [
          ...seen.problems,
          ...lost.filter(({ kept }) => kept.length > 0).map(({ id }) => `${id} has kept something`),
          ...(lost.length < 10 ? [`only ${lost.length} of ${robust.length} warn`] : []),
        ],
      };
    },
  },
  {
    id: 'target/dies',
    hostile: 'The target dies between the cases of a run, before its robustness cases.',
    expected: 'The first of them is a target error, the others are not exercised, and none warns or is kept.',
    run: async (tools) => {
      let dead = false;
      const records = await doCases(
        tools,
        {
          before: ({ id }) => {
            dead ||= id === 'ars-inquiry/robustness/one-megabyte';
          },
          at: (url) =>
            rawTarget(tools, (socket) => {
              const inner = tcpConnect(Number(new URL(url).port), '127.0.0.1');
              inner.on('error', () => socket.destroy());
              inner.pipe(socket);
              socket.on('data', (bytes) => (dead ? socket.resetAndDestroy() : inner.write(bytes)));
              socket.on('close', () => inner.destroy());
            }),
        },
        (one) => isInquiry(one) && one.kind === 'robustness',
      );
      const from = records.findIndex(({ id }) => id === 'ars-inquiry/robustness/one-megabyte');
      const seen = seenOf(records.slice(from), { ...unjudged, reason: /asked again, its control/ });
      return {
        ...seen,
        problems: [
          ...seen.problems,
          ...records
            .slice(0, from)
            .filter(({ outcome }) => outcome !== 'conforms')
            .map(({ id, outcome }) => `${id}, before it died, came to ${outcome}`),
          ...(records[from]?.outcome === 'target-error' ? [] : ['the first case is no target error']),
        ],
      };
    },
  },
  simple({
    id: 'target/firewall',
    hostile: 'A firewall answers every request that the platform would refuse with its own page, HTTP 403.',
    expected: 'No promise is broken and no refusal is taken for the platform’s.',
    target: () => ({
      deviation: { send: (wire) => (wire.status >= 400 ? page(403) : wire) },
      problems: (records) =>
        records
          .filter(({ outcome, kept }) => outcome === 'target-error' && kept.length > 0)
          .map(({ id }) => `${id} has kept something`),
    }),
    chosen: isInquiry,
    sees: {
      only: ['conforms', 'warns', 'target-error'],
      verdict: 'incomplete',
      reason: /HTTP 403 with text\/html.*a page of something before the platform/,
    },
  }),
  {
    id: 'target/firewall-of-another-status',
    hostile: 'The same page comes with HTTP 200, 400, 401, 405, 406, 418, 429, 500 and 503.',
    expected: 'No promise is broken, whatever the status.',
    run: async (tools) => {
      const records: CaseRecord[] = [];
      for (const status of [200, 400, 401, 405, 406, 418, 429, 500, 503]) {
        const few = someOfEach();
        records.push(
          ...(await doCases(
            tools,
            { deviation: { send: (wire) => (wire.status >= 400 ? page(status) : wire) } },
            (one) => few(one) || one.id === 'ars-inquiry/unknown-number',
          )),
        );
      }
      return seenOf(records, {
        only: ['conforms', 'warns', 'target-error', 'not-exercised'],
        verdict: 'incomplete',
        reason: /a page of something before the platform/,
      });
    },
  },
  simple({
    id: 'target/portal',
    hostile: 'A captive portal answers everything with HTTP 200 and a page.',
    expected: 'No case is judged.',
    target: () => ({ deviation: { send: () => page(200) } }),
    sees: { ...unjudged, reason: /a page of something before the platform/ },
  }),
  simple({
    id: 'target/page-that-claims-json',
    hostile: 'The platform answers one scenario with HTML under application/json.',
    expected: 'That is the platform’s own doing: exactly this scenario breaks its promise.',
    target: () => ({
      deviation: {
        send: (wire, at) =>
          at.parameters?.regNo === '2025010109000000000019' ? page(400, 'application/json') : wire,
      },
      problems(records) {
        const broken = records.filter(({ outcome }) => outcome === 'violates').map(({ id }) => id);
        return broken.join() === 'ars-inquiry/unknown-number' ? [] : [`broken: ${broken.join()}`];
      },
    }),
    chosen: (one) => isInquiry(one) && one.kind === 'scenario',
    sees: { only: ['conforms', 'violates'], verdict: 'nonconformant' },
  }),
  simple({
    id: 'target/gateway-codes',
    hostile: 'A gateway answers with HTTP 503 and JSON that has a code of its own.',
    expected: 'No case is judged.',
    target: () => ({
      deviation: {
        send: (wire) => ({
          ...wire,
          status: 503,
          body: Buffer.from('{"code":"UPSTREAM_BUSY","message":"Try again later."}'),
        }),
      },
    }),
    sees: { ...unjudged, reason: /HTTP 503: the target is not available now/ },
  }),
  simple({
    id: 'target/deep-json',
    hostile: 'Every answer has a further field that is nested 3,000 deep, or 150,000.',
    expected: 'It is JSON with a field that no page has: everything conforms.',
    target: () => [{ deviation: deep(3000) }, { deviation: deep(150_000) }],
    chosen: (one) => isInquiry(one) && one.kind === 'scenario',
    sees: allConform,
  }),
  simple({
    id: 'target/a-million-brackets',
    hostile: 'A body is a million opening brackets under application/json.',
    expected: 'It is told as no JSON; nothing overflows.',
    target: () => ({ deviation: { send: (wire) => ({ ...wire, body: Buffer.alloc(1_000_000, '[') }) } }),
    chosen: ({ id }) => id === 'ars-inquiry/succeeded',
    sees: { only: ['violates'], verdict: 'nonconformant', reason: /not JSON at position/ },
  }),
  simple({
    id: 'target/continue',
    hostile: 'An interim 100 Continue that nobody asked for comes before every answer.',
    expected: 'It is ignored, as HTTP says: everything conforms.',
    target: (tools) => ({ at: behind(tools, 'HTTP/1.1 100 Continue\r\n\r\n') }),
    chosen: isInquiry,
    sees: allConform,
  }),
  simple({
    id: 'target/early-hints',
    hostile: 'Early hints, a 102 and two more 100s come before every answer.',
    expected: 'They are ignored: everything conforms.',
    target: (tools) => ({
      at: behind(
        tools,
        'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\nx: 1\r\n\r\n' +
          'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n',
      ),
    }),
    sees: allConform,
  }),
  simple({
    id: 'target/redirect',
    hostile: 'Every request is redirected to another host.',
    expected: 'No case is judged, and the other host hears nothing.',
    async target(tools) {
      let heard = 0;
      const elsewhere = await tools.target((_, response) => {
        heard += 1;
        response.end('{}');
      });
      const headers = [['Location', `${elsewhere.url}/open-api`]] as const;
      return {
        deviation: { send: () => ({ status: 307, headers, body: new Uint8Array() }) },
        problems: () => (heard > 0 ? ['the other host was asked'] : []),
      };
    },
    sees: { ...unjudged, reason: /a redirect to http:\/\/127\.0\.0\.1/ },
  }),
  always({
    id: 'target/endless-body',
    hostile: 'The body of every answer never ends.',
    expected: 'Reading stops at the limit of the profile.',
    answer: endless(head('200 OK', 'Transfer-Encoding: chunked\r\n'), `10000\r\n${' '.repeat(0x10000)}\r\n`),
    reason: /the answer is larger than the limit/,
  }),
  always({
    id: 'target/slow-drip',
    hostile: 'Every answer comes a byte at a time, and never to its end.',
    expected: 'The deadline is for the whole exchange: no drip prolongs it.',
    answer: (socket) => {
      socket.write(head('200 OK', 'Content-Length: 1000000\r\n'));
      const drip = () => socket.destroyed || socket.write(' ', () => setTimeout(drip, 5));
      drip();
    },
    reason: /no complete answer within 150 ms/,
    exchange: 150,
  }),
  always({
    id: 'target/compressed-bomb',
    hostile: 'A gzip body of 100 kB unpacks to 100 MB.',
    expected: 'Unpacking stops at the limit.',
    answer: (socket) =>
      socket.write(
        Buffer.concat([
          Buffer.from(head('200 OK', `Content-Encoding: gzip\r\nContent-Length: ${bomb().length}\r\n`)),
          bomb(),
        ]),
      ),
    reason: /decoded from gzip, is larger than/,
  }),
  always({
    id: 'target/endless-headers',
    hostile: 'The headers of every answer never end.',
    expected: 'Reading stops at a limit.',
    answer: endless('HTTP/1.1 200 OK\r\n', `X-More: ${'x'.repeat(1000)}\r\n`),
    reason: /the answer is larger than the limit/,
  }),
  always({
    id: 'target/no-http',
    hostile: 'What listens there speaks another protocol.',
    expected: 'No case is judged.',
    answer: (socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'),
    reason: /the answer is not HTTP/,
  }),
  always({
    id: 'target/cut-short',
    hostile: 'Every answer ends before its length is reached.',
    expected: 'No case is judged.',
    answer: (socket) => socket.end(`${head('200 OK', 'Content-Length: 100\r\n')}{"response":`),
    reason: /the connection was lost/,
  }),
  simple({
    id: 'target/no-tls',
    hostile: 'The profile says https, and what listens there has no TLS.',
    expected: 'No case is judged, and nothing of a request was sent.',
    async target(tools) {
      let heard = '';
      const url = await rawTarget(tools, (socket) =>
        socket.on('data', (bytes) => {
          heard += bytes.toString('latin1');
          socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
        }),
      );
      return {
        at: () => url.replace('http:', 'https:'),
        problems: () => (heard.includes('POST') ? ['a request was sent in clear'] : []),
      };
    },
    sees: { ...unjudged, reason: /no TLS connection/ },
  }),
  simple({
    id: 'target/wrong-path',
    hostile: 'The path of baseUrl is mistyped: every answer is HTTP 404, as JSON, as a page, or empty.',
    expected: 'A mistake of the setup, in one sentence, and no promise is broken.',
    target: () => [
      {
        // The embedded target's own answer to a path that it does not have.
        at: (url) => `${url}/v2`,
        problems(records) {
          const wrong = records.filter(({ outcome }) => outcome === 'setup-error');
          const reasons = new Set(wrong.map(({ reason }) => reason));
          return reasons.size > 3 ? [[...reasons].join('\n')] : [];
        },
      },
      ...[404, 405].map((status) => ({ deviation: { send: () => page(status) } })),
      ...['{"error":"Not Found"}', ''].map((body) => ({
        deviation: { send: (wire: WireAnswer) => ({ ...wire, status: 404, body: Buffer.from(body) }) },
      })),
    ],
    chosen: isInquiry,
    sees: {
      only: ['setup-error', 'not-exercised'],
      verdict: 'incomplete',
      reason: /nothing of the API is where baseUrl leads: HTTP 404/,
    },
  }),
  {
    id: 'target/wrong-path-of-a-run',
    hostile: 'The same, as a whole command over two scenarios.',
    expected: 'Exit code 3 and the sentence; nothing is called broken.',
    run: async (tools) => {
      const sandbox = await tools.sandbox({ contract });
      const profile = tools.file(
        'mine.yaml',
        `extends: ${JSON.stringify(sandbox.profilePath)}\nname: mine\nbaseUrl: ${sandbox.url}/v2\n`,
      );
      const script = ['--import', 'tsx', '--', 'src/cli/conformance.ts', '--no-page'];
      const chosen = ['--case', 'ars-inquiry/succeeded', '--case', 'account-info/succeeded'];
      const { exitCode, stdout } = await tools.command(
        process.execPath,
        [...script, ...chosen, '--target', profile, '--reports', tools.folder()],
        { deadline: 180_000 },
      );
      const sentence = /nothing of the API is where baseUrl leads: HTTP 404[^\n]*/.exec(stdout)?.[0];
      return {
        happened: sentence ?? stdout.slice(0, 300),
        exitCode,
        wrote: 'a run, incomplete',
        problems: [
          ...(exitCode === 3 ? [] : ['the exit code is not 3']),
          ...(sentence === undefined ? ['the sentence is missing'] : []),
          ...(/\d+ causes?, \d+ findings? in/.test(stdout) ? ['promises are called broken'] : []),
        ],
      };
    },
  },
];

let packed: Buffer | undefined;

function bomb(): Buffer {
  packed ??= gzipSync(Buffer.alloc(100 * 1024 * 1024));
  return packed;
}
