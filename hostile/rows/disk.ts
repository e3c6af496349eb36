import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { findFault } from '../../sandbox/faults/catalogue.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import { readLedger, writeLedger } from '../../src/report/ledger/ledger.ts';
import { finishRun, makeRunFolder, readMarker, retireLatest } from '../../src/report/ledger/run-folder.ts';
import { outputs } from '../../src/report/render/outputs.ts';
import { allIds, sampleLedger } from '../../tests/report/samples.ts';
import type { Row, Seen } from '../row.ts';
import { type Ended, root, type Tools } from '../tools.ts';

const program = ['--import', 'tsx', 'src/cli/conformance.ts'];
const runner = ['node_modules/@playwright/test/cli.js', 'test'];
const merge = ['--import', 'tsx', 'src/cli/merge.ts', '--no-page'];
const one = ['--no-page', '--case', 'ars-inquiry/succeeded'];
/** A machine under load takes its time; milliseconds. */
const deadline = 180_000;
const mine = 'mine';

/** The folders of all runs below a folder of reports. */
function runsIn(reports: string): readonly string[] {
  const runs = path.join(reports, 'runs');
  return existsSync(runs) ? readdirSync(runs).map((name) => path.join(runs, name)) : [];
}

/** What was left below a folder of reports, in a few words. */
function leftIn(reports: string): string {
  const states = runsIn(reports).map((run) => readMarker(run)?.state ?? 'no');
  return states.length === 0 ? 'nothing' : states.map((state) => `${state} run`).join(', ');
}

/** An earlier run that conformed, in the folder of reports; returns its folder. */
function earlierRun(reports: string): string {
  const folder = makeRunFolder(reports, { runId: 'earlier', target: 'earlier', selection: {} });
  for (const file of Object.values(outputs)) writeFileSync(path.join(folder, file), 'earlier');
  finishRun(folder);
  return folder;
}

function hasLatest(reports: string): boolean {
  return lstatSync(path.join(reports, 'latest'), { throwIfNoEntry: false }) !== undefined;
}

/** Each check that does not hold, in its words, and then what was printed. */
function problemsOf(checks: Readonly<Record<string, boolean>>, output = ''): readonly string[] {
  const failed = Object.keys(checks).filter((name) => checks[name] !== true);
  return failed.length === 0 || output === '' ? failed : [...failed, `it printed: ${output}`];
}

/** How a command must end: with an exit code and one line. */
interface End {
  readonly args: readonly string[];
  readonly code: number;
  readonly says: RegExp;
  /** Its path is left out of what is shown. */
  readonly reports: string;
  /** What the shell is told first. */
  readonly below?: string;
  /** What else must be true behind it. */
  readonly checks?: () => Readonly<Record<string, boolean>>;
}

/** A row whose command takes a folder of reports that was made ready for it, and must end with one line. */
function refusal(
  given: Omit<Row, 'run'> &
    Pick<End, 'code' | 'says' | 'below'> & {
      /** Makes the folder of reports ready. */
      readonly reports: (tools: Tools) => string;
      /** Besides the folder of reports: the run of one case unless told. */
      readonly args?: readonly string[];
      readonly checks?: (reports: string) => Readonly<Record<string, boolean>>;
    },
): Row {
  const { code, says, below, reports, args = one, checks = () => ({}), ...row } = given;
  return {
    ...row,
    run(tools) {
      const folder = reports(tools);
      return endsWith(tools, {
        args: [...program, ...args, '--reports', folder],
        ...{ code, says, reports: folder, checks: () => checks(folder) },
        ...(below !== undefined && { below }),
      });
    },
  };
}

/** Merging the folders of two shards is refused in one line. */
function mergeRefused(
  given: Omit<Row, 'run'> & Pick<End, 'says'> & { readonly shards: (folder: string) => readonly string[] },
): Row {
  const { says, shards, ...row } = given;
  return {
    ...row,
    run(tools) {
      const reports = tools.folder();
      const args = [...merge, ...shards(reports), '--reports', path.join(reports, 'merged')];
      return endsWith(tools, { args, code: 2, says, reports });
    },
  };
}

