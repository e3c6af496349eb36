import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createRawServer, type Socket } from 'node:net';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { preparedRequests } from '../../sandbox/test-data.ts';
import { wrongAnswerTo } from '../../sandbox/wrong.ts';
import { readMarker } from '../../src/report/ledger/run-folder.ts';
import { contract } from '../project.ts';
import { runThroughEngine, scenariosOnly, startSandboxHere } from './engine-run.ts';
import { startOtherServer } from './other-server.ts';
import { type Report, root, runSuite, writeProfile } from './suite.ts';

// Whole runs: one for each way to start them and each exit code as a user starts it, the others through the engine in
// this process.

async function listen(
  context: TestContext,
  server: Server | ReturnType<typeof createRawServer>,
): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  );
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `127.0.0.1:${address.port}`;
}

/** The profile of the other server with another address and deadline, milliseconds. */
async function profileAt(context: TestContext, host: string, deadline = 30_000): Promise<string> {
  const other = await startOtherServer();
  await other.close();
  return writeProfile(
    context,
    other.profile
      .replace(/^baseUrl: .*$/m, `baseUrl: http://${host}`)
      .replace('exchange: 5000', `exchange: ${deadline}`),
  );
}

const scenarioIds = contract.apis.flatMap(({ scenarios }) => scenarios.map(({ id }) => id));

test('the embedded target conforms, and everything is left behind', async (context) => {
  const command = ['src/cli/launch.mjs', 'src/cli/conformance.ts'];
  const { exitCode, output, reports, report } = await runSuite(context, [], {}, command);
  assert.equal(exitCode, 0, output);
  assert.equal(report?.verdict, 'conformant');
  assert.deepEqual(report.scenarios.map(({ id }) => id).sort(), scenarioIds.toSorted());
  for (const { id, outcome } of report.scenarios) assert.equal(outcome, 'conforms', id);
  assert.deepEqual(readdirSync(reports).sort(), [
    'allure-results',
    'conformance.html',
    'conformance.json',
    'junit.xml',
    'ledger.jsonl',
    'report.html',
    'run.json',
    'settings.json',
  ]);
  assert.match(output, /CONFORMANT/);
  assert.match(output, /seed \d+/);
  assert.match(output, new RegExp(`\\n {2}folder +${reports}\\n$`));
  const latest = path.join(reports, '../../latest');
  assert.equal(realpathSync(latest), realpathSync(reports));
  const runId = readMarker(reports)?.runId ?? '';
  assert.match(runId, /^[0-9a-f-]{36}$/);
  for (const file of [
    'conformance.html',
    'conformance.json',
    'junit.xml',
    'ledger.jsonl',
    'allure-results/environment.properties',
  ])
    assert.ok(readFileSync(path.join(reports, file), 'utf8').includes(runId), file);
});

test('under the runner itself a file has all its cases, and a case that is not kept is a failed test', async (context) => {
  const target = await startSandboxHere(
    context,
    wrongAnswerTo('linkable-cards/invalid-card', contract, preparedRequests()),
  );
  const command = ['node_modules/@playwright/test/cli.js', 'test'];
  const { exitCode, output } = await runSuite(
    context,
    ['suites/scenario.spec.ts', '--reporter=line'],
    { KONAPLATE_TARGET: target, KONAPLATE_PAGE: 'false' },
    command,
  );
  assert.equal(exitCode, 1, output);
  assert.match(
    output,
    new RegExp(`1 failed\n[\\s\\S]*linkable-cards/invalid-card[\\s\\S]*${scenarioIds.length - 1} passed`),
  );
});

test('a server that is not the embedded one conforms by its profile alone, twice in a row', async (context) => {
  const other = await startOtherServer();
  context.after(() => other.close());
  const profile = writeProfile(context, other.profile);
  let before = 0;
  for (const sideBySide of [false, true]) {
    const { exitCode, output, report } = await runThroughEngine(profile, { sideBySide });
    assert.equal(exitCode, 0, output);
    assert.equal(report.verdict, 'conformant');
    const judged = report.cases.filter(({ outcome }) => outcome === 'conforms');
    assert.ok(other.requests() - before >= judged.length && judged.length > scenarioIds.length);
    before = other.requests();
    for (const interpretation of [
      'place-of-status.in-digital',
      'envelope.top-level',
      'message-encryption.a256gcm',
    ]) {
      assert.ok(output.includes(interpretation), `${interpretation} is told`);
    }
  }
});

