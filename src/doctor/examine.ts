import { exitCodes, usageExitCode } from '../judge/verdict.ts';
import type { Settings } from '../run/settings.ts';
import { Visit } from './setup.ts';
import { type StepName, type StepResult, type StepState, stepNames } from './step.ts';
import { checkClock, checkData, checkEncryption, checkPath, checkToken } from './target.ts';
import { checkDns, checkProxy, checkTcp, checkTls } from './way.ts';

/** A step as it is told. */
export interface ToldStep {
  readonly step: StepName;
  readonly state: StepState;
  /** One sentence; of a profile that is not in order a line for each mistake. */
  readonly says: string;
}

export interface Diagnosis {
  readonly steps: readonly ToldStep[];
  readonly exitCode: number;
}

const steps: Readonly<Record<StepName, (visit: Visit) => StepResult | Promise<StepResult>>> = {
  profile: (visit) => visit.openProfile(),
  environment: (visit) => visit.tellEnvironment(),
  launch: (visit) => visit.launch(),
  dns: checkDns,
  tcp: checkTcp,
  proxy: checkProxy,
  tls: checkTls,
  path: checkPath,
  clock: checkClock,
  token: checkToken,
  encryption: checkEncryption,
  data: checkData,
};

/**
 * Looks at a target, its profile and the way to it, up to the first step that fails. What it sends changes nothing, and
 * is one request a step at most.
 *
 * @throws {SettingsError|ContractError} what is wrong whatever the target
 */
export async function examine(env: NodeJS.ProcessEnv, chosen: Partial<Settings>): Promise<Diagnosis> {
  const visit = new Visit(env, chosen);
  const told: ToldStep[] = [];
  try {
    for (const step of stepNames) {
      const failure = told.find(({ state }) => state === 'failed');
      if (failure) {
        told.push({ step, state: 'not-tried', says: `not tried, since ${failure.step} has failed` });
        continue;
      }
      const { state, says } = await steps[step](visit);
      told.push({ step, state, says: visit.masked(says) });
    }
  } finally {
    await visit.close();
  }
  return { steps: told, exitCode: exitCodeOf(told) };
}

/** As of a run: 2 is told before anything is sent, 3 is what keeps a run from its end, or could not be looked at. */
function exitCodeOf(told: readonly ToldStep[]): number {
  if (told.some(({ step, state }) => step === 'profile' && state === 'failed')) return usageExitCode;
  const isWell = told.every(({ state }) => state === 'ok' || state === 'warning');
  return isWell ? exitCodes.conformant : exitCodes.incomplete;
}
