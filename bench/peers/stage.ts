import { type Credentials, makeCredentials } from '../../sandbox/credentials.ts';
import { prefix } from '../../sandbox/server.ts';
import type { Deviation } from '../../sandbox/stages.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import type { Contract } from '../../src/contract/model.ts';
import { readProfile } from '../../src/run/plan.ts';
import { root } from '../../src/run/settings.ts';
import type { Profile } from '../../src/target/profile.ts';
import { type Bridge, openBridge } from './bridge.ts';

/** Documents, keys and test data of one comparison. */
export interface Stage {
  readonly contract: Contract;
  readonly credentials: Credentials;
  readonly profile: Profile;
  readonly prefix: string;
}

/** Loads the documents and makes keys. */
export async function openStage(): Promise<Stage> {
  const contract = loadContract(contractFolders(root));
  const credentials = await makeCredentials();
  const sandbox = await startSandbox({ contract, credentials });
  try {
    const profile = readProfile(sandbox.profilePath, contract, {});
    if (profile.kind !== 'ready') throw new Error('the sandbox wrote a profile without an address');
    return { contract, credentials, profile, prefix };
  } finally {
    await sandbox.close();
  }
}

export function bridgeOf({ contract, profile }: Stage): Promise<Bridge> {
  return openBridge({ apis: contract.apis, platform: contract.platform, profile, prefix });
}

/** Serves a deviating target behind the bridge, a new one with a new memory, for as long as the work takes. */
export async function behind<T>(
  bridge: Bridge,
  { contract, credentials }: Stage,
  deviation: Deviation,
  work: () => Promise<T>,
): Promise<T> {
  const sandbox = await startSandbox({ contract, credentials, deviation });
  bridge.lead(sandbox.url);
  try {
    return await work();
  } finally {
    await sandbox.close();
  }
}