test('a sandbox that answers one scenario wrongly fails exactly that scenario', async (context) => {
  const wrong = wrongAnswerTo('ars-inquiry/restricted-account', contract, preparedRequests());
  const profile = await startSandboxHere(context, wrong);
  const { exitCode, output, report } = await runThroughEngine(profile, { only: scenariosOnly });
  assert.equal(exitCode, 1, output);
  assert.equal(report.verdict, 'nonconformant');
  assert.deepEqual(
    report.scenarios.filter(({ outcome }) => outcome !== 'conforms').map(({ id, outcome }) => [id, outcome]),
    [['ars-inquiry/restricted-account', 'violates']],
  );
  assert.match(output, /Search for Account Registration Status, line \d+: "002_016/);
  assert.match(output, /--case ars-inquiry\/restricted-account/);
});

test('a target that refuses connections is incomplete', async (context) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  await new Promise((resolve) => server.close(resolve));
  const profile = await profileAt(context, `127.0.0.1:${address.port}`);
  const args = ['--no-page', '--grep', '@scenario', '--target', profile];
  const { exitCode, output, report } = await runSuite(context, args);
  assert.ok(report);
  incomplete({ exitCode, output, report }, /refused/i);
});

test('a target that never answers is incomplete, in bounded time', async (context) => {
  const host = await listen(
    context,
    createRawServer(() => undefined),
  );
  // Nothing comes, however long one waits: a short deadline can't be too short.
  const profile = await profileAt(context, host, 250);
  incomplete(await runThroughEngine(profile, { only: scenariosOnly }), /no complete answer within 250 ms/);
});

test('a target that answers with a web page is incomplete', async (context) => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Welcome</h1>');
  });
  const profile = await profileAt(context, await listen(context, server));
  incomplete(await runThroughEngine(profile, { only: scenariosOnly }), /text\/html and no JSON/);
});

test('a redirect is not followed: incomplete, and the other host receives nothing', async (context) => {
  let received = 0;
  const elsewhere = createServer((_, response) => {
    received += 1;
    response.end('{}');
  });
  elsewhere.on('connection', () => (received += 1));
  const other = await listen(context, elsewhere);
  const server = createServer((_, response) => {
    response.writeHead(307, { location: `http://${other}/` }).end();
  });
  const profile = await profileAt(context, await listen(context, server));
  incomplete(await runThroughEngine(profile, { only: scenariosOnly }), /a redirect to http:\/\/127/);
  assert.equal(received, 0);
});

interface Incomplete {
  readonly exitCode: number | null;
  readonly output: string;
  readonly report: Pick<Report, 'verdict' | 'findings' | 'scenarios'>;
}

function incomplete({ exitCode, output, report }: Incomplete, why: RegExp): void {
  assert.equal(exitCode, 3, output);
  assert.equal(report.verdict, 'incomplete');
  assert.deepEqual(report.findings, []);
  assert.equal(report.scenarios.length, scenarioIds.length);
  for (const { outcome, reason } of report.scenarios) {
    // What was not sent any more bears the reason why what was sent had no answer.
    assert.ok(outcome === 'target-error' || outcome === 'not-exercised', outcome);
    assert.match(reason, why);
  }
}

test('wrong keys are told as such: incomplete, and nothing is said of the promises', async (context) => {
  const other = writeProfile(
    context,
    `extends: ${await startSandboxHere(context)}\nname: wrong-key\ncredentials: { secretKey: another-secret }\n`,
  );
  const { exitCode, output, report } = await runThroughEngine(other, { only: scenariosOnly });
  assert.equal(exitCode, 3, output);
  assert.deepEqual(report.findings, []);
  assert.match(output, /the target refused the credentials: HTTP 401/);
});

