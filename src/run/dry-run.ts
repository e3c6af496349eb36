import { generateKeyPairSync } from 'node:crypto';
import type { Case } from '../cases/case.ts';
import { harmlessRequests } from '../cases/harmless.ts';
import { seededNumbers } from '../cases/seeded.ts';
import type { Workflow, WorkflowDocument } from '../contract/arazzo/model.ts';
import type { Contract, Effect } from '../contract/model.ts';
import { controlId } from '../engine/control.ts';
import { buildRequest } from '../engine/request.ts';
import type { JsonValue } from '../json/json.ts';
import { completeLaunched } from '../target/load.ts';
import {
  describeProfile,
  type LaunchedProfile,
  type Profile,
  type ProfileDescription,
} from '../target/profile.ts';
import { windowText } from '../target/window.ts';
import type { Plan } from './plan.ts';
import { casesOfRun } from './split.ts';

/** What a run would send, known without a network. */
export interface DryRun {
  readonly target: ProfileDescription;
  readonly seed: number;
  readonly apis: readonly ApiForecast[];
  readonly requests: {
    /** One for each case that is sent but for workflows. */
    readonly cases: number;
    /** Requests that are sent unchanged so that the answers to changed ones mean something. */
    readonly controls: number;
    /** The look whether the target is there. */
    readonly preflight: number;
    /** About so many: how long a workflow waits, and what there is to clean up, only the target knows. */
    readonly workflows: number;
    readonly total: number;
    /** Whether the total is certain of a target that answers as documented. */
    readonly isExact: boolean;
    /** After how many a run stops; null: no limit. */
    readonly most: number | null;
  };
  /** Of all requests but those of workflows, with the case that sends it; null: nothing is sent. */
  readonly largestBody: { readonly bytes: number; readonly case: string } | null;
  readonly pace: {
    readonly inFlight: number;
    readonly requestsPerSecond: number | null;
    /** How long it takes to send as many at that pace; null: the profile has none, so nobody can tell. */
    readonly seconds: number | null;
  };
  /** The hours in which the target may be tested, in words; null: any. */
  readonly window: string | null;
  readonly notSent: readonly {
    readonly case: string;
    readonly api: string;
    readonly reason: string;
    /** Whether the profile says so, with a reason. */
    readonly acknowledged: boolean;
  }[];
}

/** What a run would send to one API. */
export interface ApiForecast {
  readonly api: string;
  readonly effect: Effect;
  readonly cases: number;
  /** Cases that send what the documents allow. */
  readonly valid: number;
  /** Cases that send what they forbid, or what they do not speak of or leave open. */
  readonly broken: number;
  readonly notSent: number;
  /** Those of its cases and their controls, without workflows. */
  readonly requests: number;
}

/** Says what a run of a plan would do, to a target that answers as documented. Sends and starts nothing. */
export async function dryRun(plan: Plan): Promise<DryRun> {
  const { contract, profile, settings, workers } = plan;
  const cases = casesOfRun(plan);
  const sent = cases.filter((one) => one.plan.ready);
  const single = sent.filter(({ kind }) => kind !== 'workflow');
  const controls = controlsOf(single);
  const workflows = sent
    .map(({ expectation }) => (expectation.kind === 'workflow' ? aboutRequestsOf(expectation) : 0))
    .reduce((sum, one) => sum + one, 0);
  const looks = settings.preflight && sent.length > 0 && harmlessRequests(contract, profile).length > 0;
  const preflight = looks ? workers : 0;
  const total = single.length + controls.length + preflight + workflows;
  const { requestsPerSecond } = profile.pace;
  return {
    target: describeProfile(profile),
    seed: settings.seed,
    apis: contract.apis.map((api) => forecastOf(api, cases, controls)).filter((one) => one.cases > 0),
    requests: {
      cases: single.length,
      controls: controls.length,
      preflight,
      workflows,
      total,
      isExact: workflows === 0 && workers === 1,
      most: profile.maxRequests ?? null,
    },
    largestBody: await largestOf([...single, ...controls], plan),
    pace: {
      inFlight: profile.pace.inFlight,
      requestsPerSecond: requestsPerSecond ?? null,
      seconds: requestsPerSecond === undefined ? null : Math.ceil(total / requestsPerSecond),
    },
    window: profile.window ? windowText(profile.window, profile.timeZone) : null,
    notSent: cases.flatMap(({ id, api, plan: one }) =>
      one.ready ? [] : [{ case: id, api: api.id, reason: one.reason, acknowledged: one.acknowledged }],
    ),
  };
}