/** Runs a command and holds it against how it must end. */
async function endsWith(tools: Tools, wanted: End): Promise<Seen> {
  const { args, code, says, reports, below = ':', checks = () => ({}) } = wanted;
  const ended = await tools.command('sh', ['-c', `${below}; exec "$0" "$@"`, process.execPath, ...args], {
    deadline,
  });
  const output = `${ended.stdout}${ended.stderr}`;
  // Besides the dots of the cases that were done.
  const lines = output.split('\n').filter((line) => !/^\.*$/.test(line));
  const [line = ''] = lines;
  return {
    happened: line.replaceAll(`${reports}/`, '').replaceAll(reports, 'it'),
    exitCode: ended.exitCode,
    wrote: leftIn(reports),
    problems: problemsOf(
      {
        [`expected exit code ${code}, got ${ended.exitCode}`]: ended.exitCode === code,
        'expected one line': lines.length === 1,
        [`expected a line like ${says}`]: says.test(line),
        ...checks(),
      },
      output,
    ),
  };
}

const noSmallDisk =
  process.platform !== 'linux'
    ? 'a small disk is made with a tmpfs, which is Linux'
    : process.getuid?.() !== 0
      ? 'mounting a small disk takes root'
      : undefined;
let mounts: boolean | undefined;

/** Why no small disk can be made here. */
function untriable(): string | undefined {
  if (noSmallDisk !== undefined) return noSmallDisk;
  mounts ??= spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;
  return mounts ? undefined : 'this machine lets nobody mount a small disk';
}

/** A disk of the row's own, with the options of a tmpfs. */
function smallDisk(tools: Tools, options: string): string {
  const folder = tools.folder();
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  if (done.status !== 0) throw new Error(`mount: ${done.stderr.toString()}`);
  tools.after(() => {
    spawnSync('umount', ['-l', folder]);
  });
  return folder;
}