test('what a profile has no data for is not testable by name; only with a reason may a run be conformant', async (context) => {
  const other = await startOtherServer();
  context.after(() => other.close());
  const without = other.profile.replace(/^ {2}account-info\/succeeded: .*\n/m, '');
  const bare = await runThroughEngine(writeProfile(context, without), { only: scenariosOnly });
  assert.equal(bare.exitCode, 3, bare.output);
  assert.match(bare.output, /account-info\/succeeded/);
  assert.equal(
    bare.report.scenarios.find(({ id }) => id === 'account-info/succeeded')?.outcome,
    'not-testable',
  );

  const reasoned = `${without}notTestable: { account-info/succeeded: the portal has no such member yet }\n`;
  const told = await runThroughEngine(writeProfile(context, reasoned), { only: scenariosOnly });
  assert.equal(told.exitCode, 0, told.output);
  assert.match(told.output, /the portal has no such member yet/);
});

test('no key, card number or personal value of a profile is written anywhere, even when a target repeats them all', async (context) => {
  const planted = {
    accessKey: 'PLANTED-ACCESS-KEY-0123456789-0123456789',
    secretKey: 'PLANTED/secret+key=0123456789',
    aspId: 'PLANTEDASPID001',
    cryptoKeyId: 'PLANTED-CRYPTO-KEY-ID-0123456789',
    card: '9999876543210987',
    account: '110-987-PLANTED',
    name: '홍길동심은이름',
    birthDate: '18991231',
  };
  const other = await startOtherServer();
  await other.close();
  const server = createServer((request, response) => {
    const all = [...request.rawHeaders, ...Object.values(planted)].join(' ');
    response.writeHead(200, {
      'content-type': request.url?.includes('info') ? 'text/html' : 'application/json',
      'x-echo': encodeURIComponent(all),
    });
    response.end(
      JSON.stringify({
        response: { code: '999_999', description: `refused: ${all}` },
        echo: [planted, { deep: all }],
      }),
    );
  });
  const host = await listen(context, server);
  const profile = other.profile
    .replace(/^baseUrl: .*$/m, `baseUrl: http://${host}`)
    .replace(/^ {2}accessKey: .*$/m, `  accessKey: ${planted.accessKey}`)
    .replace(/^ {2}secretKey: .*$/m, `  secretKey: ${planted.secretKey}`)
    .replace(/^ {2}aspId: .*$/m, `  aspId: ${planted.aspId}`)
    .replace(/^ {2}cryptoKeyId: .*$/m, `  cryptoKeyId: ${planted.cryptoKeyId}`)
    .replace('bankAccount: "100"', `bankAccount: "${planted.account}"`)
    .replace('userName: 가나다', `userName: ${planted.name}`)
    .replace('birthDate: "19000101"', `birthDate: "${planted.birthDate}"`)
    .replaceAll('physicalCardNo: "9999881234567890"', `physicalCardNo: "${planted.card}"`);
  const { exitCode, output, reports } = await runSuite(context, [
    '--grep',
    '@scenario',
    '--target',
    writeProfile(context, profile),
  ]);
  assert.equal(exitCode, 1, output);
  assert.ok(existsSync(path.join(reports, 'report.html')));
  const written = readdirSync(reports, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  assert.ok(written.length > 20);
  const keyLines =
    /clientPrivateKey: \|\n([\s\S]*?)-----END/
      .exec(profile)?.[1]
      ?.split('\n')
      .map((line) => line.trim())
      .slice(1, -1) ?? [];
  assert.ok(keyLines.length > 10);
  for (const [place, text] of [
    ['the output', output],
    ...written.map((file) => [file, readFileSync(file, 'utf8')]),
  ]) {
    for (const value of [...Object.values(planted), ...keyLines]) {
      for (const spelling of [value, encodeURIComponent(value), Buffer.from(value).toString('base64')]) {
        assert.ok(!text?.includes(spelling), `${spelling.slice(0, 12)}… in ${place}`);
      }
    }
  }
});

test('the README names only files that exist', () => {
  const text = readFileSync(path.join(root, 'README.md'), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? '');
  assert.ok(links.length > 2);
  for (const link of links) assert.ok(existsSync(path.join(root, link)), link);
});
