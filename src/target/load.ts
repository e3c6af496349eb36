import type { KeyObject } from 'node:crypto';
import type { Allowance } from '../cases/permission.ts';
import type { TlsOptions } from '../wire/client.ts';
import { contentEncryptions } from '../wire/jwe.ts';
import { paddings } from '../wire/tran-token.ts';
import type { Problem } from '../yaml/problem.ts';
import { AddressError, isPlainRemote, readBaseUrl, readProxy } from './address.ts';
import {
  applyOverrides,
  type Environment,
  overrides,
  overridesSet,
  replaceReferences,
  withMissingAsOne,
} from './environment.ts';
import { readWithBase } from './extends.ts';
import { type FieldPath, Fields } from './fields.ts';
import { findProfile } from './find-profile.ts';
import { type KeyLength, lengthNotes } from './key-lengths.ts';
import {
  type LocatedText,
  PemError,
  readCertificate,
  readPrivateKey,
  readPublicKey,
  readTlsKey,
} from './pem.ts';
import { ProfileError } from './problem.ts';
import {
  type Credentials,
  describeProfile,
  digestOf,
  type LaunchedProfile,
  type Profile,
  type ProfileBase,
  projectRoot,
  showAs,
} from './profile.ts';
import { checkWay, readSafety } from './read-safety.ts';
import { type DocumentedFields, readShowInClear } from './show-in-clear.ts';
import { readNotTestable, readTestData } from './test-data.ts';
import { type KnownClauses, readWaivers } from './waivers.ts';

export interface LoadOptions {
  /** Where `${NAME}` and the KONAPLATE_ variables come from; `process.env` unless told. */
  readonly env?: Environment;
  /** Where relative paths from the command line and the environment start; the working folder unless told. */
  readonly cwd?: string;
  /** The folder that holds `targets/`; this project unless told. */
  readonly root?: string;
  /** All scenario ids there are; without them the ids in the profile are not checked. */
  readonly scenarioIds?: readonly string[];
  /** All clauses there are; without them those of the waivers are not checked. */
  readonly clauses?: KnownClauses;
  /** All fields there are; without them the names in `showInClear` are not checked. */
  readonly fields?: DocumentedFields;
  /** The lengths that the pages give to keys; without them a key of another length is not noted. */
  readonly keyLengths?: readonly KeyLength[];
  /** What the command line asks for: it, like the environment, can only narrow what the profile allows. */
  readonly effects?: Allowance;
}

/**
 * Loads a target's profile.
 *
 * @param nameOrPath a name (`targets/<name>.yaml`) or the path of a YAML file
 * @throws {ProfileError|SafetyError} every problem at once; it holds no value of the profile
 */
export function loadProfile(nameOrPath: string, options: LoadOptions = {}): Profile | LaunchedProfile {
  const { env = process.env, cwd = process.cwd(), root = projectRoot, scenarioIds, clauses } = options;
  const file = findProfile(nameOrPath, { root, cwd });
  const problems: Problem[] = [];
  const merged = readWithBase(file, { env, cwd, problems });
  if (merged === undefined) throw new ProfileError(problems);

  // A launched target's address and credentials are made for it: others would make it unusable, or be told to it.
  const overridden = merged.launches
    ? { map: merged.map, notes: ignoredNote(env) }
    : applyOverrides(merged.map, env, cwd);
  const replaced = replaceReferences(overridden.map, { env, cwd, problems });
  if (replaced.kind !== 'map') throw new ProfileError(problems);
  const fields = new Fields(replaced, problems);

  const { effects, fields: documented } = options;
  const { base, notes } = readBase(fields, { file, scenarioIds, clauses, documented, effects, env, cwd });
  const profile = fields.has('launch')
    ? readLaunched(fields, base, [...overridden.notes, ...notes])
    : readReady(fields, base, {
        notes: [...overridden.notes, ...notes],
        env,
        launches: merged.launches,
        keyLengths: options.keyLengths ?? [],
      });
  if (profile === undefined || problems.length > 0) {
    throw new ProfileError(withMissingAsOne(problems.sort(byPlace)));
  }
  return showAs(profile, () => describeProfile(profile, root));
}

const placeOrder = new Intl.Collator('en', { numeric: true });

function byPlace(a: Problem, b: Problem): number {
  return placeOrder.compare(a.place, b.place);
}

function ignoredNote(env: Environment): string[] {
  const names = overridesSet(env).map(({ variable }) => variable);
  if (names.length === 0) return [];
  return [
    `${names.join(', ')} of the environment ignored: a launched target brings its own address and credentials`,
  ];
}

/** How many cases are in flight when the profile does not say. */
const defaultInFlight = 4;