export const rows: readonly Row[] = [
  {
    id: 'disk/two-runs-at-once',
    hostile:
      'Two runs at once with the same folder of reports, one by the command and one by the runner: against a sound target and a faulty one.',
    expected:
      'Each has its own results: the sound target conforms, the faulty one does not, no exchange stands in the other ledger.',
    async run(tools) {
      const reports = tools.folder();
      const contract = loadContract(contractFolders(root));
      const fault = findFault('ars-inquiry.code.000_000.message/translated', contract);
      const [sound, faulty] = await Promise.all([
        tools.sandbox({ contract }),
        tools.sandbox({ contract, deviation: fault.deviation() }),
      ]);
      const chosen = ['--grep', '@scenario'];
      const [first, second] = await Promise.all([
        tools.command(
          process.execPath,
          [...[...program, '--no-page', ...chosen], ...['--target', sound.profilePath, '--reports', reports]],
          { deadline },
        ),
        tools.command(process.execPath, [...runner, ...chosen], {
          deadline,
          env: { KONAPLATE_TARGET: faulty.profilePath, KONAPLATE_REPORTS: reports, KONAPLATE_PAGE: 'false' },
        }),
      ]);
      const urls = runsIn(reports).map((run) => {
        const { header, cases } = readLedger(path.join(run, outputs.ledger));
        const sent = cases.flatMap(({ exchanges }) =>
          exchanges.map(({ request }) => new URL(request.url).origin),
        );
        return new Set([new URL(String(header?.target.baseUrl)).origin, ...sent]);
      });
      const output = `${first.stdout}${first.stderr}${second.stdout}${second.stderr}`;
      return {
        happened: `exit codes ${first.exitCode} and ${second.exitCode}; each ledger has the exchanges of one target`,
        exitCode: first.exitCode,
        wrote: leftIn(reports),
        problems: problemsOf(
          {
            'expected the sound target to conform': first.exitCode === 0,
            'expected the faulty one not to': second.exitCode === 1,
            'expected two runs': urls.length === 2,
            'expected one target in each ledger': urls.every(({ size }) => size === 1),
            'expected another target in each': new Set(urls.flatMap((set) => [...set])).size === 2,
          },
          output,
        ),
      };
    },
  },
  {
    id: 'disk/killed-run',
    slow: true,
    hostile:
      'SIGKILL to all processes of a whole run, where an earlier one conformed; then its reports are merged.',
    expected:
      'Nothing of the earlier run is found as the latest, the folder says unfinished, and merging refuses it.',
    async run(tools) {
      const reports = tools.folder();
      earlierRun(reports);
      const started = tools.start(process.execPath, [...program, '--no-page', '--reports', reports], {
        deadline,
      });
      await started.prints(/\.{5}/);
      if (started.child.pid !== undefined) process.kill(-started.child.pid, 'SIGKILL');
      await started.ended;
      const killed = runsIn(reports).filter((run) => readMarker(run)?.target !== 'earlier');
      return endsWith(tools, {
        args: [...merge, reports, '--reports', tools.folder()],
        code: 2,
        says: /expected a finished run; it has no latest/,
        reports,
        checks: () => ({
          'expected no latest': !hasLatest(reports),
          'expected an unfinished run':
            killed.length === 1 && readMarker(killed[0] ?? '')?.state === 'unfinished',
          'expected no result': Object.values(outputs).every(
            (file) => !existsSync(path.join(killed[0] ?? '', file)),
          ),
        }),
      });
    },
  },
  {
    id: 'disk/mistake-after-a-good-run',
    hostile:
      'A run that conformed, then two that end with exit code 2: an unknown option, a target that is not there.',
    expected: 'Nothing of the good run is found as the latest any more.',
    async run(tools) {
      const reports = tools.folder();
      const mistakes = [
        ['--targt', 'x'],
        ['--target', 'not-there'],
      ];
      const all = await Promise.all(
        mistakes.map(async (mistake, index) => {
          const own = path.join(reports, String(index));
          earlierRun(own);
          const ended = await tools.command(process.execPath, [...program, ...mistake, '--reports', own]);
          return { ended, latest: hasLatest(own), runs: runsIn(own).length };
        }),
      );
      return {
        happened: all.map(({ ended }) => ended.stderr.split('\n')[0]).join(' / '),
        exitCode: all[0]?.ended.exitCode ?? null,
        wrote: 'nothing',
        problems: all.flatMap(({ ended, latest, runs }) =>
          problemsOf(
            {
              'expected exit code 2': ended.exitCode === 2,
              'expected no latest': !latest,
              'expected the good run alone among the runs': runs === 1,
            },
            ended.stderr,
          ),
        ),
      };
    },
  },
  {
    id: 'disk/another-reporter',
    slow: true,
    hostile: "A run that conformed, then one by the runner's own command with another reporter.",
    expected:
      'Nothing of the good run is found as the latest; the folder of the new one says why it stays unfinished.',
    async run(tools) {
      const reports = tools.folder();
      earlierRun(reports);
      const ended = await tools.command(process.execPath, [...runner, '--reporter=dot'], {
        deadline,
        env: { KONAPLATE_REPORTS: reports },
      });
      const markers = runsIn(reports).map(readMarker);
      const note = markers.find((marker) => marker?.target === 'embedded')?.note ?? 'nothing';
      return {
        happened: `run.json says: ${note}`,
        exitCode: ended.exitCode,
        wrote: leftIn(reports),
        problems: problemsOf(
          {
            'expected exit code 0': ended.exitCode === 0,
            'expected no latest': !hasLatest(reports),
            'expected a note': /--reporter dot stood in place of the suite's own/.test(note),
          },
          ended.stdout + ended.stderr,
        ),
      };
    },
  },
  {
    id: 'disk/repeat-in-a-used-folder',
    hostile:
      'One case is repeated where a run has conformed, in a folder with artifacts, parts, allure-results and report.html of somebody.',
    expected:
      'latest still leads to the whole run, nothing of anybody is deleted, and all files have the id that was given.',
    async run(tools) {
      const reports = tools.folder();
      const whole = earlierRun(reports);
      const files = [
        'artifacts/a',
        'parts/a',
        'allure-results/a',
        'report.html',
        'conformance.json',
        'runs/notes.txt',
      ];
      for (const file of files) {
        mkdirSync(path.dirname(path.join(reports, file)), { recursive: true });
        writeFileSync(path.join(reports, file), mine);
      }
      const id = 'pipeline-4711.2';
      const ended = await tools.command(process.execPath, [
        ...program,
        ...one,
        '--reports',
        reports,
        '--run-id',
        id,
      ]);
      const run = runsIn(reports).find((folder) => readMarker(folder)?.runId === id) ?? '';
      const withId = [
        'run.json',
        'conformance.json',
        'junit.xml',
        'ledger.jsonl',
        'allure-results/environment.properties',
      ];
      const lastLine = ended.stdout.trimEnd().split('\n').at(-1) ?? '';
      return {
        happened: `it ends with: ${lastLine.trim().replaceAll(reports, '…')}`,
        exitCode: ended.exitCode,
        wrote: leftIn(reports),
        problems: problemsOf(
          {
            'expected exit code 0': ended.exitCode === 0,
            'expected latest to lead to the whole run':
              realpathSync(path.join(reports, 'latest')) === realpathSync(whole),
            'expected all files of the user': files.every(
              (file) => readFileSync(path.join(reports, file), 'utf8') === mine,
            ),
            'expected the id in all files': withId.every((file) =>
              readFileSync(path.join(run, file), 'utf8').includes(id),
            ),
            'expected the folder of the run at the end': lastLine.endsWith(run),
          },
          ended.stdout + ended.stderr,
        ),
      };
    },
  },
  refusal({
    id: 'disk/latest-of-somebody',
    hostile: 'A file of somebody is named latest in the folder of reports.',
    expected: 'One line and exit code 2; the file is as it was.',
    reports(tools) {
      const reports = tools.folder();
      writeFileSync(path.join(reports, 'latest'), mine);
      return reports;
    },
    args: [],
    code: 2,
    says: /latest: expected nothing, or the link .*; this is somebody's own: move it away/,
    checks: (reports) => ({ 'expected the file untouched': isMine(path.join(reports, 'latest')) }),
  }),
  {
    id: 'disk/latest-of-an-earlier-version',
    hostile: 'reports/latest is a folder, as an earlier version of the suite has left it.',
    expected: 'It is moved among the runs, whole, and one line says where it is.',
    async run(tools) {
      const reports = tools.folder();
      const latest = path.join(reports, 'latest');
      for (const folder of ['artifacts', 'allure-results'])
        mkdirSync(path.join(latest, folder), { recursive: true });
      for (const file of ['ledger.jsonl', 'report.html', 'artifacts/a'])
        writeFileSync(path.join(latest, file), mine);
      const told = retireLatest(reports) ?? '';
      const [moved = ''] = runsIn(reports);
      const files = ['ledger.jsonl', 'report.html', 'artifacts/a'].map((file) => path.join(moved, file));
      return {
        happened: told.replaceAll(reports, '…'),
        exitCode: null,
        wrote: 'the earlier run, moved',
        problems: problemsOf({
          'expected a line': /that run is in .*-formerly-latest$/.test(told),
          'expected no latest': !hasLatest(reports),
          'expected all its files': files.every(
            (file) => existsSync(file) && readFileSync(file, 'utf8') === mine,
          ),
        }),
      };
    },
  },
  refusal({
    id: 'disk/file-as-reports',
    hostile: 'A file is given as the folder of reports.',
    expected: 'One line and exit code 2; the file is as it was.',
    reports: (tools) => tools.file('reports', mine),
    code: 2,
    says: /a file is where a folder must be .*; name a folder for reports that can be written to/,
    checks: (file) => ({ 'expected the file untouched': isMine(file) }),
  }),
  refusal({
    id: 'disk/read-only-reports',
    hostile: 'The folder of reports lies on a read-only disk.',
    expected: 'One line and exit code 2; nothing is sent.',
    untriable,
    reports: (tools) => smallDisk(tools, 'ro,size=1m'),
    args: [],
    code: 2,
    says: /the disk is read-only \(EROFS\); name a folder/,
  }),
  {
    id: 'disk/names-of-targets',
    hostile:
      'Targets named by 300 letters, by ../../x, by nothing but dots, by Korean text and control characters.',
    expected: 'Each run lies in a folder of its own among the runs, with a name that any system takes.',
    async run(tools) {
      const reports = tools.folder();
      const names = ['a'.repeat(300), '../../x', '...', '가나다\u0000\n', 'con/aux:*?"<>|'];
      const folders = names.map((target) => makeRunFolder(reports, { runId: 'a', target, selection: {} }));
      const own = folders.map((folder) => path.basename(folder));
      return {
        happened: own.map((name) => name.replace(/^[^Z]*Z-/, '').slice(0, 12)).join(', '),
        exitCode: null,
        wrote: leftIn(reports),
        problems: problemsOf({
          'expected all among the runs': folders.every(
            (folder) => path.dirname(folder) === path.join(reports, 'runs'),
          ),
          'expected short and harmless names': own.every((name) => /^[\p{L}\p{N}._-]{1,70}$/u.test(name)),
        }),
      };
    },
  },
  refusal({
    id: 'disk/long-name-as-target',
    hostile: '--target with 300 letters, a name that no file can have.',
    expected: 'One line and exit code 2.',
    reports: (tools) => tools.folder(),
    args: ['--target', 'a'.repeat(300)],
    code: 2,
    says: /no such target/,
  }),
  refusal({
    id: 'disk/full-at-the-start',
    hostile: 'The disk of the folder of reports is full before the run.',
    expected: 'One line and exit code 3; nothing is sent.',
    untriable,
    reports(tools) {
      const reports = smallDisk(tools, 'size=4k');
      writeFileSync(path.join(reports, 'mine'), Buffer.alloc(4096));
      return reports;
    },
    code: 3,
    says: /no space left on the disk \(ENOSPC\)/,
    checks: noRun,
  }),
  refusal({
    id: 'disk/full-meanwhile',
    hostile: 'The disk is full after some of the cases.',
    expected: 'Nothing more is sent, one line, exit code 3, the run stays unfinished and has no result.',
    untriable,
    reports: (tools) => smallDisk(tools, 'size=100k'),
    args: ['--no-page', '--grep', '@scenario'],
    code: 3,
    says: /^INCOMPLETE .*jsonl could not be written: no space left on the disk \(ENOSPC\)/,
    checks: noResult,
  }),
  refusal({
    id: 'disk/full-at-the-end',
    hostile: 'The disk has room for the record of the run, and not for conformance.json.',
    expected: 'No conformance.json rather than half of one, one line, exit code 3, the run stays unfinished.',
    untriable,
    reports: (tools) => smallDisk(tools, 'size=100k'),
    code: 3,
    says: /^INCOMPLETE .*conformance\.json could not be written: no space left on the disk \(ENOSPC\)/,
    checks: noResult,
  }),
  refusal({
    id: 'disk/no-large-files',
    hostile: 'No file may be larger than 50 kB (ulimit -f).',
    expected: 'One line, exit code 3, and no half of a file.',
    untriable: () => (process.platform === 'win32' ? 'ulimit is of the shell of Unix' : undefined),
    reports: (tools) => tools.folder(),
    code: 3,
    says: /a file could not be read or written: larger than a file may be here \(ulimit -f\) \(EFBIG\)/,
    below: 'ulimit -f 100',
    checks: noRun,
  }),
  {
    id: 'disk/few-file-handles',
    hostile: 'Room for 32 and 33 open files: enough to start, too few for the processes of a run.',
    expected:
      'Whatever fails, exit code 3 and no verdict; a run that gets through with all its data may conform.',
    untriable: () => (process.platform === 'win32' ? 'ulimit is of the shell of Unix' : undefined),
    async run(tools) {
      const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
        readFileSync(path.join(root, 'package.json'), 'utf8'),
      );
      const command = scripts.conformance ?? 'false';
      const localPath = `${path.join(root, 'node_modules/.bin')}:${process.env.PATH}`;
      const all: Ended[] = [];
      for (const handles of [32, 33]) {
        const args = [...one, '--reports', tools.folder()];
        // As `npm run conformance` has it, which needs the handles for itself.
        const script = `ulimit -n ${handles}; exec ${command} "$@"`;
        all.push(
          await tools.command('sh', ['-c', script, 'conformance', ...args], { env: { PATH: localPath } }),
        );
      }
      return {
        happened: `exit codes ${all.map(({ exitCode }) => exitCode).join(' and ')}`,
        exitCode: all[0]?.exitCode ?? null,
        wrote: 'unfinished runs',
        problems: all.flatMap((ended) =>
          problemsOf(
            {
              'expected exit code 3, or 0 with a verdict':
                ended.exitCode === 3 || (ended.exitCode === 0 && /^CONFORMANT/m.test(ended.stdout)),
            },
            ended.stdout + ended.stderr,
          ),
        ),
      };
    },
  },
  mergeRefused({
    id: 'disk/shards-of-two-runs',
    hostile: 'Shards without a common --run-id are merged.',
    expected: 'One line that tells to give every shard the same, and exit code 2.',
    shards: (folder) =>
      ['1/2', '2/2'].map((shard) => finishedShard(path.join(folder, shard), shard, `run-${shard[0]}`)),
    says: /the run run-2, and .* is one of the run run-1; give every shard of one run the same --run-id$/,
  }),
  mergeRefused({
    id: 'disk/killed-shard',
    hostile:
      'A shard was killed, and in its folder lies the ledger of an earlier one that conformed; it is merged with a new one.',
    expected: 'One line that tells to run it again, and exit code 2: never CONFORMANT.',
    shards(folder) {
      const earlier = finishedShard(path.join(folder, 'earlier'), '1/2', 'both');
      const killed = makeRunFolder(path.join(folder, 'a'), {
        runId: 'both',
        target: 'sandbox',
        selection: { shard: '1/2' },
      });
      cpSync(path.join(earlier, outputs.ledger), path.join(killed, outputs.ledger));
      return [killed, finishedShard(path.join(folder, 'b'), '2/2', 'both')];
    },
    says: /expected a finished run; this one is still at work, or was ended before its end/,
  }),
  mergeRefused({
    id: 'disk/ledger-of-another-run',
    hostile:
      'In the folder of a finished shard lies the ledger of an earlier run that conformed; it is merged with a new one.',
    expected: 'One line that tells of files of two runs, and exit code 2: never CONFORMANT.',
    shards(folder) {
      const earlier = finishedShard(path.join(folder, 'earlier'), '1/2', 'before');
      const mixed = finishedShard(path.join(folder, 'a'), '1/2', 'both');
      cpSync(path.join(earlier, outputs.ledger), path.join(mixed, outputs.ledger));
      return [mixed, finishedShard(path.join(folder, 'b'), '2/2', 'both')];
    },
    says: /files of two runs: it is the run both, and its ledger is of before$/,
  }),
];

