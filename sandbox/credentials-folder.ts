import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { type JsonObject, stringifyJson } from '../src/json/json.ts';
import type { Credentials } from './credentials.ts';
import { SandboxError } from './error.ts';
import { projectRoot } from './project.ts';

const fileNames = ['client-private.pem', 'server-public.pem', 'sandbox.env', 'profile.yaml'] as const;
/** Says whose the folder is; the first file to be written and the last one to go. */
const marker = 'sandbox.pid';
type FileName = (typeof fileNames)[number] | typeof marker;

/** How fresh folders are named in the system's folder for temporary files. */
const prefix = 'konaplate-sandbox-';

/** What a profile says of its scenarios beyond targets/embedded.yaml. */
export interface ProfileData {
  /** Scenario id → its request; undefined drops one that the documents do not have. */
  readonly testData: readonly (readonly [id: string, request: JsonObject | undefined])[];
  /** Scenario id → the reason. */
  readonly notTestable: readonly (readonly [id: string, reason: string])[];
}

/** Where a sandbox's credentials lie for its clients. */
export interface CredentialsFolder {
  readonly folder: string;
  readonly profile: string;
  readonly env: string;
  /** Writes the files, mode 0600. @throws {SandboxError} when one of them is there already */
  write(credentials: Credentials, baseUrl: string, data: ProfileData): void;
  /** Removes what was written, and the folder if it was made here. May be called again. */
  remove(): void;
}

/**
 * @param wished an own folder, made if it is not there; without it a fresh one in the system's folder for temporary
 *   files. Made folders have mode 0700
 * @throws {SandboxError}
 */
export function openCredentialsFolder(wished?: string): CredentialsFolder {
  sweep();
  const { folder, made } = wished === undefined ? freshFolder() : ownFolder(path.resolve(wished));
  removeIfDead(folder);
  const taken = fileNames.find((name) => existsSync(path.join(folder, name)));
  // It may be somebody's key.
  if (taken !== undefined) {
    throw new SandboxError(
      `--credentials: ${folder} holds a ${taken} already; name a new or an empty folder`,
    );
  }
  const written: string[] = [];
  const write = (name: FileName, text: string): void => {
    const file = path.join(folder, name);
    try {
      writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      throw new SandboxError(
        `--credentials: ${file} can't be written (${errorCode(error)}); name a new or an empty folder`,
      );
    }
    written.push(file);
  };
  const profile = path.join(folder, 'profile.yaml');
  const env = path.join(folder, 'sandbox.env');
  return {
    folder,
    profile,
    env,
    write(credentials, baseUrl, data) {
      write(marker, owner(process.pid));
      write(
        'client-private.pem',
        credentials.client.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      );
      write(
        'server-public.pem',
        credentials.server.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      );
      write('sandbox.env', envText(credentials, baseUrl, folder));
      write('profile.yaml', profileText(credentials, baseUrl, data));
    },
    remove() {
      for (const file of written.splice(0).reverse()) rmSync(file, { force: true });
      if (made) removeIfEmpty(folder);
    },
  };
}

/** Removes what sandboxes have left in the system's folder for temporary files that had no time to do it: SIGKILL. */
function sweep(): void {
  const temporary = realpathSync(tmpdir());
  for (const name of readdirSync(temporary)) {
    const folder = path.join(temporary, name);
    if (name.startsWith(prefix) && removeIfDead(folder)) removeIfEmpty(folder);
  }
}

/**
 * Removes the credentials in a folder when it carries the marker of a sandbox of this machine and user whose process has
 * ended, and nothing else there.
 */
function removeIfDead(folder: string): boolean {
  try {
    const mark = readFileSync(path.join(folder, marker), 'utf8');
    const pid = Number.parseInt(mark, 10);
    // The folder may be seen by several containers, each with processes of its own.
    const isOurs = mark === owner(pid) && lstatSync(folder).uid === process.getuid?.();
    if (!isOurs || isAlive(pid)) return false;
    for (const name of [...fileNames, marker]) rmSync(path.join(folder, name), { force: true });
    return true;
  } catch {
    // No marker, no folder, or not ours to read: not ours to remove.
    return false;
  }
}

function owner(pid: number): string {
  return `${pid} on ${hostname()}\n`;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/** Somebody may have put something of theirs into it. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(errorCode(error))) throw error;
  }
}

function freshFolder(): { readonly folder: string; readonly made: boolean } {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), prefix));
  refuseProject(folder);
  return { folder, made: true };
}

function ownFolder(folder: string): { readonly folder: string; readonly made: boolean } {
  try {
    const made = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
    const real = realpathSync(folder);
    if (isBelow(real, realpathSync(projectRoot)) && made) rmdirSync(folder);
    refuseProject(real);
    return { folder: real, made };
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    throw new SandboxError(
      `--credentials: ${folder} can't be made a folder (${errorCode(error)}); name another one`,
    );
  }
}

/** Keys lie outside the repository, where no commit finds them. */
function refuseProject(folder: string): void {
  if (!isBelow(folder, realpathSync(projectRoot))) return;
  throw new SandboxError(
    `--credentials: ${folder} lies inside the project, where keys could be committed; name a folder outside`,
  );
}

function isBelow(folder: string, root: string): boolean {
  const relative = path.relative(root, folder);
  return (
    relative === '' ||
    (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative))
  );
}

/** The names are those that existing clients read (PROTOCOL). */
function envText(credentials: Credentials, baseUrl: string, folder: string): string {
  const variables = {
    KONAPLATE_BASE_URL: baseUrl,
    KONAPLATE_ASP_ID: credentials.aspId,
    KONAPLATE_ACCESS_KEY: credentials.accessKey,
    KONAPLATE_SECRET_KEY: credentials.secretKey,
    KONAPLATE_CRYPTO_KEY_ID: credentials.cryptoKeyId,
    KONAPLATE_SERVER_PUBLIC_KEY: path.join(folder, 'server-public.pem'),
    KONAPLATE_CLIENT_PRIVATE_KEY: path.join(folder, 'client-private.pem'),
  };
  // Quotes only where a shell needs them: not every reader of such files takes them off.
  const quoted = (text: string) =>
    /^[\w./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${quoted(value)}\n`)
    .join('');
}

/** JSON is YAML. */
function profileText(
  { aspId, accessKey, secretKey, cryptoKeyId }: Credentials,
  baseUrl: string,
  { testData, notTestable }: ProfileData,
): string {
  const entries = (name: string, lines: readonly (readonly [id: string, value: string])[]) =>
    lines.length === 0 ? [] : [`${name}:`, ...lines.map(([id, value]) => `  ${id}: ${value}`.trimEnd())];
  return [
    `extends: ${JSON.stringify(path.join(projectRoot, 'targets/embedded.yaml'))}`,
    `baseUrl: ${JSON.stringify(baseUrl)}`,
    'credentials:',
    `  aspId: ${JSON.stringify(aspId)}`,
    `  accessKey: ${JSON.stringify(accessKey)}`,
    `  secretKey: ${JSON.stringify(secretKey)}`,
    `  cryptoKeyId: ${JSON.stringify(cryptoKeyId)}`,
    '  serverPublicKey: ./server-public.pem',
    '  clientPrivateKey: ./client-private.pem',
    ...entries(
      'testData',
      testData.map(([id, body]) => [id, body === undefined ? '' : stringifyJson(body)] as const),
    ),
    ...entries(
      'notTestable',
      notTestable.map(([id, reason]) => [id, JSON.stringify(reason)] as const),
    ),
    '',
  ].join('\n');
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
