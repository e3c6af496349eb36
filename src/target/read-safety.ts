import { type Allowance, allowances, leastOf } from '../cases/permission.ts';
import { UserError } from '../user-error.ts';
import { ZONE_NAMES } from '../wire/clock.ts';
import { isAllowedHost, isPlainRemote } from './address.ts';
import type { Environment } from './environment.ts';
import type { Fields } from './fields.ts';
import { environments, type Safety } from './safety.ts';
import { isWithin, nowText, type Window, weekdays, windowText } from './window.ts';

/** The variable that narrows what a profile allows. */
const effectsVariable = 'KONAPLATE_EFFECTS';

/** Something around the profile that a run must not begin with. One line; the CLI exits with 2. */
export class SafetyError extends UserError {
  override readonly name = 'SafetyError';
}

/**
 * How careful a run must be. Problems go to `fields`.
 *
 * @param given what the command line asks for, which like the environment can only narrow what the profile allows
 * @throws {SafetyError} when either asks for more
 */
export function readSafety(
  fields: Fields,
  given: {
    readonly env: Environment;
    readonly effects: Allowance | undefined;
    readonly acceptsOnlyPreparedData: boolean;
    readonly timeZone: string;
  },
): { readonly safety: Safety; readonly notes: readonly string[] } {
  const isLaunched = fields.has('launch');
  const environment = fields.word(['environment'], environments) ?? (isLaunched ? 'local' : 'sandbox');
  if (isLaunched && environment !== 'local') {
    fields.problem(['environment'], 'a launched target is local; write local, or take launch out');
  }
  const isProduction = environment === 'production';
  const { allowed, notes } = readEffects(fields, isProduction, given.acceptsOnlyPreparedData);
  const window = readWindow(fields);
  if (window && !ZONE_NAMES.includes(given.timeZone)) {
    fields.problem(
      ['timeZone'],
      `the hours of window need a zone that is known here: ${ZONE_NAMES.join(', ')}`,
    );
  }
  return {
    safety: {
      environment,
      effects: narrowed(allowed, given),
      robustness: fields.flag('robustness') ?? !isProduction,
      ...(window && { window }),
    },
    notes,
  };
}