function readBase(
  fields: Fields,
  given: {
    readonly file: string;
    readonly scenarioIds: readonly string[] | undefined;
    readonly clauses: KnownClauses | undefined;
    readonly documented: DocumentedFields | undefined;
    readonly effects: Allowance | undefined;
    readonly env: Environment;
    readonly cwd: string;
  },
): { readonly base: Omit<ProfileBase, 'notes'>; readonly notes: readonly string[] } {
  const name = fields.required(['name'], 'give the target a name, such as "name: sandbox"')?.value ?? '';
  const timeZone = fields.text('timeZone')?.value ?? 'KST';
  if (!/^[A-Z]{3}$/.test(timeZone))
    fields.problem(['timeZone'], 'expected 3 capital letters, such as KST or UTC');
  const code = fields.text('wire', 'envelope', 'code')?.value;
  const message = fields.text('wire', 'envelope', 'message')?.value;
  const acceptsOnlyPreparedData = fields.flag('acceptsOnlyPreparedData') ?? true;
  const { safety, notes } = readSafety(fields, { ...given, acceptsOnlyPreparedData, timeZone });
  const requestsPerSecond = fields.number('pace', 'requestsPerSecond');
  const maxRequests = fields.number('maxRequests');
  const base = {
    ...safety,
    name,
    file: given.file,
    timeZone,
    testData: readTestData(fields, given.scenarioIds, given),
    notTestable: readNotTestable(fields, given.scenarioIds),
    wire: {
      tokenPadding: fields.word(['wire', 'tokenPadding'], paddings) ?? 'padded',
      contentEncryption: fields.word(['wire', 'contentEncryption'], contentEncryptions) ?? 'A128GCM',
      envelope: { ...(code === undefined ? {} : { code }), ...(message === undefined ? {} : { message }) },
    },
    timeouts: {
      exchange: fields.number('timeouts', 'exchange') ?? 10_000,
      workflow: fields.number('timeouts', 'workflow') ?? 60_000,
      run: fields.number('timeouts', 'run') ?? 15 * 60_000,
    },
    pace: {
      inFlight:
        fields.number('pace', 'inFlight') ?? (safety.environment === 'production' ? 1 : defaultInFlight),
      ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    },
    ...(maxRequests === undefined ? {} : { maxRequests }),
    maxResponseBytes: fields.number('maxResponseBytes') ?? 1024 * 1024,
    acceptsOnlyPreparedData,
    waivers: readWaivers(fields, given.clauses),
    showInClear: readShowInClear(fields, given.documented),
  };
  return { base, notes };
}

function readLaunched(
  fields: Fields,
  base: Omit<ProfileBase, 'notes'>,
  notes: readonly string[],
): LaunchedProfile {
  for (const field of ['baseUrl', 'credentials', 'tls', 'proxy', 'allowHosts', 'allowPlainHttp'] as const) {
    if (!fields.has(field)) continue;
    fields.problem(
      [field],
      'not together with launch, which brings address and credentials; take one of the two out',
    );
  }
  return { kind: 'launched', launch: 'embedded', ...base, notes };
}

function readReady(
  fields: Fields,
  base: Omit<ProfileBase, 'notes'>,
  given: {
    readonly notes: readonly string[];
    readonly env: Environment;
    readonly launches: boolean;
    readonly keyLengths: readonly KeyLength[];
  },
): Profile | undefined {
  const baseUrl = readAddress(fields, ['baseUrl'], readBaseUrl, required(fields, ['baseUrl'], given));
  const credentials = readCredentials(fields, given);
  const tls = readTls(fields);
  const proxy = readAddress(fields, ['proxy'], readProxy, fields.text('proxy'));
  if (baseUrl !== undefined)
    checkWay(fields, { baseUrl, proxy, environment: base.environment, env: given.env });
  if (baseUrl === undefined || credentials === undefined) return undefined;

  const notes = [...given.notes, ...lengthNotes(credentials, given.keyLengths)];
  if (isPlainRemote(baseUrl)) {
    notes.push(
      'baseUrl is http, not https: anyone on the way can read and change what is sent, access key included',
    );
  }
  const way = { ...(tls === undefined ? {} : { tls }), ...(proxy === undefined ? {} : { proxy }) };
  return readyProfile({ ...base, notes }, { baseUrl, credentials, ...way }, given.launches);
}

/** A planned profile with the address and the credentials of the target that was launched for it. */
export function completeLaunched(
  { kind: _kind, launch: _launch, ...base }: LaunchedProfile,
  { baseUrl, credentials }: Pick<Profile, 'baseUrl' | 'credentials'>,
): Profile {
  const profile = readyProfile(base, { baseUrl, credentials }, true);
  return showAs(profile, () => describeProfile(profile));
}

