import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeCredentials } from '../../sandbox/credentials.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import type { Contract } from '../../src/contract/model.ts';
import { readLedger } from '../../src/report/ledger/ledger.ts';
import { loadProfile } from '../../src/target/load.ts';
import { ProfileError } from '../../src/target/problem.ts';
import type { Row, Seen } from '../row.ts';
import { type CommandOptions, type Ended, root, type Tools } from '../tools.ts';

// Profiles and settings that can't be right, told by the loader in process or by a whole command.

let contract: Contract | undefined;

/** The lines in which the loader refuses a profile file; none when it takes it. */
function refusalOf(file: string, env: Readonly<Record<string, string>> = {}): readonly string[] {
  contract ??= loadContract(contractFolders(root));
  const scenarioIds = contract.apis.flatMap(({ scenarios }) => scenarios.map(({ id }) => id));
  try {
    loadProfile(file, { env, scenarioIds, clauses: contract.clauses });
    return [];
  } catch (error) {
    if (error instanceof ProfileError) return error.message.split('\n');
    throw error;
  }
}

const invented = {
  KONAPLATE_BASE_URL: 'https://target.invalid/open-api',
  KONAPLATE_ASP_ID: 'asp-00000000001',
  KONAPLATE_ACCESS_KEY: 'canary-access-key-of-forty-characters-00',
  KONAPLATE_SECRET_KEY: 'canary-secret-key-of-the-project-000001',
  KONAPLATE_CRYPTO_KEY_ID: 'crypto-key-id-of-32-characters-0',
} as const;

let pems: Promise<Readonly<Record<string, string>>> | undefined;

/** Variables that make any profile complete. */
async function complete(): Promise<Readonly<Record<string, string>>> {
  pems ??= makeCredentials().then(({ client, server }) => ({
    KONAPLATE_SERVER_PUBLIC_KEY: server.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    KONAPLATE_CLIENT_PRIVATE_KEY: client.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }));
  return { ...invented, ...(await pems) };
}

const inquiry = 'testData:\n  ars-inquiry/succeeded: { regNo: "2025010109000000000000" }\n';

/** A row whose profile the loader refuses in a few lines, none of which holds a key. */
function refused(given: {
  readonly id: Row['id'];
  readonly hostile: string;
  readonly expected: string;
  readonly text: string | ((tools: Tools) => string);
  readonly lines: readonly RegExp[];
  readonly without?: readonly string[];
}): Row {
  const { text, lines, without = [], ...row } = given;
  return {
    ...row,
    run: async (tools) => {
      const file = tools.file('mine.yaml', typeof text === 'string' ? text : text(tools));
      const all = await complete();
      const env = Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name)));
      return told(refusalOf(file, env), lines);
    },
  };
}

function told(came: readonly string[], lines: readonly RegExp[]): Seen {
  const shown = came.map((line) => line.replace(/^.*?(?=mine\.yaml)/, ''));
  return {
    happened: shown.join(' / ').slice(0, 300),
    exitCode: null,
    wrote: 'nothing',
    problems: [
      ...(came.length === lines.length
        ? []
        : [`${came.length} lines, not ${lines.length}: ${shown.join('\n')}`]),
      ...lines.flatMap((line, index) =>
        line.test(came[index] ?? '') ? [] : [`"${came[index]}" does not match ${line}`],
      ),
      ...(came.join().includes('canary') ? ['a key is shown'] : []),
    ],
  };
}

/** How a command ended, and the folder of the run that it has left, if any. */
type Ran = Ended & { readonly folder: string | undefined };

/** Runs the command; reports go to a folder of the row's own. */
async function run(tools: Tools, args: readonly string[], options: CommandOptions = {}): Promise<Ran> {
  const reports = path.join(tools.folder(), 'reports');
  const command = ['run', '--silent', 'conformance', '--', '--no-page', '--reports', reports, ...args];
  const ended = await tools.command('npm', command, { deadline: 180_000, ...options });
  const runs = path.join(reports, 'runs');
  const [name] = existsSync(runs) ? readdirSync(runs) : [];
  return { ...ended, folder: name === undefined ? undefined : path.join(runs, name) };
}

