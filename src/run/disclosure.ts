import type { Contract } from '../contract/model.ts';
import { redactorFor } from '../engine/redactor.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { LaunchedProfile, Profile } from '../target/profile.ts';
import { launchedFrom, launchedProfile } from './launched.ts';
import type { Plan } from './plan.ts';
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

function launch(planned: LaunchedProfile, contract: Contract): Profile {
  const file = process.env[launchedProfile];
  if (file === undefined)
    throw new SettingsError(`the launched target has not told its profile (${launchedProfile})`);
  return launchedFrom(file, planned, contract);
}
