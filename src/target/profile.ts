import { createHash, type KeyObject } from 'node:crypto';
import path from 'node:path';
import { inspect } from 'node:util';
import { stringify } from 'safe-stable-stringify';
import type { Shape } from '../json/define.ts';
import type { JsonObject } from '../json/json.ts';
import type { Waiver } from '../judge/waivers.ts';
import type { TlsOptions } from '../wire/client.ts';
import type { ContentEncryption } from '../wire/jwe.ts';
import type { Padding } from '../wire/tran-token.ts';
import type { Safety } from './safety.ts';
import type { shownProfile } from './written.ts';

/** What every profile says, whoever supplies address and credentials. */
export interface ProfileBase extends Safety {
  /** What reports call the target. */
  readonly name: string;
  /** Absolute path of the profile file. */
  readonly file: string;
  /** The 3 letters of the time zone in which its clients' times are. */
  readonly timeZone: string;
  /** Scenario id to request body, exact: an id of 19 digits keeps them all. */
  readonly testData: ReadonlyMap<string, JsonObject>;
  /** Scenario id to the reason why this target has no test data for it. */
  readonly notTestable: ReadonlyMap<string, string>;
  readonly wire: WireSettings;
  /**
   * Milliseconds; `exchange` is the total deadline of one exchange, `workflow` how long one may take to its end, `run`
   * how long there is anything sent for a run.
   */
  readonly timeouts: { readonly exchange: number; readonly workflow: number; readonly run: number };
  readonly pace: Pace;
  /** How many requests a run may send, what it takes to clean up left out; undefined: as many as it has. */
  readonly maxRequests?: number;
  readonly maxResponseBytes: number;
  /** True: nothing but the prepared test data may be sent as a valid request. */
  readonly acceptsOnlyPreparedData: boolean;
  /** The known deviations of this target, in the order of the file. */
  readonly waivers: readonly Waiver[];
  /** The fields whose values are nobody's here and are shown as they are. */
  readonly showInClear: readonly string[];
  /** What the person who starts a run should know; each one line, without secrets. */
  readonly notes: readonly string[];
}

/** A profile to run against. Printed or serialised as a whole it shows only {@link describeProfile}. */
export interface Profile extends ProfileBase {
  readonly kind: 'ready';
  /** SHA-256 in hex over what is neither secret nor personal: two runs with the same one had the same settings. */
  readonly digest: string;
  /** Absolute URL without a slash at its end. */
  readonly baseUrl: string;
  readonly credentials: Credentials;
  /** As `createHttpClient` takes it. */
  readonly tls?: TlsOptions;
  /** As `createHttpClient` takes it; may hold a password. */
  readonly proxy?: string;
}

/**
 * A profile whose server the suite starts first. That server writes a complete profile (`extends:` this one, plus
 * baseUrl and credentials), which is then loaded like any other.
 */
export interface LaunchedProfile extends ProfileBase {
  readonly kind: 'launched';
  readonly launch: 'embedded';
}

/** How fast a target may be asked. */
export interface Pace {
  /** How many cases are in flight at once, of the whole run. */
  readonly inFlight: number;
  /** How many requests begin in a second; undefined: as many as come. */
  readonly requestsPerSecond?: number;
}

export interface WireSettings {
  readonly tokenPadding: Padding;
  readonly contentEncryption: ContentEncryption;
  /** JSON pointers; absent means every place the documents allow. */
  readonly envelope: { readonly code?: string; readonly message?: string };
}

/** Printed or serialised, it says `[redacted]`. */
export interface Credentials {
  readonly aspId: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly cryptoKeyId: string;
  readonly serverPublicKey: KeyObject;
  readonly clientPrivateKey: KeyObject;
}

/** What may be shown of a profile. */
export type ProfileDescription = Shape<typeof shownProfile>;

/** The project's root: where `targets/` lies. */
export const projectRoot = path.resolve(import.meta.dirname, '../..');

/** A plain object that is safe to print and to put into a report. */
export function describeProfile(profile: Profile | LaunchedProfile, root = projectRoot): ProfileDescription {
  const relative = path.relative(root, profile.file);
  const outside = relative.startsWith('..') || path.isAbsolute(relative);
  return {
    name: profile.name,
    kind: profile.kind,
    file: outside ? path.basename(profile.file) : relative.replaceAll(path.sep, '/'),
    ...(profile.kind === 'ready' ? { baseUrl: profile.baseUrl, digest: profile.digest } : {}),
    environment: profile.environment,
    effects: profile.effects,
    robustness: profile.robustness,
    timeZone: profile.timeZone,
    acceptsOnlyPreparedData: profile.acceptsOnlyPreparedData,
    testData: profile.testData.size,
    notTestable: profile.notTestable.size,
    ...(profile.showInClear.length > 0 && { showInClear: profile.showInClear }),
  };
}

/**
 * Every text that must never be written: keys, their PEM as a whole and line by line, the proxy's password. Longest
 * first, so that replacing them in order leaves no remains. Test data are not among them: what of a body is
 * sensitive depends on the field.
 */
export function profileSecrets(profile: Profile): string[] {
  const { accessKey, secretKey, clientPrivateKey } = profile.credentials;
  const pems = [
    clientPrivateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    clientPrivateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    ...(profile.tls?.key === undefined ? [] : [profile.tls.key]),
  ];
  const secrets = [accessKey, secretKey, ...pems.flatMap(pemParts), ...proxySecrets(profile.proxy)];
  const escaped = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  return [...new Set([...secrets, ...escaped])]
    .filter((secret) => secret !== '')
    .sort((a, b) => b.length - a.length);
}

function pemParts(pem: string): string[] {
  const lines = pem.split(/\r?\n/).filter((line) => !line.includes('-----'));
  // The last line may be a few letters, which would be found in any text.
  return [pem.trim(), lines.join(''), ...lines.filter((line) => line.length >= 16)];
}

function proxySecrets(proxy: string | undefined): string[] {
  if (proxy === undefined) return [];
  const { username, password } = new URL(proxy);
  if (password === '') return [];
  const clear = decodeURIComponent(password);
  const basic = Buffer.from(`${decodeURIComponent(username)}:${clear}`).toString('base64');
  return [clear, password, basic];
}

/** The digest of a profile's settings. Bodies of test data stay out: a digest over few digits can be guessed. */
export function digestOf(settings: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(stringify(settings)).digest('hex');
}

/** Freezes an object that shows something else when it is printed or serialised. */
export function showAs<T extends object>(value: T, shown: () => unknown): Readonly<T> {
  Object.defineProperty(value, 'toJSON', { value: shown });
  Object.defineProperty(value, inspect.custom, { value: shown });
  return Object.freeze(value);
}