/** A planned profile with the test data of the target that is to be launched for it. */
export function withTestData(
  planned: LaunchedProfile,
  data: Pick<LaunchedProfile, 'testData' | 'notTestable'>,
): LaunchedProfile {
  const profile: LaunchedProfile = { ...planned, ...data };
  return showAs(profile, () => describeProfile(profile));
}

/** @param isLaunched a launched target takes another port each time, and is the same target all the same */
function readyProfile(
  base: ProfileBase,
  way: Pick<Profile, 'baseUrl' | 'credentials' | 'tls' | 'proxy'>,
  isLaunched: boolean,
): Profile {
  const { file: _file, notes: _notes, testData, notTestable, waivers, ...settings } = base;
  const digest = digestOf({
    ...settings,
    baseUrl: isLaunched ? 'launched' : way.baseUrl,
    testData: [...testData.keys()].sort(),
    notTestable: Object.fromEntries(notTestable),
    waivers: waivers.map(({ at: _at, ...waiver }) => waiver),
    mutualTls: way.tls?.cert !== undefined,
    ownAuthorities: way.tls?.ca !== undefined,
    proxy: way.proxy !== undefined,
  });
  return { kind: 'ready', ...base, digest, ...way };
}

/** Whether the profile launches, or extends one that does: then the environment supplies nothing. */
interface Overridable {
  readonly launches: boolean;
}

/** A field that the environment may supply instead of the profile. */
function required(fields: Fields, path: FieldPath, { launches }: Overridable): LocatedText | undefined {
  const override = overrides.find((one) => one.path.join('.') === path.join('.'));
  const variable =
    launches || override === undefined ? '' : `, or set the environment variable ${override.variable}`;
  return fields.required(path, `write it in the profile${variable}`);
}

function readAddress(
  fields: Fields,
  path: readonly string[],
  read: (text: string) => string,
  text: LocatedText | undefined,
): string | undefined {
  if (text === undefined) return undefined;
  try {
    return read(text.value);
  } catch (error) {
    if (error instanceof AddressError) return fields.problem(path, error.message);
    throw error;
  }
}

function readCredentials(fields: Fields, given: Overridable): Credentials | undefined {
  const word = (field: keyof Credentials): string | undefined => {
    const path = ['credentials', field] as const;
    const value = required(fields, path, given)?.value;
    // It is sent as a header, where nothing else may stand; in a key, such letters come from careless copying.
    if (value === undefined || /^[\x21-\x7e]+$/.test(value)) return value;
    return fields.problem(
      path,
      'expected printable ASCII without spaces or line breaks; copy the value anew',
    );
  };
  const aspId = word('aspId');
  const accessKey = word('accessKey');
  const secretKey = word('secretKey');
  const cryptoKeyId = word('cryptoKeyId');
  const serverPublicKey = readKey(fields, 'serverPublicKey', readPublicKey, given);
  const clientPrivateKey = readKey(fields, 'clientPrivateKey', readPrivateKey, given);
  if (
    aspId === undefined ||
    accessKey === undefined ||
    secretKey === undefined ||
    cryptoKeyId === undefined
  ) {
    return undefined;
  }
  if (serverPublicKey === undefined || clientPrivateKey === undefined) return undefined;
  const credentials = { aspId, accessKey, secretKey, cryptoKeyId, serverPublicKey, clientPrivateKey };
  return showAs(credentials, () => '[redacted]');
}

function readKey(
  fields: Fields,
  field: keyof Credentials,
  read: (text: LocatedText) => KeyObject,
  given: Overridable,
): KeyObject | undefined {
  const path = ['credentials', field] as const;
  const text = required(fields, path, given);
  return text === undefined ? undefined : orProblem(fields, path, () => read(text));
}

function readTls(fields: Fields): TlsOptions | undefined {
  if (!fields.has('tls')) return undefined;
  const caText = fields.text('tls', 'ca');
  const certText = fields.text('tls', 'clientCertificate');
  const keyText = fields.text('tls', 'clientKey');
  if (fields.has('tls', 'clientCertificate') !== fields.has('tls', 'clientKey')) {
    fields.problem(
      ['tls'],
      'clientCertificate and clientKey belong together; add the other one, or take both out',
    );
  }
  const ca = caText && orProblem(fields, ['tls', 'ca'], () => readCertificate(caText));
  const cert = certText && orProblem(fields, ['tls', 'clientCertificate'], () => readCertificate(certText));
  const key =
    keyText && cert !== undefined
      ? orProblem(fields, ['tls', 'clientKey'], () => readTlsKey(keyText, cert))
      : undefined;
  const tls = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
  return Object.keys(tls).length === 0 ? undefined : showAs(tls, () => '[redacted]');
}

function orProblem<T>(fields: Fields, path: readonly string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof PemError) return fields.problem(path, error.message);
    throw error;
  }
}
