import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Deviation } from '../../sandbox/stages.ts';
import type { World } from '../../sandbox/world.ts';
import { getMember } from '../../src/json/json.ts';
import { leftOf, processesOf, type RunProcess, withoutProc } from '../processes.ts';
import type { Row, Seen } from '../row.ts';
import { type CommandOptions, type Ended, runIn, type Tools } from '../tools.ts';

const launcher = ['src/cli/launch.mjs', 'src/cli/conformance.ts'];
const workflowCase = 'ars-register/workflow/registered-account';

/** The processes of a run, from the outermost inwards. */
const roles = {
  npm: /\bnpm run\b|npm-cli\.js|^npm /,
  launcher: /launch\.mjs/,
  command: /tsx.* src\/cli\/conformance\.ts/,
  runner: /playwright.*cli\.js test/,
  allure: /allure-generate\.mjs/,
} as const;
type Role = keyof typeof roles | 'group';

function find(role: keyof typeof roles, all: readonly RunProcess[]): number {
  const found = all.find(
    ({ command }) => roles[role].test(command) && (role !== 'command' || !roles.launcher.test(command)),
  );
  if (!found) throw new Error(`no ${role} among ${all.map(({ command }) => command).join('\n')}`);
  return found.pid;
}

/** What a run reports of itself. */
interface Report {
  readonly verdict: string;
  readonly exitCode: number;
  readonly cases: readonly { readonly id: string; readonly outcome: string; readonly reason: string }[];
}

