import { createHash } from 'node:crypto';
import { faker } from '@faker-js/faker/locale/base';
import type { Contract } from '../contract/model.ts';
import { sensitiveNames, sensitiveValues } from '../report/mask.ts';
import { createRedactor, type Redactor } from '../report/redact.ts';
import { type Profile, profileSecrets } from '../target/profile.ts';
import { createHttpClient, type HttpClient } from '../wire/client.ts';
import { launchedProfile } from './launch.ts';
import { type Plan, readProfile } from './plan.ts';
import { SettingsError } from './settings.ts';

/** What the cases of one process share while a target is there. */
export interface Session {
  readonly contract: Contract;
  readonly profile: Profile;
  readonly client: HttpClient;
  readonly redactor: Redactor;
  /** The one clock of a run. */
  readonly now: () => Date;
  /** A source of numbers in [0, 1) that depends on nothing but the seed and the case. */
  readonly randomFor: (caseId: string) => () => number;
}

let open: Session | undefined;

/** The session of this process, opened when it is first needed: by then a launched target is ready. */
export function openSession(plan: Plan): Session {
  open ??= startSession(plan);
  return open;
}

function startSession({ contract, settings, profile: planned }: Plan): Session {
  const profile = planned.kind === 'ready' ? planned : readLaunched(contract);
  return {
    contract,
    profile,
    client: createHttpClient({
      maxResponseSize: profile.maxResponseBytes,
      ...(profile.tls && { tls: profile.tls }),
      ...(profile.proxy !== undefined && { proxy: profile.proxy }),
    }),
    redactor: redactorFor(contract, profile),
    now: () => new Date(),
    randomFor: (caseId) => {
      faker.seed(createHash('sha256').update(`${settings.seed} ${caseId}`).digest().readUInt32LE());
      return () => faker.number.float();
    },
  };
}

function readLaunched(contract: Contract): Profile {
  const file = process.env[launchedProfile];
  if (file === undefined)
    throw new SettingsError(`the launched target has not told its profile (${launchedProfile})`);
  // Without the environment: its KONAPLATE_ names are another target's, and would lead the run there.
  const profile = readProfile(file, contract, {});
  if (profile.kind !== 'ready')
    throw new SettingsError('the launched target wrote a profile that wants a launch again');
  return profile;
}

/** Hides the profile's keys, and the card and personal data in what is prepared for sending. */
function redactorFor(contract: Contract, profile: Profile): Redactor {
  const names = sensitiveNames(contract);
  const prepared = contract.apis.flatMap(({ scenarios, request }) =>
    scenarios.flatMap(({ id }) => {
      const body = profile.testData.get(id);
      return body === undefined ? [] : sensitiveValues(body, request.body.schema, names);
    }),
  );
  const { aspId, cryptoKeyId } = profile.credentials;
  return createRedactor({ secrets: [...profileSecrets(profile), aspId, cryptoKeyId, ...prepared], names });
}
