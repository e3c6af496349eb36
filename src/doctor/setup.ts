import path from 'node:path';
import { seededNumbers } from '../cases/seeded.ts';
import { clientFor } from '../engine/engine.ts';
import { redactorFor } from '../engine/redactor.ts';
import type { Session } from '../engine/session.ts';
import { trafficFor } from '../engine/traffic-for.ts';
import { userAgentOf } from '../engine/user-agent.ts';
import { launchedFrom } from '../run/launched.ts';
import { type Plan, readPlan } from '../run/plan.ts';
import { readSettings, root, type Settings } from '../run/settings.ts';
import { ProfileError } from '../target/problem.ts';
import type { Profile } from '../target/profile.ts';
import { checkWindow, SafetyError } from '../target/read-safety.ts';
import { valueSources } from '../target/sources.ts';
import { type Launched, launchTarget } from './launch.ts';
import { type Asked, failed, ok, type Patient, type StepResult } from './step.ts';

/** One look at a target: what was asked for, and what the steps so far have opened. */
export class Visit implements Patient {
  readonly env: NodeJS.ProcessEnv;
  readonly chosen: Partial<Settings>;
  readonly asked: Asked[] = [];
  #plan: Plan | undefined;
  #session: Session | undefined;
  #launched: Launched | undefined;

  constructor(env: NodeJS.ProcessEnv, chosen: Partial<Settings>) {
    this.env = env;
    this.chosen = chosen;
  }

  /** Once the profile is in order. */
  get plan(): Plan {
    if (!this.#plan) throw new Error('the profile comes first');
    return this.#plan;
  }

  /** Once there is a target. */
  get session(): Session {
    if (!this.#session) throw new Error('the target comes first');
    return this.#session;
  }

  /** Masks what must not be told of the target. */
  masked(text: string): string {
    return this.#session?.redactor.text(text) ?? text;
  }

  /** Is the profile in order? */
  openProfile(): StepResult {
    try {
      this.#plan = readPlan(this.env, this.chosen);
      checkWindow(this.#plan.profile);
    } catch (error) {
      if (error instanceof ProfileError || error instanceof SafetyError) return failed(error.message);
      throw error;
    }
    const { settings, profile, contract } = this.plan;
    const scenarios = contract.apis.flatMap((api) => api.scenarios);
    const { name, testData, timeZone } = profile;
    const where = profile.kind === 'ready' ? `at ${profile.baseUrl}` : 'started for the run';
    const notes = profile.notes.map((note) => `; ${note}`).join('');
    return ok(
      `${settings.target} is in order: "${name}" ${where}, times in ${timeZone}, data for ${testData.size} of ${scenarios.length} scenarios${notes}`,
    );
  }

  /** Which variables stand in the profile, and who has set them? By name. */
  tellEnvironment(): StepResult {
    const { settings, profile } = this.plan;
    const { env } = readSettings(this.env, this.chosen);
    const isSet = (name: string) => (this.env[name] ?? '') !== '';
    const placed = valueSources(settings.target, { root, env }).flatMap(({ field, variables }) =>
      variables.length > 0
        ? variables.map((name) => ({
            name,
            from: isSet(name) ? 'the environment' : path.basename(settings.envFile),
          }))
        : [{ name: field.replace(/^credentials\./, ''), from: 'the profile' }],
    );
    const parts = [...new Set(placed.map(({ from }) => from))].map((from) => {
      const names = placed.filter((one) => one.from === from).map(({ name }) => name);
      return `${[...new Set(names)].join(', ')} from ${from}`;
    });
    const told = profile.kind === 'launched' ? ['address and credentials from the target itself'] : [];
    return ok([...parts, ...told].join('; '));
  }

  /** Is the target there, if it has to be started? */
  async launch(): Promise<StepResult> {
    const { profile, contract } = this.plan;
    if (profile.kind === 'ready') {
      this.#open(profile);
      return ok('none: the target is not started for a run');
    }
    const launched = await launchTarget(this.env);
    if (typeof launched === 'string') {
      return failed(`the embedded target did not start: ${launched}; is everything installed (npm ci)?`);
    }
    this.#launched = launched;
    const ready = launchedFrom(launched.profile, profile, contract);
    this.#open(ready);
    return ok(`started at ${ready.baseUrl}`);
  }

  #open(profile: Profile): void {
    const { contract, settings } = this.plan;
    const untold = {
      contract,
      profile,
      client: clientFor(profile, 1),
      redactor: redactorFor(contract, profile),
      userAgent: userAgentOf(undefined),
      now: () => new Date(),
      randomFor: (purpose: string) => seededNumbers(settings.seed, purpose),
    };
    // A step asks once, whatever comes of it.
    this.#session = { ...untold, traffic: trafficFor(untold, { probe: undefined }) };
  }

  /** Ends whatever was opened. */
  async close(): Promise<void> {
    await this.#session?.client.close();
    await this.#launched?.stop();
  }
}