function reportIn(reports: string): Report | undefined {
  const file = path.join(runIn(reports), 'conformance.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Everybody who registered something at a target by themselves, and what was asked of it when. */
interface Watched {
  readonly members: Set<bigint>;
  readonly asked: string[];
  world: World | undefined;
  /** How many accounts are there when all that is under way has ended. */
  left(): number;
}

interface Interruption {
  /** Started through npm; otherwise the launcher itself. */
  readonly through?: 'npm';
  readonly args: readonly string[];
  /** Which request the signal comes with: the n-th to this API. */
  readonly at: readonly [api: string, nth: number];
  readonly signal: NodeJS.Signals;
  readonly to: Role;
  readonly deviation?: Deviation;
}

/** Runs against a target of this process and sends a signal when a certain request comes. */
async function interrupt(tools: Tools, how: Interruption) {
  let now = 0;
  const watched: Watched = {
    members: new Set(),
    asked: [],
    world: undefined,
    left: () => {
      now += 3_600_000;
      const { world } = watched;
      return world ? [...watched.members].filter((member) => world.accountOf(member)).length : 0;
    },
  };
  let reached = () => {};
  const moment = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const [api, nth] = how.at;
  const sandbox = await tools.sandbox({
    now: () => Date.now() + now,
    // The end of npm is seen a moment later: the case must not be over by then.
    ...(how.to === 'npm' && { registrationMs: 1_500 }),
    deviation: {
      ...how.deviation,
      act: (at, act) => {
        const outcome = how.deviation?.act?.(at, act) ?? act(at);
        watched.world = at.world;
        const member = getMember(at.parameters ?? {}, 'userId');
        if (at.api.id === 'ars-register' && typeof member === 'bigint' && member >= 10n ** 17n) {
          watched.members.add(member);
        }
        return outcome;
      },
      answer: (answer, at) => {
        watched.asked.push(at.api.id);
        if (at.api.id === api && at.count === nth) reached();
        return answer;
      },
    },
  });
  const reports = path.join(tools.folder(), 'reports');
  const options = {
    env: { KONAPLATE_REPORTS: reports },
    deadline: 120_000,
  } satisfies CommandOptions;
  const args = ['--no-page', '--target', sandbox.profilePath, ...how.args];
  const started =
    how.through === 'npm'
      ? tools.start('npm', ['run', 'conformance', '--', ...args], options)
      : tools.start(process.execPath, [...launcher, ...args], options);
  const early = started.ended.then(({ stdout, stderr }) => {
    throw new Error(`it ended before the signal: ${stdout}${stderr}`);
  });
  await Promise.race([moment, early]);
  early.catch(() => undefined);
  const pid = how.to === 'group' ? -(started.child.pid ?? Number.NaN) : find(how.to, processesOf(reports));
  const before = watched.asked.length;
  process.kill(pid, how.signal);
  return { started, reports, watched, before };
}

/** What a stopped run must have done: ended soon with nobody left, deleted what it registered, and said so. */
async function stopped(
  tools: Tools,
  how: Interruption,
  expected: { readonly exitCode: 3 | 'a signal or 3'; readonly report: boolean },
): Promise<Seen> {
  const { started, reports, watched, before } = await interrupt(tools, how);
  const ended = await started.ended;
  const left = await leftOf(reports);
  const after = watched.asked.slice(before);
  const registered = watched.members.size;
  const remain = watched.left();
  const report = reportIn(reports);
  const one = report?.cases.find(({ id }) => id === workflowCase);
  return {
    happened: `ended with ${ended.exitCode ?? ended.signal}; ${before} requests before the signal, ${after.length} after it; of ${registered} members registered ${remain} still have an account`,
    exitCode: ended.exitCode,
    wrote: report ? `a run, ${report.verdict}` : 'no report',
    problems: [
      ...said(ended, expected.exitCode),
      ...left.map(({ command }) => `it left ${command} running`),
      ...(registered === 0 ? ['nothing had been registered'] : []),
      ...(remain > 0 ? [`${remain} accounts were left`] : []),
      // What had just been sent may come later; then the end of a registration is looked for, and deleted.
      ...(after.slice(1).some((api) => api !== 'ars-inquiry' && api !== 'account-delete')
        ? [`it went on: ${after.join(', ')}`]
        : []),
      ...(expected.report && report?.exitCode !== 3 ? ['there is no report of an incomplete run'] : []),
      ...(expected.report && one?.outcome !== 'not-exercised'
        ? [`the case is told as ${one?.outcome}: ${one?.reason}`]
        : []),
    ],
  };
}

/** With `a signal or 3` the shell below npm may have died of the signal, which npm then does too. */
function said(ended: Ended, exitCode: number | 'a signal or 3'): readonly string[] {
  if (ended.exitCode === (exitCode === 'a signal or 3' ? (ended.signal ? null : 3) : exitCode)) return [];
  return [`it ended with ${ended.exitCode ?? ended.signal}, not ${exitCode}: ${ended.stdout}${ended.stderr}`];
}

/** The registration of the neighbour is the fourth: by then three may have been accepted. */
const inTheMiddle = { args: ['--case', workflowCase], at: ['ars-register', 4] } as const;

/** One for each way in which the end comes; the others differ in who hears of it first. */
const inEveryPass: ReadonlySet<string> = new Set(['ctrl-c', 'kill-command']);

const signalled: readonly [
  name: string,
  hostile: string,
  how: Pick<Interruption, 'through' | 'signal' | 'to'>,
  exitCode: 3 | 'a signal or 3',
  report: boolean,
][] = [
  [
    'ctrl-c',
    'Ctrl-C in the middle of a workflow',
    { signal: 'SIGINT', to: 'group', through: 'npm' },
    'a signal or 3',
    true,
  ],
  [
    'term-npm',
    'SIGTERM to npm alone',
    { signal: 'SIGTERM', to: 'npm', through: 'npm' },
    'a signal or 3',
    true,
  ],
  [
    'kill-npm',
    'SIGKILL to npm alone',
    { signal: 'SIGKILL', to: 'npm', through: 'npm' },
    'a signal or 3',
    true,
  ],
  [
    'kill-launcher',
    'SIGKILL to the launcher alone',
    { signal: 'SIGKILL', to: 'launcher' },
    'a signal or 3',
    true,
  ],
  ['int-command', 'SIGINT to the command alone', { signal: 'SIGINT', to: 'command' }, 3, true],
  ['term-command', 'SIGTERM to the command alone', { signal: 'SIGTERM', to: 'command' }, 3, true],
  ['kill-command', 'SIGKILL to the command alone', { signal: 'SIGKILL', to: 'command' }, 3, true],
  ['term-runner', 'SIGTERM to Playwright’s runner alone', { signal: 'SIGTERM', to: 'runner' }, 3, true],
  ['int-runner', 'SIGINT to Playwright’s runner alone', { signal: 'SIGINT', to: 'runner' }, 3, true],
  ['kill-runner', 'SIGKILL to Playwright’s runner alone', { signal: 'SIGKILL', to: 'runner' }, 3, false],
  [
    'closed-terminal',
    'the terminal is closed: SIGHUP to all',
    { signal: 'SIGHUP', to: 'group' },
    'a signal or 3',
    true,
  ],
];

const signalRows = signalled.map(
  ([name, hostile, how, exitCode, report]): Row => ({
    id: `process/${name}`,
    hostile,
    expected:
      'nothing further is tested, what was registered is deleted, no process is left within seconds, and the run is incomplete',
    untriable: withoutProc,
    ...(inEveryPass.has(name) ? {} : { slow: true }),
    run: (tools) => stopped(tools, { ...inTheMiddle, ...how }, { exitCode, report }),
  }),
);

/** Starts a script of a row's own through the launcher. */
async function launched(tools: Tools, text: string, env: Readonly<Record<string, string>> = {}) {
  return tools.command(process.execPath, ['src/cli/launch.mjs', tools.file('command.ts', text)], { env });
}

function crashed(ended: Ended, cause: RegExp): Seen {
  const lines = ended.stderr.trim().split('\n');
  const line = lines.at(-1) ?? '';
  return {
    happened: line,
    exitCode: ended.exitCode,
    wrote: 'nothing',
    problems: [
      ...said(ended, 3),
      ...(cause.test(ended.stderr) ? [] : [`expected ${cause} to be told: ${ended.stderr}`]),
      ...(/came to no result|did not come to a verdict/.test(line)
        ? []
        : [`the last line says something else: ${line}`]),
    ],
  };
}

const crashes: readonly Row[] = [
  {
    id: 'process/missing-package',
    hostile: 'a package that the command imports is not installed',
    expected: 'exit code 3, and a line that says what to do',
    run: async (tools) => crashed(await launched(tools, "import 'no-such-package';\n"), /no-such-package/),
  },
  {
    id: 'process/nothing-installed',
    hostile: 'npm ci was never run',
    expected: 'exit code 3, and a line that says what to do',
    run: async (tools) => {
      const folder = tools.folder();
      const { exitCode } = await tools.command('cp', ['-r', 'src/cli', 'src/process', folder]);
      if (exitCode !== 0) throw new Error('cp failed');
      const file = path.join(folder, 'cli/launch.mjs');
      return crashed(
        await tools.command(process.execPath, [file, 'src/cli/clauses.ts'], { cwd: folder }),
        /npm ci/,
      );
    },
  },
  {
    id: 'process/old-results-behind-a-crash',
    hostile: 'a run finished yesterday, and today the command crashes before it could take its results away',
    expected: 'exit code 3, and no link to the results of yesterday',
    run: async (tools) => {
      const reports = tools.folder();
      mkdirSync(path.join(reports, 'runs/yesterday'), { recursive: true });
      writeFileSync(path.join(reports, 'runs/yesterday/junit.xml'), '<testsuites/>');
      const latest = path.join(reports, 'latest');
      symlinkSync('runs/yesterday', latest);
      const script = tools.file('conformance.ts', "import 'no-such-package';\n");
      const args = ['src/cli/launch.mjs', script, '--reports', reports];
      const repeated = await tools.command(process.execPath, [...args, '--case', 'a/b']);
      const kept = existsSync(latest);
      const seen = crashed(await tools.command(process.execPath, args), /no-such-package/);
      return {
        ...seen,
        wrote: 'nothing; the run of yesterday is still in its folder',
        problems: [
          ...seen.problems,
          ...said(repeated, 3),
          ...(kept ? [] : ['the repeated case took the link away']),
          ...(existsSync(latest) ? ['the link to the old results is still there'] : []),
          ...(existsSync(path.join(reports, 'runs/yesterday/junit.xml')) ? [] : ['the old run was deleted']),
        ],
      };
    },
  },
  {
    id: 'process/syntax-error',
    hostile: 'a source file can’t be parsed',
    expected: 'exit code 3',
    run: async (tools) => crashed(await launched(tools, 'const = ;\n'), /TransformError|SyntaxError/),
  },
  {
    id: 'process/little-memory',
    hostile: 'the command has 30 MB of memory',
    expected: 'exit code 3',
    run: async (tools) =>
      crashed(
        await tools.command(process.execPath, [...launcher, '--no-page'], {
          env: {
            NODE_OPTIONS: '--max-old-space-size=30',
            KONAPLATE_REPORTS: path.join(tools.folder(), 'reports'),
          },
        }),
        /heap out of memory/,
      ),
  },
  {
    id: 'process/few-file-handles',
    hostile: 'a process may have 24 files open',
    expected: 'exit code 3',
    run: async (tools) =>
      crashed(
        await tools.command('sh', ['-c', `ulimit -n 24; exec node ${launcher.join(' ')} --no-page`], {
          env: { KONAPLATE_REPORTS: path.join(tools.folder(), 'reports') },
        }),
        /EMFILE|too many open files|came to no result/,
      ),
  },
  {
    id: 'process/killed-while-starting',
    hostile: 'the command is killed before it has told a result',
    expected: 'exit code 3',
    run: async (tools) =>
      crashed(await launched(tools, "process.kill(process.pid, 'SIGKILL');\n"), /SIGKILL/),
  },
  {
    id: 'process/ends-without-a-result',
    hostile: 'the command ends with 0 and has told no result',
    expected: 'exit code 3',
    run: async (tools) => crashed(await launched(tools, 'process.exit(0);\n'), /ended with 0/),
  },
];

/** Runs a command line of a shell whose reader goes after the first line; the exit code is the command's. */
async function headed(tools: Tools, wrong: string, command: string, redirected = ''): Promise<Seen> {
  const sandbox = await tools.sandbox({
    deviation: {
      act: (at, act) => {
        const outcome = act(at);
        return at.api.id === wrong ? { ...outcome, description: 'Something else.' } : outcome;
      },
    },
  });
  const reports = path.join(tools.folder(), 'reports');
  const line = `${command} --no-page --grep @scenario --target ${sandbox.profilePath} ${redirected} | head -1`;
  const ended = await tools.command('bash', ['-c', `set -o pipefail; ${line}`], {
    env: { KONAPLATE_REPORTS: reports },
  });
  const report = reportIn(reports);
  const expected = wrong === '' ? 0 : 1;
  return {
    happened: `ended with ${ended.exitCode}, the report says ${report?.verdict}`,
    exitCode: ended.exitCode,
    wrote: report ? `a run, ${report.verdict}` : 'no report',
    problems: [
      ...said(ended, expected),
      ...(report?.exitCode === expected ? [] : [`the report says ${report?.exitCode}`]),
      ...(/EPIPE|at .*\.js:\d+/.test(ended.stderr) ? [`it made a noise: ${ended.stderr}`] : []),
    ],
  };
}

const pipes: readonly Row[] = [
  {
    id: 'process/closed-pipe-conformant',
    hostile: 'npm run conformance | head -1, the target conforms',
    expected: 'the report is written, and the exit code is 0',
    run: (tools) => headed(tools, '', 'npm run conformance --'),
  },
  {
    id: 'process/closed-pipe-nonconformant',
    hostile: 'the reader of both streams goes after the first line, the target does not conform',
    expected: 'the report is written, and the exit code is 1',
    run: (tools) => headed(tools, 'account-info', `node ${launcher.join(' ')}`, '2>&1'),
  },
];

/** Starts the sandbox as a user does and waits until it listens. */
async function startedSandbox(tools: Tools, temporary: string, args: readonly string[] = []) {
  const started = tools.start(process.execPath, ['src/cli/launch.mjs', 'sandbox/main.ts', ...args], {
    env: { TMPDIR: temporary },
  });
  await started.prints(/For a client/);
  return started;
}

const sandboxes: readonly Row[] = [
  {
    id: 'process/sandbox-killed',
    hostile: 'a sandbox is ended by SIGKILL, and its keys stay',
    expected: 'the next one removes them, and nothing else',
    untriable: withoutProc,
    run: async (tools) => {
      const temporary = tools.folder();
      const first = await startedSandbox(tools, temporary);
      const second = await startedSandbox(tools, temporary);
      const [killed] = readdirSync(temporary).filter((name) => first.output().includes(name));
      const [living] = readdirSync(temporary).filter((name) => second.output().includes(name));
      if (killed === undefined || living === undefined) throw new Error('no folders of credentials');
      const own = processesOf(temporary).find(
        ({ pid }) =>
          readFileSync(path.join(temporary, killed, 'sandbox.pid'), 'utf8') === `${pid} on ${hostname()}\n`,
      );
      if (!own) throw new Error('no process of the sandbox');
      process.kill(own.pid, 'SIGKILL');
      const { exitCode } = await first.ended;
      const stayed = existsSync(path.join(temporary, killed, 'client-private.pem'));
      const third = await startedSandbox(tools, temporary);
      const gone = !existsSync(path.join(temporary, killed));
      const kept = existsSync(path.join(temporary, living, 'client-private.pem'));
      for (const one of [second, third]) one.child.kill('SIGTERM');
      await Promise.all([second.ended, third.ended]);
      const left = await leftOf(temporary);
      return {
        happened: gone
          ? 'the keys of the killed one are gone, those of the living one were kept'
          : 'the keys stayed',
        exitCode,
        wrote: readdirSync(temporary).join(', ') || 'nothing',
        problems: [
          ...(stayed ? [] : ['the killed one had no keys']),
          ...(gone ? [] : ['its folder is still there']),
          ...(kept ? [] : ['the folder of a living one was removed']),
          ...left.map(({ command }) => `it left ${command} running`),
        ],
      };
    },
  },
  {
    id: 'process/sandbox-for-everybody',
    hostile: 'npm run sandbox -- --host 0.0.0.0',
    expected: 'it warns that other machines can reach it; on 127.0.0.1 it does not',
    run: async (tools) => {
      const open = await startedSandbox(tools, tools.folder(), ['--host', '0.0.0.0']);
      const closed = await startedSandbox(tools, tools.folder());
      for (const one of [open, closed]) one.child.kill('SIGTERM');
      const [{ exitCode, stderr }, quiet] = await Promise.all([open.ended, closed.ended]);
      const warning = /^warning: .*0\.0\.0\.0.*other machines.*$/m.exec(stderr)?.[0];
      return {
        happened: warning ?? 'no warning',
        exitCode,
        wrote: 'nothing',
        problems: [
          ...(warning === undefined ? [`no warning: ${stderr}`] : []),
          ...(/warning/.test(quiet.stderr) ? ['it warns on 127.0.0.1'] : []),
        ],
      };
    },
  },
];

/** Starts a run against a launched target and waits until it has a process of a role. */
async function whenThere(tools: Tools, role: keyof typeof roles, args: readonly string[]) {
  const reports = path.join(tools.folder(), 'reports');
  const started = tools.start(process.execPath, [...launcher, ...args], {
    env: { KONAPLATE_REPORTS: reports },
    deadline: 120_000,
  });
  let isOver = false;
  void started.ended.then(() => {
    isOver = true;
  });
  const isThere = () => processesOf(reports).some(({ command }) => roles[role].test(command));
  // No event tells of another one's child.
  while (!isOver && !isThere()) await wait(20);
  return { started, reports };
}

const others: readonly Row[] = [
  {
    id: 'process/interrupted-cases',
    slow: true,
    hostile: 'Ctrl-C among hundreds of cases, two workers',
    expected: 'the others are not sent; each is told as not exercised',
    untriable: withoutProc,
    run: async (tools) => {
      const { started, reports, watched, before } = await interrupt(tools, {
        args: ['--grep', 'ars-inquiry|linkable-cards', '--workers', '2'],
        at: ['ars-inquiry', 20],
        signal: 'SIGINT',
        to: 'group',
      });
      const ended = await started.ended;
      const left = await leftOf(reports);
      const report = reportIn(reports);
      const count = (outcome: string) => report?.cases.filter((one) => one.outcome === outcome).length ?? 0;
      const interrupted =
        report?.cases.filter(({ reason }) => reason === 'the run was interrupted').length ?? 0;
      return {
        happened: `${before} requests before, ${watched.asked.length - before} after; ${interrupted} cases interrupted`,
        exitCode: ended.exitCode,
        wrote: report ? `a run, ${report.verdict}` : 'no report',
        problems: [
          ...said(ended, 3),
          ...left.map(({ command }) => `it left ${command} running`),
          ...(report?.verdict === 'incomplete' ? [] : [`the verdict is ${report?.verdict}`]),
          ...(watched.asked.length - before <= 10 ? [] : ['it went on sending']),
          ...(interrupted > 50 ? [] : [`only ${interrupted} cases are told as interrupted`]),
          ...(count('harness-error') === 0 ? [] : [`${count('harness-error')} harness errors`]),
        ],
      };
    },
  },
  {
    id: 'process/what-remains',
    slow: true,
    hostile: 'Ctrl-C in the middle of a workflow, and the target refuses every deletion',
    expected: 'it is told whose registrations may be left, by a masked member',
    untriable: withoutProc,
    run: async (tools) => {
      const { started, reports, watched } = await interrupt(tools, {
        ...inTheMiddle,
        signal: 'SIGINT',
        to: 'group',
        deviation: {
          act: (at, act) =>
            at.api.id === 'account-delete'
              ? { status: 500, code: '900_000', description: 'No.', fields: {} }
              : act(at),
        },
      });
      const ended = await started.ended;
      const left = await leftOf(reports);
      const told = [...new Set(ended.stdout.match(/the account of \d+…\d+(?=:)/g))];
      const inFull = [...watched.members].filter((member) =>
        `${ended.stdout}${ended.stderr}`.includes(String(member)),
      );
      return {
        happened: `of ${watched.left()} accounts that are left ${told.length} are told: ${told.join(', ')}`,
        exitCode: ended.exitCode,
        wrote: 'a run, incomplete',
        problems: [
          ...said(ended, 3),
          ...left.map(({ command }) => `it left ${command} running`),
          ...(told.length === watched.members.size ? [] : [`not all are told: ${ended.stdout}`]),
          ...(inFull.length === 0 ? [] : ['a member is told in full']),
        ],
      };
    },
  },
  {
    id: 'process/second-signal',
    slow: true,
    hostile: 'a second Ctrl-C while the target is silent to the deletions',
    expected: 'everything ends at once, and it says that registrations may be left',
    untriable: withoutProc,
    run: async (tools) => {
      let waitsForDeletion = () => {};
      const deleting = new Promise<void>((resolve) => {
        waitsForDeletion = resolve;
      });
      const { started, reports } = await interrupt(tools, {
        ...inTheMiddle,
        signal: 'SIGINT',
        to: 'group',
        deviation: {
          seal: async (answer, at, seal) => {
            if (at.api.id !== 'account-delete') return seal(answer);
            waitsForDeletion();
            return new Promise(() => undefined);
          },
        },
      });
      await deleting;
      // A second signal within a second is taken for the first one.
      await wait(1_200);
      const start = performance.now();
      process.kill(-(started.child.pid ?? Number.NaN), 'SIGINT');
      const ended = await started.ended;
      const left = await leftOf(reports);
      const line = /^Ended at once.*$/m.exec(ended.stderr)?.[0];
      return {
        happened: `${line ?? 'nothing was said'} (after ${((performance.now() - start) / 1000).toFixed(1)} s)`,
        exitCode: ended.exitCode,
        wrote: reportIn(reports) ? 'a run' : 'no report',
        problems: [
          ...said(ended, 3),
          ...left.map(({ command }) => `it left ${command} running`),
          ...(line === undefined ? [`it did not say so: ${ended.stderr}`] : []),
        ],
      };
    },
  },
  {
    id: 'process/int-while-starting',
    hostile: 'SIGINT to the command while Playwright’s runner starts',
    expected: 'nothing is sent, and the run is incomplete',
    untriable: withoutProc,
    run: async (tools) => {
      const { started, reports } = await whenThere(tools, 'runner', ['--no-page', '--grep', '@scenario']);
      process.kill(find('command', processesOf(reports)), 'SIGINT');
      const ended = await started.ended;
      const left = await leftOf(reports);
      const passed = reportIn(reports)?.cases.filter(({ outcome }) => outcome === 'conforms').length ?? 0;
      return {
        happened: `ended with ${ended.exitCode}, ${passed} cases were done`,
        exitCode: ended.exitCode,
        wrote: reportIn(reports) ? 'a run, incomplete' : 'no report',
        problems: [
          ...said(ended, 3),
          ...left.map(({ command }) => `it left ${command} running`),
          ...(passed === 0 ? [] : [`${passed} cases were done`]),
        ],
      };
    },
  },
  ...(
    [
      ['killed', 'SIGKILL', 3, /its process was ended by SIGKILL/],
      ['interrupted', 'SIGINT', 0, /page +not made: interrupted/],
    ] as const
  ).map(
    ([name, signal, exitCode, line]): Row => ({
      id: `process/${name}-while-making-the-page`,
      slow: true,
      hostile: `${signal} to the command while Allure makes the page, with a launched target`,
      expected:
        exitCode === 3
          ? 'Allure, the runner and the target end too'
          : 'the run was over: there is no page, and the exit code is that of the verdict',
      untriable: withoutProc,
      run: async (tools) => {
        const { started, reports } = await whenThere(tools, 'allure', ['--case', 'ars-inquiry/succeeded']);
        process.kill(find('command', processesOf(reports)), signal);
        const ended = await started.ended;
        const left = await leftOf(reports);
        const seen = line.exec(`${ended.stdout}${ended.stderr}`)?.[0];
        return {
          happened: `ended with ${ended.exitCode}: ${seen}`,
          exitCode: ended.exitCode,
          wrote: existsSync(path.join(runIn(reports), 'report.html')) ? 'a page' : 'a run without a page',
          problems: [
            ...said(ended, exitCode),
            ...(seen === undefined ? [`it did not say ${line}: ${ended.stderr}`] : []),
            ...left.map(({ command }) => `it left ${command} running`),
          ],
        };
      },
    }),
  ),
];

export const rows: readonly Row[] = [...signalRows, ...crashes, ...pipes, ...sandboxes, ...others];