function forecastOf(
  { id, effect }: Contract['apis'][number],
  cases: readonly Case[],
  controls: readonly Case[],
): ApiForecast {
  const own = cases.filter(({ api }) => api.id === id);
  const sent = own.filter(({ plan }) => plan.ready);
  const valid = sent.filter(isValid).length;
  const workflows = sent.filter(({ kind }) => kind === 'workflow').length;
  return {
    api: id,
    effect,
    cases: own.length,
    valid,
    broken: sent.length - valid,
    notSent: own.length - sent.length,
    requests: sent.length - workflows + controls.filter(({ api }) => api.id === id).length,
  };
}

function isValid({ expectation }: Case): boolean {
  switch (expectation.kind) {
    case 'outcome':
      return !expectation.scenario.breaksRequest;
    case 'understood':
    case 'workflow':
      return true;
    default:
      return false;
  }
}

/**
 * The cases with which a control is sent: the first of those that share one, unless it is a prepared scenario of this run
 * by itself.
 */
function controlsOf(cases: readonly Case[]): readonly Case[] {
  const known = new Set(
    cases.flatMap(({ expectation }) => (expectation.kind === 'outcome' ? [expectation.scenario.id] : [])),
  );
  return cases.flatMap((one) => {
    if (one.expectation.kind === 'outcome') return [];
    const id = controlId(one, one.expectation.control);
    if (known.has(id)) return [];
    known.add(id);
    return [one];
  });
}

/** One for each step; two where a step may be repeated, since it looks once more at least when it waits for anything. */
function aboutRequestsOf({
  document,
  workflow,
}: {
  readonly document: WorkflowDocument;
  readonly workflow: Workflow;
}): number {
  return workflow.steps
    .map(({ does, onSuccess, onFailure }) => {
      const called = does.kind === 'workflow' ? document.workflows.get(does.workflow) : undefined;
      const once = called ? aboutRequestsOf({ document, workflow: called }) : 1;
      const isRepeated = [...onSuccess, ...onFailure].some(({ type }) => type === 'retry');
      return isRepeated ? 2 * once : once;
    })
    .reduce((sum, one) => sum + one, 0);
}

/** Makes each request to see how long its body is: an encrypted one is longer than its text. */
async function largestOf(
  cases: readonly Case[],
  { profile, settings }: Plan,
): Promise<DryRun['largestBody']> {
  const reached = profile.kind === 'ready' ? profile : withStandIns(profile);
  let largest: DryRun['largestBody'] = null;
  for (const { id, api, plan } of cases) {
    if (!plan.ready) continue;
    const moment = { date: new Date(), random: seededNumbers(settings.seed, id) };
    const build = async (body: JsonValue, mutation: typeof plan.mutation) =>
      (await buildRequest(api, reached, body, moment, mutation)).sent.body.length;
    const own = await build(plan.body, plan.mutation);
    const bytes = plan.control === undefined ? own : Math.max(own, await build(plan.control, undefined));
    if (bytes > (largest?.bytes ?? -1)) largest = { bytes, case: id };
  }
  return largest;
}

/** A target that is not started, with keys as long as those that it would have. */
function withStandIns(profile: LaunchedProfile): Profile {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return completeLaunched(profile, {
    baseUrl: 'http://127.0.0.1',
    credentials: {
      aspId: '0'.repeat(15),
      accessKey: '0'.repeat(40),
      secretKey: '0'.repeat(40),
      cryptoKeyId: '0'.repeat(32),
      serverPublicKey: publicKey,
      clientPrivateKey: privateKey,
    },
  });
}