/** What is to be seen of a command that stops before anything is sent. */
function stopped({ exitCode, stdout, stderr, folder }: Ran, line: RegExp): Seen {
  const said = `${stdout}${stderr}`.trim();
  return {
    happened: said.slice(0, 300),
    exitCode,
    wrote: folder === undefined ? 'nothing' : 'a run',
    problems: [
      ...(exitCode === 2 ? [] : [`exit code ${exitCode}, not 2`]),
      ...(line.test(said) ? [] : [`"${said.slice(0, 1000)}" does not match ${line}`]),
      ...(said.split('\n').length === 1 ? [] : [`${said.split('\n').length} lines, not one`]),
      ...(folder === undefined ? [] : ['a run was written']),
    ],
  };
}

export const rows: readonly Row[] = [
  {
    id: 'profile/fresh',
    hostile: 'A copy of targets/sandbox.yaml with its variables set and no test data.',
    expected: 'One line that says what is missing and where it goes, exit code 2, nothing sent.',
    run: async (tools) => {
      let heard = 0;
      const { url } = await tools.target((_, response) => {
        heard += 1;
        response.end();
      });
      const file = tools.file('mine.yaml', readFileSync(path.join(root, 'targets/sandbox.yaml'), 'utf8'));
      const env = { ...(await complete()), KONAPLATE_BASE_URL: url };
      const seen = stopped(
        await run(tools, ['--target', file], { env }),
        /mine\.yaml: \/testData: no scenario has a request body.*copy the test data/,
      );
      return { ...seen, problems: [...seen.problems, ...(heard > 0 ? ['something was sent'] : [])] };
    },
  },
  {
    id: 'profile/fresh-without-variables',
    hostile: 'The same with no variable set at all.',
    expected: 'One line that names them all, exit code 2.',
    run: async (tools) => {
      const file = tools.file('mine.yaml', readFileSync(path.join(root, 'targets/sandbox.yaml'), 'utf8'));
      return stopped(
        await run(tools, ['--target', file]),
        /mine\.yaml: the environment variables KONAPLATE_BASE_URL, .*KONAPLATE_CLIENT_PRIVATE_KEY are not set.*\.env/,
      );
    },
  },
  {
    id: 'profile/extends-launched',
    slow: true,
    hostile:
      'A profile extends the launched embedded.yaml with a time zone, an envelope and test data of its own.',
    expected: 'What was planned is what is sent and judged: all three have their effect.',
    run: async (tools) => {
      const file = tools.file(
        'mine.yaml',
        [
          'name: mine',
          `extends: ${JSON.stringify(path.join(root, 'targets/embedded.yaml'))}`,
          'timeZone: UTC',
          'wire: { envelope: { code: /nowhere/code } }',
          'testData: { ars-inquiry/succeeded: { regNo: "2025010109000000000019", planned: here } }',
          '',
        ].join('\n'),
      );
      const {
        exitCode,
        folder = '',
        stdout,
      } = await run(tools, [...['--target', file, '--case', 'ars-inquiry/succeeded']]);
      const ledger = readLedger(path.join(folder, 'ledger.jsonl'));
      const [record] = ledger.cases;
      const request = record?.exchanges[0]?.request;
      const zone = request?.headers.find(([name]) => name === 'X-KM-Time-Zone')?.[1];
      return {
        happened: `time zone ${zone}, sent ${request?.body}, ${record?.reason}`,
        exitCode,
        wrote: 'a run',
        problems: [
          ...(ledger.header?.target.name === 'mine' ? [] : ['another name']),
          ...(zone === 'UTC' ? [] : ['another time zone']),
          ...(request?.body.includes('"planned":"here"') ? [] : ['other test data']),
          ...(record?.reason.includes('/nowhere/code') ? [] : [`another envelope: ${stdout}`]),
        ],
      };
    },
  },
  {
    id: 'profile/env-file',
    slow: true,
    hostile: 'Credentials come from --env-file, one of them from the environment too; keys are too short.',
    expected: 'Nothing that is set is overridden; what was taken is said first and in every report, by name.',
    run: async (tools) => {
      const sandbox = await tools.sandbox();
      const text = readFileSync(sandbox.envPath, 'utf8');
      const file = tools.file(
        'my.env',
        `${text.replace(/^(KONAPLATE_ASP_ID)=.*$/m, '$1=canary-of-the-file')}`,
      );
      const profile = tools.file('mine.yaml', `name: mine\ntimeZone: KST\n${inquiry}`);
      const { aspId, accessKey, secretKey } = sandbox.credentials;
      const {
        exitCode,
        stdout,
        stderr,
        folder = '',
      } = await run(tools, ['--target', profile, '--case', 'ars-inquiry/succeeded', '--env-file', file], {
        env: { KONAPLATE_ASP_ID: aspId },
      });
      const note = /^Note: from my\.env: .*KONAPLATE_SECRET_KEY.* taken; KONAPLATE_ASP_ID not.*$/m.exec(
        stdout,
      )?.[0];
      const texts = ['ledger.jsonl', 'conformance.json', 'junit.xml'].map(
        (name) => [name, readFileSync(path.join(folder, name), 'utf8')] as const,
      );
      const all = [stdout, stderr, ...texts.map(([, one]) => one)].join();
      return {
        happened: note ?? stdout.slice(0, 300),
        exitCode,
        wrote: 'a run',
        problems: [
          ...(exitCode === 0 ? [] : [`exit code ${exitCode}: ${stdout}${stderr}`]),
          ...(note === undefined ? ['the note is not printed'] : []),
          ...(stdout.trimStart().startsWith('Note: ') ? [] : ['the note is not the first that is printed']),
          ...texts.flatMap(([name, one]) =>
            one.includes('from my.env') ? [] : [`${name} does not have the note`],
          ),
          ...[accessKey, secretKey, 'canary'].flatMap((value) =>
            all.includes(value) ? ['a value is shown'] : [],
          ),
        ],
      };
    },
  },
  {
    id: 'profile/no-env-file',
    hostile: '--env-file names a file that is not there, a pipe, or a folder.',
    expected: 'One line each, exit code 2, at once.',
    run: async (tools) => {
      const folder = tools.folder();
      spawnSync('mkfifo', [path.join(folder, 'pipe')]);
      const results = await Promise.all(
        [path.join(folder, 'nothing'), path.join(folder, 'pipe'), folder].map((file) =>
          run(tools, ['--env-file', file]),
        ),
      );
      const seen = results.map((result) => stopped(result, /environment variables/));
      return {
        happened: seen.map(({ happened }) => happened.replaceAll(folder, '')).join(' / '),
        exitCode: results[0]?.exitCode ?? null,
        wrote: 'nothing',
        problems: seen.flatMap(({ problems }) => problems),
      };
    },
  },
  {
    id: 'profile/host-lock',
    hostile: 'KONAPLATE_BASE_URL leads to a host that is none of the profile’s allowHosts.',
    expected: 'One line, exit code 2, and the other host hears nothing.',
    run: async (tools) => {
      let heard = 0;
      const { url, server } = await tools.target((_, response) => response.end());
      server.on('connection', () => (heard += 1));
      const file = tools.file('mine.yaml', `name: mine\nallowHosts: [sandbox.invalid]\n${inquiry}`);
      const env = { ...(await complete()), KONAPLATE_BASE_URL: url };
      const seen = stopped(
        await run(tools, ['--target', file], { env }),
        /environment variable KONAPLATE_BASE_URL: \/baseUrl: the host .* is none of allowHosts \(sandbox\.invalid\)/,
      );
      return { ...seen, problems: [...seen.problems, ...(heard > 0 ? ['the other host was reached'] : [])] };
    },
  },
  refused({
    id: 'profile/open-lock',
    hostile: 'The host lock itself refers to the environment.',
    expected: 'Refused: whoever sets the variable would hold the key.',
    text: `name: mine\nallowHosts: ["\${KONAPLATE_SECRET_KEY}"]\n${inquiry}`,
    lines: [/\/allowHosts\/0: expected a host as it is/],
  }),
  {
    id: 'profile/endless-key',
    hostile: 'A key is a pipe that nobody writes to, /dev/zero, a folder, or a file of 2 MiB.',
    expected: 'One line each, at once.',
    ...(process.platform === 'win32' && { untriable: () => 'there are no pipes in the file system' }),
    run: async (tools) => {
      const folder = tools.folder();
      const pipe = path.join(folder, 'key.pem');
      spawnSync('mkfifo', [pipe]);
      const huge = path.join(folder, 'huge.pem');
      writeFileSync(huge, Buffer.alloc(2 * 1024 * 1024, 'A'));
      const all = await complete();
      const file = tools.file('mine.yaml', `name: mine\n${inquiry}`);
      const lines = [pipe, '/dev/zero', folder, huge].map((key) =>
        refusalOf(file, { ...all, KONAPLATE_SERVER_PUBLIC_KEY: key }),
      );
      return told(lines.flat(), [
        /something else than a file/,
        /something else than a file/,
        /something else than a file/,
        /larger than 1 MiB/,
      ]);
    },
  },
  {
    id: 'profile/many-ids',
    slow: true,
    hostile: 'A profile has 60,000 scenario ids that there are not.',
    expected: 'Fifty-one lines, and a time that grows with their number and no faster.',
    run: async (tools) => {
      const time = (count: number) => {
        const ids = Array.from({ length: count }, (_, index) => `  ars-inquiry/no-${index}: { a: 1 }\n`);
        const file = tools.file('mine.yaml', `name: mine\ntestData:\n${ids.join('')}`);
        const before = process.cpuUsage();
        const lines = refusalOf(file);
        return { lines, used: process.cpuUsage(before).user / 1e6 };
      };
      time(3000);
      const few = time(6000);
      const many = time(60_000);
      const ratio = many.used / few.used;
      return {
        happened: `${many.lines.length} lines, the last "${many.lines.at(-1)}"; ten times the ids took ${ratio.toFixed(1)} times as long`,
        exitCode: null,
        wrote: 'nothing',
        problems: [
          ...(many.lines.length === 51 ? [] : [`${many.lines.length} lines`]),
          ...(ratio < 30 ? [] : [`${ratio.toFixed(1)} times as long`]),
        ],
      };
    },
  },
  refused({
    id: 'profile/mistyped-field',
    hostile: 'A field is mistyped, another one misplaced and a key has lost its space.',
    expected: 'A line each with file, line and column; what may be a key is not shown.',
    text: `name: mine\ntimezone: UTC\ncredentials: {secretKey:canary-secret}\n${inquiry}`,
    lines: [
      /mine\.yaml:2:1: \/timezone: unknown key \(did you mean "timeZone"\?\)/,
      /mine\.yaml:3:15: \/credentials: an unknown key, not shown since it may be a secret/,
    ],
  }),
  refused({
    id: 'profile/unknown-scenario',
    hostile: 'A scenario id is mistyped.',
    expected: 'One line with the nearest id there is.',
    text: 'name: mine\ntestData:\n  ars-inquiry/suceeded: { regNo: "1" }\n',
    lines: [/mine\.yaml:3:3: .*no such scenario \(did you mean "ars-inquiry\/succeeded"\?\)/],
  }),
  refused({
    id: 'profile/missing-variable',
    hostile: 'One variable that the profile refers to is not set.',
    expected: 'One line that names it.',
    text: `name: mine\nproxy: \${MY_PROXY}\n${inquiry}`,
    lines: [/mine\.yaml:2:8: \/proxy: the environment variable MY_PROXY is not set/],
  }),
  refused({
    id: 'profile/aliases',
    hostile: 'Aliases of aliases would make a billion values.',
    expected: 'One line, and no memory spent.',
    text: `name: mine\na: &a [1,1,1,1,1,1,1,1,1]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join()}]`).join('\n')}\n`,
    lines: [/more than 100 aliases|nested too deeply/],
  }),
  refused({
    id: 'profile/circle',
    hostile: 'A profile extends itself.',
    expected: 'One line that shows the circle.',
    text: 'name: mine\nextends: ./mine.yaml\n',
    lines: [/mine\.yaml:2:10: \/extends: profiles extend each other in a circle \(mine\.yaml → mine\.yaml\)/],
  }),
  refused({
    id: 'profile/password-in-url',
    hostile: 'The address has a user and a password in it.',
    expected: 'One line without either.',
    text: `name: mine\nbaseUrl: https://canary:canary@target.invalid/\n${inquiry}`,
    without: ['KONAPLATE_BASE_URL'],
    lines: [/mine\.yaml:2:10: \/baseUrl: expected no user or password in the URL/],
  }),
  refused({
    id: 'profile/launch-and-way',
    hostile: 'A launched target is given a proxy, an address and a host lock.',
    expected: 'A line each: none of them could have an effect.',
    text: `name: mine\nlaunch: embedded\nbaseUrl: https://target.invalid\nproxy: http://127.0.0.1:1\nallowHosts: [target.invalid]\n${inquiry}`,
    lines: [/\/baseUrl: not together with launch/, /\/proxy: not together/, /\/allowHosts: not together/],
  }),
];
