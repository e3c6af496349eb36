import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadProfile } from '../../src/target/load.ts';
import type { Profile } from '../../src/target/profile.ts';
import { otherProfile } from './other-server.ts';

/** The profile of the other server, loaded; nobody listens at its address. */
export function loadOtherProfile(): Profile {
  const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-profile-'));
  try {
    const file = path.join(folder, 'profile.yaml');
    writeFileSync(file, otherProfile('http://127.0.0.1:9/some/prefix'));
    const loaded = loadProfile(file, { env: {} });
    if (loaded.kind !== 'ready') throw new Error('the profile of the other server has an address');
    return loaded;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
