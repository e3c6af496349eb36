import assert from 'node:assert/strict';
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { SandboxError } from '../../sandbox/error.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { loadProfile } from '../../src/target/load.ts';
import { runHere } from '../cli/run-here.ts';
import { contract, credentials, root } from './client.ts';

/** Where the sandboxes of this file make their folders, so that what they leave behind is seen. */
const temp = mkdtempSync(path.join(tmpdir(), 'sandbox-test-'));
after(() => rmSync(temp, { recursive: true, force: true }));

const direct = ['--import', 'tsx', 'sandbox/main.ts'];
const wrapped = ['node_modules/tsx/dist/cli.mjs', 'sandbox/main.ts'];
const readyLine = /^Listening on (http:\/\/127\.0\.0\.1:\d+\/open-api) \(profile: (\/.*\/profile\.yaml)\)$/m;

function run(
  args: readonly string[],
  stdio: SpawnOptions['stdio'] = ['ignore', 'pipe', 'pipe'],
): ChildProcess {
  return spawn(process.execPath, args, { cwd: root, stdio, env: { ...process.env, TMPDIR: temp } });
}

interface Running {
  readonly url: string;
  readonly profile: string;
  readonly folder: string;
  /** Resolves when nobody holds the sandbox's stdout any more: it and all wrappers have ended. */
  readonly ended: Promise<string>;
}

/** Waits for the line, then goes on reading until the end. */
async function ready({ stdout }: ChildProcess): Promise<Running> {
  assert.ok(stdout);
  const stream: Readable = stdout;
  let text = '';
  const ended = once(stream, 'end').then(() => text);
  for (;;) {
    const [chunk] = await Promise.race([
      once(stream, 'data'),
      ended.then((all) => Promise.reject(new Error(`ended: ${all}`))),
    ]);
    text += String(chunk);
    const [, url = '', profile = ''] = readyLine.exec(text) ?? [];
    if (url === '') continue;
    stream.on('data', (more) => {
      text += String(more);
    });
    return { url, profile, folder: path.dirname(profile), ended };
  }
}

async function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).then((connected) => {
    socket.destroy();
    return connected === true;
  });
}

/** Runs to the end, which is expected to be soon. */
async function failing(...args: string[]) {
  const child = run([...direct, ...args]);
  assert.ok(child.stdout && child.stderr);
  const [stdout, stderr] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ]);
  return { code: child.exitCode, stdout, stderr };
}

const made = () => readdirSync(temp).filter((name) => name.startsWith('konaplate-sandbox-'));

describe('npm run sandbox', () => {
  it('prints its line, keeps its secrets to a private folder outside, and leaves nothing behind', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const child = run(direct);
      const { url, profile, folder, ended } = await ready(child);
      const files = ['client-private.pem', 'profile.yaml', 'sandbox.env', 'sandbox.pid', 'server-public.pem'];
      assert.deepEqual(readdirSync(folder).sort(), files);
      assert.equal(statSync(folder).mode & 0o777, 0o700);
      assert.deepEqual(
        [...new Set(files.map((name) => statSync(path.join(folder, name)).mode & 0o777))],
        [0o600],
      );
      assert.ok(path.relative(root, folder).startsWith('..'));

      const scenarioIds = contract.apis.flatMap((api) => api.scenarios.map(({ id }) => id));
      const loaded = loadProfile(profile, { env: {}, scenarioIds });
      assert.ok(loaded.kind === 'ready');
      assert.deepEqual([loaded.baseUrl, loaded.testData.size], [url, scenarioIds.length]);
      assert.deepEqual(loaded.notes, []);

      const env = readFileSync(path.join(folder, 'sandbox.env'), 'utf8');
      const values = new Map(
        env.split('\n').map((line) => [line.split('=')[0] ?? '', line.replace(/^[^=]*=/, '')]),
      );
      assert.equal(values.get('KONAPLATE_BASE_URL'), url);
      assert.equal(values.get('KONAPLATE_SECRET_KEY'), loaded.credentials.secretKey);
      assert.ok(existsSync(values.get('KONAPLATE_CLIENT_PRIVATE_KEY') ?? ''));

      child.kill(signal);
      const [code] = await once(child, 'exit');
      assert.equal(code, 0);
      const output = await ended;
      const { aspId, accessKey, secretKey, cryptoKeyId } = loaded.credentials;
      for (const secret of [aspId, accessKey, secretKey, cryptoKeyId, 'BEGIN', 'PRIVATE KEY']) {
        assert.ok(!output.includes(secret));
      }
      assert.equal(existsSync(folder), false);
      assert.equal(await answers(url), false);
    }
  });

  it('says in one line that a port is taken', async (t) => {
    const holder = createServer().listen(0, '127.0.0.1');
    t.after(() => holder.close());
    await once(holder, 'listening');
    const address = holder.address();
    assert.ok(typeof address === 'object' && address);
    const before = made();
    const { code, stdout, stderr } = await failing('--port', String(address.port));
    assert.deepEqual(
      [code, stdout, stderr],
      [
        2,
        '',
        `error: port ${address.port} is taken on 127.0.0.1; end what listens there, or leave --port out to get a free one\n`,
      ],
    );
    assert.deepEqual(made(), before);
  });

  it('uses a folder that is named: keeps it when it was there, removes it when it was not', async () => {
    const there = mkdtempSync(path.join(temp, 'there-'));
    const fresh = path.join(temp, 'fresh');
    for (const folder of [there, fresh]) {
      const sandbox = await startSandbox({ contract, credentials, folder });
      assert.equal(path.dirname(sandbox.profilePath), folder);
      await sandbox.close();
    }
    assert.deepEqual(readdirSync(there), []);
    assert.equal(existsSync(fresh), false);
  });
});

