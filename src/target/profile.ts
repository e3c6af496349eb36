import { createHash, type KeyObject } from 'node:crypto';
import path from 'node:path';
import { inspect } from 'node:util';
import type { JsonObject } from '../json/json.ts';
import type { Waiver } from '../judge/waivers.ts';
import type { TlsOptions } from '../wire/client.ts';
import type { ContentEncryption } from '../wire/jwe.ts';
import type { Padding } from '../wire/tran-token.ts';

/** What every profile says, whoever supplies address and credentials. */
export interface ProfileBase {
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
  /** Milliseconds; `exchange` is the total deadline of one exchange, `registration` how long one may take to its end. */
  readonly timeouts: { readonly exchange: number; readonly workflow: number };
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
export interface ProfileDescription {
  readonly name: string;
  readonly kind: 'ready' | 'launched';
  /** From the project's root; only the file's name where it lies elsewhere. */
  readonly file: string;
  readonly baseUrl?: string;
  readonly digest?: string;
  readonly timeZone: string;
  readonly acceptsOnlyPreparedData: boolean;
  /** Scenarios with test data. */
  readonly testData: number;
  /** Scenarios given up with a reason. */
  readonly notTestable: number;
  /** The fields that are shown as they are, if there are any. */
  readonly showInClear?: readonly string[];
}

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
  return createHash('sha256').update(canonical(settings)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

/** Freezes an object that shows something else when it is printed or serialised. */
export function showAs<T extends object>(value: T, shown: () => unknown): Readonly<T> {
  Object.defineProperty(value, 'toJSON', { value: shown });
  Object.defineProperty(value, inspect.custom, { value: shown });
  return Object.freeze(value);
}
