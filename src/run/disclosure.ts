import { createHmac } from 'node:crypto';
import { nearTexts } from '../cases/mutations/text-edits.ts';
import type { Contract } from '../contract/model.ts';
import { launchedProfile } from '../playwright/launch.ts';
import { sensitiveNames, sensitiveValues } from '../redact/mask.ts';
import { pseudonymsBy } from '../redact/pseudonym.ts';
import { createRedactor, type Redactor } from '../redact/redactor.ts';
import { completeLaunched } from '../target/load.ts';
import { type LaunchedProfile, type Profile, profileSecrets } from '../target/profile.ts';
import { type Plan, readProfile } from './plan.ts';
import { SettingsError } from './settings.ts';

/**
 * The target as it is there now, and what must not be told of it. All that a reporter needs: the process that does no
 * cases loads neither the HTTP client nor the encryption.
 */
export interface Disclosure {
  readonly profile: Profile;
  readonly redactor: Redactor;
}

let open: Disclosure | undefined;

/** The one of this process, read when it is first needed: by then a launched target is ready. */
export function openDisclosure({ contract, profile: planned }: Plan): Disclosure {
  if (open) return open;
  const profile = planned.kind === 'ready' ? planned : launch(planned, contract);
  open = { profile, redactor: redactorFor(contract, profile) };
  return open;
}

/** The planned profile with the address and the credentials that the launched target tells, and nothing else of it. */
function launch(planned: LaunchedProfile, contract: Contract): Profile {
  const file = process.env[launchedProfile];
  if (file === undefined)
    throw new SettingsError(`the launched target has not told its profile (${launchedProfile})`);
  // Without the environment: its KONAPLATE_ names are another target's, and would lead the run there.
  const told = readProfile(file, contract, {});
  if (told.kind !== 'ready')
    throw new SettingsError('the launched target wrote a profile that wants a launch again');
  return completeLaunched(planned, told);
}

/** Hides the profile's keys, what cases make of them, and the card and personal data in what is prepared for sending. */
export function redactorFor(contract: Contract, profile: Profile): Redactor {
  const names = sensitiveNames(contract);
  const values = contract.apis.flatMap(({ scenarios, request }) =>
    scenarios.flatMap(({ id }) => {
      const body = profile.testData.get(id);
      return body === undefined ? [] : sensitiveValues(body, [request.body.schema], names);
    }),
  );
  const { aspId, accessKey, cryptoKeyId } = profile.credentials;
  const near = [aspId, accessKey, cryptoKeyId].flatMap(nearTexts);
  const numbers = values.filter(({ sensitivity }) => sensitivity === 'card-number').map(({ text }) => text);
  return createRedactor({
    secrets: [...profileSecrets(profile), aspId, cryptoKeyId, ...near, ...numbers],
    values,
    names,
    pseudonym: pseudonymsBy(pseudonymKey(profile)),
  });
}

/**
 * A key for pseudonyms, of what each process of a run has and no report tells. Of all that a profile holds nobody can
 * guess the private key.
 */
function pseudonymKey({ credentials: { clientPrivateKey } }: Profile): Uint8Array {
  const key = clientPrivateKey.export({ type: 'pkcs8', format: 'der' });
  return createHmac('sha256', key).update('pseudonyms of konaplate-conformance').digest();
}