describe('keys that a killed sandbox has left', () => {
  const mark = (folder: string, text: string) => {
    for (const name of ['sandbox.pid', 'client-private.pem', 'mine.txt']) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, name), name === 'sandbox.pid' ? text : name);
    }
    return folder;
  };

  it('are removed by the next one, and nothing that is not its', async () => {
    // Nobody has this number any more.
    const { pid: dead = 0 } = spawnSync(process.execPath, ['--version']);
    const left = mark(path.join(temp, 'konaplate-sandbox-left'), `${dead} on ${hostname()}\n`);
    const others = [
      mark(path.join(temp, 'konaplate-sandbox-living'), `${process.pid} on ${hostname()}\n`),
      mark(path.join(temp, 'konaplate-sandbox-elsewhere'), `${dead} on another-machine\n`),
      mark(path.join(temp, 'konaplate-sandbox-unmarked'), 'something else\n'),
      mark(path.join(temp, 'somebody-else'), `${dead} on ${hostname()}\n`),
    ];
    const child = run(direct);
    const { ended } = await ready(child);
    assert.deepEqual(readdirSync(left), ['mine.txt']);
    for (const folder of others) assert.equal(readdirSync(folder).length, 3, folder);
    child.kill('SIGTERM');
    await ended;
    for (const folder of [left, ...others]) rmSync(folder, { recursive: true });
  });

  it('are no hindrance in a folder that was named', async () => {
    const { pid: dead = 0 } = spawnSync(process.execPath, ['--version']);
    const folder = mark(path.join(temp, 'named'), `${dead} on ${hostname()}\n`);
    const child = run([...direct, '--credentials', folder]);
    const { ended } = await ready(child);
    child.kill('SIGTERM');
    await ended;
    assert.deepEqual(readdirSync(folder), ['mine.txt']);
  });
});