function isMine(file: string): boolean {
  return readFileSync(file, 'utf8') === mine;
}

function noRun(reports: string): Readonly<Record<string, boolean>> {
  return { 'expected no run': runsIn(reports).length === 0 };
}

/** What must be true of a run whose results could not be kept. */
function noResult(reports: string): Readonly<Record<string, boolean>> {
  const [run = ''] = runsIn(reports);
  const names = existsSync(run) ? readdirSync(run) : [];
  return {
    'expected an unfinished run': readMarker(run)?.state === 'unfinished',
    'expected no latest': !hasLatest(reports),
    'expected no conformance.json': !names.includes(outputs.conformance),
    'expected no half-written file': !names.some((name) => name.endsWith('.unfinished')),
  };
}

/** A shard that conformed, in a folder of reports of its own; returns the folder of its run. */
function finishedShard(reports: string, shard: string, runId: string): string {
  const planned = shard.startsWith('1') ? allIds.slice(0, 10) : allIds.slice(10);
  const { header, cases, footer } = sampleLedger([], { planned, selection: { shard } });
  const folder = makeRunFolder(reports, { runId, target: 'sandbox', selection: { shard } });
  writeLedger(path.join(folder, outputs.ledger), {
    header: { ...header, runId },
    cases: cases.map((record) => ({ ...record, position: allIds.indexOf(record.id) })),
    footer,
  });
  finishRun(folder);
  return folder;
}
