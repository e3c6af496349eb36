import { type Between, type Fate, type Passing, passed, standBetween } from '../../bench/between.ts';
import { makeCredentials } from '../../sandbox/credentials.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { allCases } from '../../src/cases/all-cases.ts';
import type { Case } from '../../src/cases/case.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import { usualPatience } from '../../src/engine/breaker.ts';
import type { Clock } from '../../src/engine/clock.ts';
import { type EngineOptions, openEngine } from '../../src/engine/engine.ts';
import { type Outcome, outcomes } from '../../src/judge/finding.ts';
import { verdictOf } from '../../src/judge/verdict.ts';
import type { CaseRecord } from '../../src/record/record.ts';
import { redactNothing } from '../../src/redact/redactor.ts';
import { readProfile } from '../../src/run/plan.ts';
import type { Row, Seen } from '../row.ts';
import { root, type Tools } from '../tools.ts';

// The embedded target behind something that delays, drops and cuts: cases in process, or the command as a user starts it.

const contract = loadContract(contractFolders(root));
/** Of all rows: making keys takes time. */
let credentials: ReturnType<typeof makeCredentials> | undefined;

interface Stage {
  readonly sandbox: Sandbox;
  readonly between: Between;
}

/** The target with something before it; `fateOf` may use what stands there. */
async function stage(
  tools: Tools,
  fateOf: (passing: Passing, between: Between) => Fate,
  sandboxOptions: Parameters<Tools['sandbox']>[0] = {},
): Promise<Stage> {
  credentials ??= makeCredentials();
  const sandbox = await tools.sandbox({ contract, credentials: await credentials, ...sandboxOptions });
  let between: Between | undefined;
  between = await standBetween(sandbox.url, (passing) => (between ? fateOf(passing, between) : passed));
  const { close } = between;
  tools.after(() => close());
  return { sandbox, between };
}

interface Given {
  readonly fateOf: (passing: Passing, between: Between) => Fate;
  /** The cases; those of an API that only reads unless given. */
  readonly chosen?: (one: Case) => boolean;
  /** Milliseconds for one exchange; 10,000 unless given. */
  readonly exchange?: number;
  readonly inFlight?: number;
  readonly engine?: Partial<EngineOptions>;
}

interface Came {
  readonly records: readonly CaseRecord[];
  readonly between: Between;
}

/** Does cases in process. */
async function doCases(
  tools: Tools,
  { fateOf, chosen = isInquiry, exchange = 10_000, inFlight = 4, engine: options = {} }: Given,
): Promise<Came> {
  const { sandbox, between } = await stage(tools, fateOf);
  const profile = readProfile(sandbox.profilePath, contract, {});
  if (profile.kind !== 'ready') throw new Error('the sandbox wrote a profile that wants a launch');
  const engine = openEngine({
    contract,
    profile: { ...profile, baseUrl: between.url, timeouts: { ...profile.timeouts, exchange } },
    seed: 1,
    redactor: redactNothing,
    inFlight,
    ...options,
  });
  tools.after(() => engine.close());
  const records: CaseRecord[] = [];
  for await (const record of engine.runAll(allCases(contract, profile, 1).filter(chosen)))
    records.push(record);
  return { records, between };
}

interface Expected {
  readonly only: readonly Outcome[];
  readonly verdict: string;
  /** At least one reason or note. */
  readonly says?: RegExp;
}