function readEffects(
  fields: Fields,
  isProduction: boolean,
  acceptsOnlyPreparedData: boolean,
): { readonly allowed: Allowance; readonly notes: readonly string[] } {
  const most = acceptsOnlyPreparedData ? 'prepared' : 'any';
  const bare = fields.word(['effects'], allowances);
  const written = bare ?? fields.word(['effects', 'allow'], allowances);
  const allowed = leastOf(written ?? (isProduction ? 'read-only' : 'any'), most);
  if (isProduction && bare !== undefined && bare !== 'read-only') {
    fields.problem(
      ['effects'],
      `${bare} in production needs a reason and a name: expected a map with allow, reason and approvedBy`,
    );
  }
  const notes =
    written !== undefined && allowed !== written
      ? [`effects: ${written} counts as ${allowed}, since acceptsOnlyPreparedData is true`]
      : [];
  const [reason, approvedBy] = [fields.text('effects', 'reason'), fields.text('effects', 'approvedBy')];
  if (reason === undefined || approvedBy === undefined) return { allowed, notes };
  const why = `effects: ${written}, allowed by ${oneLine(approvedBy.value)}: ${oneLine(reason.value)}`;
  return { allowed, notes: [why, ...notes] };
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

/** The least of what is allowed and what is asked for. */
function narrowed(
  allowed: Allowance,
  { env, effects }: { readonly env: Environment; readonly effects: Allowance | undefined },
): Allowance {
  const asked = env[effectsVariable] ?? '';
  const ofEnvironment = allowances.find((one) => one === asked);
  if (asked !== '' && ofEnvironment === undefined) {
    throw new SafetyError(
      `${effectsVariable}: expected ${allowances.join(', ')}, got ${JSON.stringify(asked.slice(0, 40))}`,
    );
  }
  const all = { '--effects': effects, [effectsVariable]: ofEnvironment };
  let least = allowed;
  for (const [name, wanted] of Object.entries(all)) {
    if (wanted === undefined) continue;
    if (leastOf(allowed, wanted) !== wanted) {
      throw new SafetyError(
        `${name}: the profile allows ${allowed}, and ${wanted} is more; it can only be narrowed here, and widened in the profile`,
      );
    }
    least = leastOf(least, wanted);
  }
  return least;
}

function readWindow(fields: Fields): Window | undefined {
  const [from, to] = [fields.text('window', 'from')?.value, fields.text('window', 'to')?.value];
  if (from === undefined || to === undefined) return undefined;
  if (from === to)
    fields.problem(
      ['window', 'to'],
      'the same as from, which is no time at all; take window out for any time',
    );
  const written = fields
    .items('window', 'days')
    .flatMap((_, index) => fields.word(['window', 'days', String(index)], weekdays) ?? []);
  return { from, to, ...(written.length > 0 && { days: written }) };
}

/**
 * Whether a run may be at work now.
 *
 * @throws {SafetyError} when it may not
 */
export function checkWindow(
  { window, timeZone }: Pick<Safety, 'window'> & { readonly timeZone: string },
  now = new Date(),
): void {
  if (window === undefined || isWithin(window, now, timeZone)) return;
  throw new SafetyError(
    `this target may be tested from ${windowText(window, timeZone)} only (window of the profile), and it is ${nowText(now, timeZone)}; nothing was sent`,
  );
}

/** Holds the way to a target against what its profile says of it. Problems go to `fields`. */
export function checkWay(
  fields: Fields,
  {
    baseUrl,
    proxy,
    environment,
    env,
  }: {
    readonly baseUrl: string;
    readonly proxy: string | undefined;
    readonly environment: Safety['environment'];
    readonly env: Environment;
  },
): void {
  checkHosts(fields, { baseUrl, proxy, isProduction: environment === 'production' });
  if (isPlainRemote(baseUrl) && fields.flag('allowPlainHttp') !== true) {
    fields.problem(
      ['baseUrl'],
      'http, not https: anyone on the way can read and change what is sent, access key included; use https, or write allowPlainHttp: true into the profile',
    );
  }
  const isSecured = [baseUrl, proxy ?? ''].some((url) => /^https:/i.test(url));
  if (isSecured && env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    throw new SafetyError(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 of the environment switches no check off here; unset it, and give the certificate to trust as tls.ca in the profile',
    );
  }
}

/** Holds the addresses, wherever they came from, against the hosts that the profile allows. */
function checkHosts(
  fields: Fields,
  {
    baseUrl,
    proxy,
    isProduction,
  }: { readonly baseUrl: string; readonly proxy: string | undefined; readonly isProduction: boolean },
): void {
  if (!fields.has('allowHosts')) {
    if (isProduction) {
      fields.problem(
        ['allowHosts'],
        `missing; in production write the hosts that may be contacted, such as [${hostOf(baseUrl)}]`,
      );
    }
    return;
  }
  const hosts = fields.items('allowHosts').flatMap((_, index) => {
    const text = fields.text('allowHosts', String(index));
    // What a variable would put here is no lock, which the schema has told, and may be anything: it is not shown.
    return text === undefined || text.written.includes('${') ? [] : [text.value];
  });
  if (hosts.length < fields.items('allowHosts').length) return;
  const isAllowed = (url: string) => hosts.some((host) => isAllowedHost(url, host));
  if (!isAllowed(baseUrl)) {
    fields.problem(
      ['baseUrl'],
      `the host ${hostOf(baseUrl)} is none of allowHosts (${hosts.join(', ')}), which the environment can't change; check the address, or add the host to the profile`,
    );
  }
  if (isProduction && proxy !== undefined && !isAllowed(proxy)) {
    fields.problem(
      ['proxy'],
      `the host ${hostOf(proxy)} is none of allowHosts (${hosts.join(', ')}); in production add the proxy's host to them`,
    );
  }
}

function hostOf(url: string): string {
  return new URL(url).host;
}