describe('an option that can’t be followed', () => {
  const held = path.join(temp, 'held');
  mkdirSync(held);
  writeFileSync(path.join(held, 'profile.yaml'), 'mine');
  for (const [args, message] of [
    [['--port', '65536'], /--port.*65536.*from 0 to 65535/],
    [['--port', '80a'], /--port/],
    [['--registration-ms', '-1'], /--registration-ms/],
    [['--prot', '1'], /unknown option '--prot'/],
    [['extra'], /too many arguments/],
    [['--wrong', 'ars-inquiry/nothing'], /no scenario "ars-inquiry\/nothing"; there are/],
  ] as const) {
    it(`${args.join(' ').replace(temp, '…')} is refused in one line`, async () => {
      const { code, out, errors } = await runHere('sandbox/main.ts', ...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(errors, message);
      assert.match(errors, /^error: [^\n]*\n$/);
    });
  }

  // What a sandbox itself refuses is told as the last one of these.
  for (const [what, options, message] of [
    ['an address of another machine', { host: '192.0.2.1' }, /^"192\.0\.2\.1" is not an address of this/],
    ['a folder inside the project', { folder: 'keys' }, /lies inside the project/],
    ['a folder that is in use', { folder: held }, /held holds a profile\.yaml already/],
    ['a file', { folder: path.join(held, 'profile.yaml') }, /can't be made a folder \(EEXIST\)/],
  ] as const) {
    it(`${what} is refused, and nothing is written`, async () => {
      const refused = startSandbox({ contract, credentials, ...options });
      await assert.rejects(
        refused,
        (error) =>
          error instanceof SandboxError && message.test(error.message) && !error.message.includes('\n'),
      );
      assert.deepEqual(readdirSync(held), ['profile.yaml']);
      assert.equal(existsSync(path.join(root, 'keys')), false);
    });
  }
});

/** A process that starts a sandbox, tells its pid and does nothing else; `stdio` is what the sandbox gets. */
function parentOf(args: readonly string[], stdio: readonly string[], detached = false): ChildProcess {
  const script = `
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ${JSON.stringify(args)}, ${JSON.stringify({ stdio, detached })});
    process.send(child.pid);
    setInterval(() => {}, 1e6);
  `;
  return run(['-e', script], ['ignore', 'pipe', 'inherit', 'ipc']);
}

describe('without its parent', () => {
  for (const [how, args] of [
    ['as the script runs it, through tsx', wrapped],
    ['run directly', direct],
  ] as const) {
    it(`it stops when the parent is killed, ${how}`, async () => {
      const parent = parentOf(args, ['pipe', 'inherit', 'inherit']);
      const { url, folder, ended } = await ready(parent);
      parent.kill('SIGKILL');
      await ended;
      assert.equal(await answers(url), false);
      assert.equal(existsSync(folder), false);
    });
  }

  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    it(`it stops when npm is ended by ${signal}, with nothing on stdin`, async () => {
      const npm = spawn('npm', ['run', 'sandbox'], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, TMPDIR: temp },
      });
      const { url, folder, ended } = await ready(npm);
      npm.kill(signal);
      await ended;
      assert.equal(await answers(url), false);
      assert.equal(existsSync(folder), false);
    });
  }

  it('it stops when the channel of a fork is closed', async () => {
    const child = run(direct, ['ignore', 'pipe', 'inherit', 'ipc']);
    const { url, folder, ended } = await ready(child);
    child.disconnect();
    await ended;
    assert.equal(await answers(url), false);
    assert.equal(existsSync(folder), false);
  });

  it('it lives on in the background, where stdin is nobody’s', async () => {
    const parent = parentOf(direct, ['ignore', 'inherit', 'inherit'], true);
    const [pid] = await once(parent, 'message');
    const { url, folder, ended } = await ready(parent);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    assert.equal(await answers(url), true);
    // The terminal of a background job closes.
    process.kill(pid, 'SIGHUP');
    assert.equal(await answers(url), true);
    process.kill(pid, 'SIGTERM');
    await ended;
    assert.equal(existsSync(folder), false);
  });

  it('it stops with --with-parent even so', async () => {
    const parent = parentOf([...direct, '--with-parent'], ['ignore', 'inherit', 'inherit'], true);
    const { url, folder, ended } = await ready(parent);
    assert.equal(await answers(url), true);
    parent.kill('SIGKILL');
    await ended;
    assert.equal(existsSync(folder), false);
  });
});

describe('the end of stdin', () => {
  it('stops it when the pipe was open while it got ready', async () => {
    for (const args of [direct, [...direct, '--with-parent']]) {
      const child = run(args, ['pipe', 'pipe', 'inherit']);
      const { folder, ended } = await ready(child);
      child.stdin?.end();
      await ended;
      assert.equal(child.exitCode ?? (await once(child, 'exit'))[0], 0);
      assert.equal(existsSync(folder), false);
    }
  });

  it('does not count when it was closed from the start', async () => {
    const child = run(direct, ['pipe', 'pipe', 'inherit']);
    child.stdin?.end();
    const { url, ended } = await ready(child);
    assert.equal(await answers(url), true);
    child.kill('SIGTERM');
    await ended;
  });
});