function seenOf({ records, between }: Came, expected: Expected, ...problems: readonly string[]): Seen {
  const counts = outcomes.flatMap((outcome) => {
    const count = records.filter((record) => record.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
  const verdict = verdictOf(records);
  const { says } = expected;
  const told = records.flatMap(({ reason, notes }) => [reason, ...notes]).find((text) => says?.test(text));
  const others = records.filter(({ outcome }) => !expected.only.includes(outcome));
  return {
    happened: `${between.seen.length} requests; ${counts.join(', ')}: ${verdict}${told === undefined ? '' : `; "${told}"`}`,
    exitCode: null,
    wrote: '',
    problems: [
      ...others.slice(0, 3).map(({ id, outcome, reason }) => `${id} came to ${outcome}: ${reason}`),
      ...(verdict === expected.verdict ? [] : [`the verdict is ${verdict}, not ${expected.verdict}`]),
      ...(says && told === undefined ? [`nothing says ${says}`] : []),
      ...problems,
    ],
  };
}

const isInquiry = ({ api }: Case): boolean => api.id === 'ars-inquiry';
const allConform: Expected = { only: ['conforms'], verdict: 'conformant' };

/** A clock that waits so many times faster than it says. */
function hurried(times: number): Clock {
  return {
    now: () => performance.now() * times,
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds / times)),
  };
}

/** How many of the records got no answer. */
function lostIn(records: readonly CaseRecord[]): number {
  return records.filter(({ outcome }) => outcome === 'target-error').length;
}

/** A target that drops each tenth request in one way or another, which is told of each case and of no promise. */
function eachTenth(given: {
  readonly id: Row['id'];
  readonly hostile: string;
  readonly fate: Fate;
  readonly exchange?: number;
  readonly chosen?: (one: Case) => boolean;
}): Row {
  const { fate, exchange = 10_000, chosen = isInquiry, ...row } = given;
  return {
    ...row,
    expected: 'The cases that lost their answer have none, a robustness case warns; all others conform.',
    run: async (tools) => {
      let dropped = 0;
      const came = await doCases(tools, {
        exchange,
        chosen,
        fateOf: ({ nth }) => {
          if (nth % 10 !== 5) return passed;
          dropped += 1;
          return fate;
        },
      });
      const lost = came.records.filter(
        ({ outcome }) => outcome === 'target-error' || outcome === 'warns',
      ).length;
      return seenOf(
        came,
        { only: ['conforms', 'target-error', 'warns'], verdict: 'incomplete' },
        ...(lost > dropped || lost < dropped - 2
          ? [`${dropped} were dropped, and ${lost} cases tell it`]
          : []),
      );
    },
  };
}

/** What a command came to against a target in trouble, and how soon behind that. */
function commandRow(given: {
  readonly id: Row['id'];
  readonly hostile: string;
  readonly expected: string;
  readonly fateOf: (passing: Passing, between: Between) => Fate;
  readonly exitCode: number;
  readonly says: RegExp;
  /** Milliseconds behind the first trouble, or the beginning. */
  readonly within?: number;
  /** By the runner's own interface. */
  readonly runner?: true;
}): Row {
  const { fateOf, exitCode, says, within = 60_000, runner, ...row } = given;
  return {
    ...row,
    slow: true,
    run: async (tools) => {
      let trouble: number | undefined;
      const began = Date.now();
      const { sandbox, between } = await stage(tools, (passing, stands) => {
        const fate = fateOf(passing, stands);
        if (fate !== passed) trouble ??= Date.now();
        return fate;
      });
      const profile = tools.file(
        'mine.yaml',
        `extends: ${JSON.stringify(sandbox.profilePath)}\nname: mine\nbaseUrl: ${between.url}\n`,
      );
      const reports = tools.folder();
      const command = ['--import', 'tsx', '--', 'src/cli/conformance.ts', '--no-page', '--seed', '1'];
      const run = await tools.command(
        process.execPath,
        runner
          ? ['node_modules/@playwright/test/cli.js', 'test']
          : [...command, '--target', profile, '--reports', reports],
        {
          deadline: 170_000,
          ...(runner && {
            env: {
              KONAPLATE_TARGET: profile,
              KONAPLATE_REPORTS: reports,
              KONAPLATE_SEED: '1',
              KONAPLATE_PAGE: 'false',
            },
          }),
        },
      );
      const took = Date.now() - (trouble ?? began);
      const output = run.stdout.replaceAll(/\s+/g, ' ');
      const sentence = says.exec(output)?.[0];
      const lines = run.stdout.split('\n').length;
      return {
        happened: `${between.seen.length} requests, ${lines} lines; ended ${Math.round(took / 1000)} s behind the first trouble; "${sentence ?? output.slice(0, 300)}"`,
        exitCode: run.exitCode,
        wrote: 'a run',
        problems: [
          ...(run.exitCode === exitCode ? [] : [`the exit code is not ${exitCode}`]),
          ...(sentence === undefined ? [`nothing says ${says}`] : []),
          ...(took > within ? [`it took ${took} ms, more than ${within}`] : []),
          ...(lines > 200 ? [`${lines} lines`] : []),
          ...(/\d+ causes?, \d+ findings? in/.test(output) ? ['promises are called broken'] : []),
        ],
      };
    },
  };
}

/** Of the platform, or what stands before it: nothing is to be sent for so many seconds. */
function putOff(status: string, seconds: number): Fate {
  return {
    is: 'answered',
    with: `HTTP/1.1 ${status}\r\nRetry-After: ${seconds}\r\nContent-Length: 0\r\n\r\n`,
  };
}

/** Lets so many requests of each second through. */
function limited(perSecond: number): { readonly fateOf: () => Fate; readonly refused: () => number } {
  let window = 0;
  let count = 0;
  let refused = 0;
  return {
    refused: () => refused,
    fateOf: () => {
      const now = Math.floor(Date.now() / 1000);
      if (now !== window) [window, count] = [now, 0];
      count += 1;
      if (count <= perSecond) return passed;
      refused += 1;
      return putOff('429 Too Many Requests', 1);
    },
  };
}

export const rows: readonly Row[] = [
  {
    id: 'network/far-away',
    hostile: 'Each exchange takes 100 ms on its way.',
    expected: 'Everything conforms, and four cases are in flight together, never more.',
    run: async (tools) => {
      const came = await doCases(tools, { fateOf: () => ({ is: 'passed', after: 100 }) });
      const most = came.between.mostAtOnce();
      return seenOf(came, allConform, ...(most === 4 ? [] : [`${most} requests at once`]));
    },
  },
  {
    id: 'network/one-in-ten-lost',
    hostile: 'Each tenth request to an API that only reads is lost: its connection is reset.',
    expected:
      'On a connection that had served before it is sent once more, and says so: everything conforms.',
    run: async (tools) => {
      const came = await doCases(tools, {
        fateOf: ({ nth, onConnection }) =>
          nth % 10 === 5 && onConnection > 1 ? { is: 'dropped', how: 'reset' } : passed,
      });
      return seenOf(came, { ...allConform, says: /the connection had served before .* sent once more/ });
    },
  },
  eachTenth({
    id: 'network/one-in-ten-unheard',
    hostile:
      'Each tenth answer of an API that deletes is lost: the target has obeyed, and the connection is reset.',
    fate: { is: 'unheard' },
    chosen: ({ api, kind }) => api.effect === 'deletes' && kind !== 'robustness',
  }),
  eachTenth({
    id: 'network/one-in-ten-cut',
    hostile: 'Each tenth answer ends in its middle.',
    fate: { is: 'cut' },
  }),
  eachTenth({
    id: 'network/one-in-ten-late',
    hostile: 'Each tenth answer comes later than an exchange may take.',
    fate: { is: 'passed', after: 6000 },
    exchange: 3000,
  }),
  {
    id: 'network/limited',
    hostile: 'The target lets 20 requests a second through; to all others it says 429 with Retry-After: 1.',
    expected: 'No case is lost: each is sent again when it may be.',
    run: async (tools) => {
      const limit = limited(20);
      const came = await doCases(tools, { fateOf: limit.fateOf, inFlight: 8 });
      return seenOf(
        came,
        { ...allConform, says: /the target put the request off \(HTTP 429 with Retry-After\)/ },
        ...(limit.refused() === 0 ? ['nothing was ever refused'] : []),
        ...(limit.refused() > came.between.seen.length / 2 ? [`${limit.refused()} were refused`] : []),
      );
    },
  },
  {
    id: 'network/paced',
    hostile: 'The same target, and a profile whose pace is 20 requests a second.',
    expected: 'Never more than 21 requests within a second.',
    run: async (tools) => {
      const chosen = (one: Case) => isInquiry(one) && one.kind !== 'robustness';
      const profilePace = { inFlight: 4, requestsPerSecond: 20 };
      const { sandbox, between } = await stage(tools, () => passed);
      const profile = readProfile(sandbox.profilePath, contract, {});
      if (profile.kind !== 'ready') throw new Error('the sandbox wrote a profile that wants a launch');
      const engine = openEngine({
        contract,
        profile: { ...profile, baseUrl: between.url, pace: profilePace },
        seed: 1,
        redactor: redactNothing,
      });
      tools.after(() => engine.close());
      const records: CaseRecord[] = [];
      for await (const one of engine.runAll(allCases(contract, profile, 1).filter(chosen))) records.push(one);
      const times = between.seen.map(({ at }) => at);
      const most = Math.max(
        ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length),
      );
      return seenOf(
        { records, between },
        allConform,
        // A busy machine sends late, and the next one in time.
        ...(most > 25 ? [`${most} requests within a second`] : []),
      );
    },
  },
  {
    id: 'network/put-off-for-long',
    hostile: 'A gateway answers every request to one API with 503 and Retry-After: 3600.',
    expected:
      'Nobody waits for an hour: the rest of that API is not done, in one sentence, and the others conform.',
    run: async (tools) => {
      const perApi = new Map<string, number>();
      const chosen = (one: Case) => {
        const count = (perApi.get(one.api.id) ?? 0) + 1;
        perApi.set(one.api.id, count);
        return (isInquiry(one) || one.api.id === 'linkable-cards') && count <= 20;
      };
      const inquiry = contract.apis.find(({ id }) => id === 'ars-inquiry');
      const came = await doCases(tools, {
        chosen,
        fateOf: ({ path }) =>
          inquiry && path.endsWith(inquiry.path) ? putOff('503 Service Unavailable', 3600) : passed,
      });
      const others = came.records.filter(
        ({ api, outcome }) => api !== 'ars-inquiry' && outcome !== 'conforms',
      );
      return seenOf(
        came,
        {
          only: ['conforms', 'target-error', 'not-exercised'],
          verdict: 'incomplete',
          says: /nothing more was sent to ars-inquiry: the target puts its requests off for longer than 30 s/,
        },
        ...others.map(({ id, reason }) => `${id}: ${reason}`),
      );
    },
  },
  {
    id: 'network/comes-back',
    hostile: 'The target dies behind 30 requests, and is back 2 seconds later.',
    expected: 'The run goes on: what was under way has no answer, and everything else conforms.',
    run: async (tools) => {
      const came = await doCases(tools, {
        fateOf: ({ nth }, between) => {
          if (nth === 30) {
            between.die();
            setTimeout(() => void between.comeBack(), 2000);
          }
          return passed;
        },
      });
      const lost = lostIn(came.records);
      return seenOf(
        came,
        { only: ['conforms', 'target-error', 'warns'], verdict: 'incomplete' },
        ...(lost < 1 || lost > 8 ? [`${lost} cases were lost`] : []),
      );
    },
  },
  {
    id: 'network/dies',
    hostile: 'The target dies behind 30 requests, for good; a clock that goes ten times as fast.',
    expected:
      'It is asked whether it is there for 40 s by that clock; then the rest is not done, in one sentence.',
    run: async (tools) => {
      let died = 0;
      const came = await doCases(tools, {
        engine: { clock: hurried(10) },
        fateOf: ({ nth }, between) => {
          if (nth === 30) {
            died = performance.now();
            between.die();
          }
          return passed;
        },
      });
      const took = performance.now() - died;
      const sentences = new Set(
        came.records.filter(({ outcome }) => outcome === 'not-exercised').map(({ reason }) => reason),
      );
      return seenOf(
        came,
        {
          only: ['conforms', 'target-error', 'not-exercised', 'warns'],
          verdict: 'incomplete',
          says: /^nothing more was sent: \d requests in a row got no answer \(.*\), nor did \d further tries with/,
        },
        ...(sentences.size > 1 ? [[...sentences].join('\n')] : []),
        ...(took > 10_000 ? [`it took ${Math.round(took)} ms`] : []),
      );
    },
  },
  {
    id: 'network/idle-connections',
    hostile: 'The third request on each connection finds it ended, as servers end idle ones.',
    expected: 'What only reads is sent once more, and says so; everything conforms.',
    run: async (tools) => {
      const came = await doCases(tools, {
        fateOf: ({ onConnection }) => (onConnection === 3 ? { is: 'dropped', how: 'end' } : passed),
      });
      return seenOf(came, { ...allConform, says: /the connection had served before .* sent once more/ });
    },
  },
  {
    id: 'network/idle-connections-of-writes',
    hostile:
      'The same, with requests to an API that deletes, and the target hears each before its connection ends.',
    expected: 'None is sent twice: who lost its answer has none.',
    run: async (tools) => {
      let ended = 0;
      const chosen = ({ api, kind }: Case) =>
        api.effect === 'deletes' && (kind === 'integrity' || kind === 'scenario');
      const whole = await doCases(tools, { chosen, inFlight: 1, fateOf: () => passed });
      const came = await doCases(tools, {
        chosen,
        inFlight: 1,
        fateOf: ({ onConnection }) => {
          if (onConnection !== 3) return passed;
          ended += 1;
          return { is: 'unheard' };
        },
      });
      return seenOf(
        came,
        { only: ['conforms', 'target-error', 'not-exercised'], verdict: 'incomplete' },
        ...(ended === 0 ? ['no connection was ended'] : []),
        // A control that got no answer is another request, and asked for anew with the next case.
        ...(came.between.seen.length > whole.between.seen.length + 1
          ? [`${came.between.seen.length} requests in place of ${whole.between.seen.length}`]
          : []),
      );
    },
  },
  {
    id: 'network/only-rejections-unanswered',
    hostile: 'A gateway swallows every request that is to be rejected: valid ones are answered.',
    expected: 'Five of them, and the rest of their API is not done; nobody waits for each of them.',
    run: async (tools) => {
      // The suite sends them as cases of these kinds, and controls of theirs only at first.
      let valid = 0;
      const came = await doCases(tools, {
        exchange: 1500,
        chosen: (one) => isInquiry(one) && one.kind !== 'robustness',
        fateOf: () => {
          valid += 1;
          return valid <= 8 ? passed : { is: 'swallowed' };
        },
        engine: { patience: { ...usualPatience, target: 1000 } },
      });
      return seenOf(
        came,
        {
          only: ['conforms', 'target-error', 'not-exercised'],
          verdict: 'incomplete',
          says: /nothing more was sent to ars-inquiry: 5 requests to it in a row got no answer/,
        },
        ...(lostIn(came.records) > 12 ? [`${lostIn(came.records)} cases waited for an answer`] : []),
      );
    },
  },
  {
    id: 'network/dies-in-a-workflow',
    hostile: 'The target dies while accounts are being registered, and is back 3 seconds later.',
    expected:
      'The workflow has no result, and what it had registered is deleted when the target is back; what may have come behind that is told.',
    run: async (tools) => {
      const { sandbox, between } = await stage(
        tools,
        ({ nth }, stands) => {
          if (nth === 4) {
            stands.die();
            setTimeout(() => void stands.comeBack(), 3000);
          }
          return passed;
        },
        { registrationMs: 1000 },
      );
      const profile = readProfile(sandbox.profilePath, contract, {});
      if (profile.kind !== 'ready') throw new Error('the sandbox wrote a profile that wants a launch');
      const engine = openEngine({
        contract,
        profile: { ...profile, baseUrl: between.url },
        seed: 1,
        redactor: redactNothing,
      });
      tools.after(() => engine.close());
      const records: CaseRecord[] = [];
      const chosen = allCases(contract, profile, 1).filter(({ kind }) => kind === 'workflow');
      for await (const one of engine.runAll(chosen)) records.push(one);
      const left = records.flatMap((one) => one.left ?? []);
      const removals = between.seen.slice(4).filter(({ path }) => /delete/i.test(path)).length;
      return seenOf(
        { records, between },
        { only: ['target-error', 'not-exercised'], verdict: 'incomplete' },
        ...(removals === 0 ? ['nothing was deleted'] : []),
        ...left.filter((line) => !line.includes('it was removed')),
      );
    },
  },
  commandRow({
    id: 'network/mute-run',
    hostile: 'A whole command against a target that takes every connection and never answers.',
    expected: 'Exit code 3 within 60 s, with default settings, in one sentence.',
    fateOf: () => ({ is: 'swallowed' }),
    exitCode: 3,
    says: /no complete answer within \d+ ms/,
  }),
  commandRow({
    id: 'network/mute-run-of-the-runner',
    hostile: 'The same by the runner’s own interface, where each failed test costs a new worker.',
    expected:
      'The runner’s exit code 1 soon behind the fourth of ten seconds in vain, and five workers, in one sentence.',
    fateOf: () => ({ is: 'swallowed' }),
    exitCode: 1,
    says: /no complete answer within \d+ ms/,
    runner: true,
    within: 90_000,
  }),
  commandRow({
    id: 'network/dripping-run',
    hostile: 'A whole command against a target whose answers come a byte at a time, without an end.',
    expected: 'Exit code 3 within 60 s, with default settings, in one sentence.',
    fateOf: () => ({ is: 'dripped', every: 50 }),
    exitCode: 3,
    says: /no complete answer within \d+ ms/,
  }),
  commandRow({
    id: 'network/dying-run',
    hostile: 'A target falls silent in the middle of a whole command, behind 150 requests.',
    expected:
      'Exit code 3 within 60 s of that, with default settings, in one sentence with the number of cases.',
    fateOf: ({ nth }) => (nth > 150 ? { is: 'swallowed' } : passed),
    exitCode: 3,
    says: /nothing more was sent: \d+ requests in a row got no answer \([^)]*\), nor did[^;]*; so \d+ cases were not done/,
    within: 65_000,
  }),
  commandRow({
    id: 'network/limited-run',
    hostile: 'A whole command against a target that lets 20 requests a second through.',
    expected: 'Exit code 0: no case is lost.',
    fateOf: limited(20).fateOf,
    exitCode: 0,
    says: /CONFORMANT .*?\(exit code 0\)/,
    within: 160_000,
  }),
];
