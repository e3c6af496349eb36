import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import type { KeyLength } from '../../src/target/key-lengths.ts';
import { loadProfile } from '../../src/target/load.ts';
import { ProfileError } from '../../src/target/problem.ts';
import type { LaunchedProfile, Profile } from '../../src/target/profile.ts';

/** One pair for all tests, made when first needed. */
export const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

export const scenarioIds = ['ars-inquiry/succeeded', 'ars-inquiry/unknown-number', 'account-info/succeeded'];

export const credentials = {
  KONAPLATE_BASE_URL: 'https://target.example/open-api',
  KONAPLATE_ASP_ID: 'asp-00000000001',
  KONAPLATE_ACCESS_KEY: 'access-key-of-forty-characters-000000000',
  KONAPLATE_SECRET_KEY: 'secret-key-of-the-project-0000001',
  KONAPLATE_CRYPTO_KEY_ID: 'crypto-key-id-of-32-characters-0',
  KONAPLATE_SERVER_PUBLIC_KEY: pair.publicKey,
  KONAPLATE_CLIENT_PRIVATE_KEY: pair.privateKey,
};

/** A profile whose every credential comes from variables of its own, so that none is overridden. */
export const complete = `name: mine
baseUrl: https://target.example/open-api
credentials:
  aspId: asp-00000000001
  accessKey: access-key-of-forty-characters-000000000
  secretKey: secret-key-of-the-project-0000001
  cryptoKeyId: crypto-key-id-of-32-characters-0
  serverPublicKey: \${PUBLIC}
  clientPrivateKey: \${PRIVATE}
`;
export const keys = { PUBLIC: pair.publicKey, PRIVATE: pair.privateKey };

/** A folder with some files, removed after the test. */
export function folderWith(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'profile-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

interface Given {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly keyLengths?: readonly KeyLength[];
}

/** Loads a profile of this text, as `p.yaml` in a folder of its own. */
export function loadText(t: TestContext, text: string, given: Given = {}): Profile | LaunchedProfile {
  const cwd = folderWith(t, { ...given.files, 'p.yaml': text });
  const { keyLengths = [] } = given;
  return loadProfile('./p.yaml', {
    cwd,
    root: cwd,
    env: { ...keys, ...given.env },
    scenarioIds,
    keyLengths,
  });
}

/** The same, for a profile to run against. */
export function loadReady(t: TestContext, text: string, given: Given = {}): Profile {
  const profile = loadText(t, text, given);
  assert.equal(profile.kind, 'ready');
  return profile.kind === 'ready' ? profile : assert.fail();
}

/** The error of a profile that can't be used. */
export function profileError(load: () => unknown): ProfileError {
  try {
    load();
  } catch (error) {
    if (error instanceof ProfileError) return error;
    throw error;
  }
  return assert.fail('expected a ProfileError, and the profile loaded');
}

/** The lines of the error of a profile of this text. */
export function problemsOf(t: TestContext, text: string, given: Given = {}): string[] {
  return profileError(() => loadText(t, text, given)).message.split('\n');
}
