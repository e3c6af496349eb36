import { X509Certificate } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { noAnswer, transportAdvice } from '../judge/setup.ts';
import type { Profile } from '../target/profile.ts';
import type { TransportFailure } from '../wire/exchange.ts';
import { transportFailure } from '../wire/failure.ts';
import { proxyTunnel } from '../wire/proxy.ts';
import { failed, ok, type Patient, type StepResult, warning } from './step.ts';

/** A certificate that ends within so many days is told of. */
const soon = 14;
const dayLong = 86_400_000;

interface Place {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly host: string;
  readonly port: number;
}

function placeOf(address: string): Place {
  const { protocol, hostname, port, origin } = new URL(address);
  return {
    origin,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
  };
}

/** Where the first connection goes: the proxy, if there is one, or the target. */
function nextPlace({ proxy, baseUrl }: Profile): Place {
  return placeOf(proxy ?? baseUrl);
}

/** Does the host's name lead to an address? */
export async function checkDns({ session: { profile } }: Patient): Promise<StepResult> {
  const { host, origin } = nextPlace(profile);
  const whose = profile.proxy === undefined ? '' : ', the proxy that looks up the target,';
  if (isIP(host) !== 0) return ok(`${host}${whose} is an address already`);
  try {
    const found = await within(profile, origin, () => lookup(host, { all: true }));
    return ok(`${host}${whose} is ${found.map(({ address }) => address).join(' and ')}`);
  } catch (error) {
    return trouble(error, origin);
  }
}

/** Does anybody listen there? */
export async function checkTcp({ session: { profile } }: Patient): Promise<StepResult> {
  const { host, port, origin } = nextPlace(profile);
  try {
    const socket = await within(profile, origin, (ended) => tcpTo({ host, port }, ended));
    const to = `${socket.remoteAddress ?? host}, port ${port}`;
    socket.destroy();
    return ok(`somebody listens at ${to}`);
  } catch (error) {
    return trouble(error, origin);
  }
}

/** Does the proxy lead to the target? */
export async function checkProxy({ session: { profile }, env }: Patient): Promise<StepResult> {
  const { proxy, baseUrl } = profile;
  if (proxy === undefined) {
    const unheeded = [
      'HTTPS_PROXY',
      'https_proxy',
      'HTTP_PROXY',
      'http_proxy',
      'ALL_PROXY',
      'all_proxy',
    ].filter((name) => (env[name] ?? '') !== '');
    const told = unheeded.length === 0 ? '' : `; ${unheeded.join(', ')} of the environment is not heeded`;
    return ok(`none: the profile names none${told}`);
  }
  const { origin } = placeOf(baseUrl);
  try {
    const socket = await within(profile, origin, () => tunnelTo(profile, proxy));
    socket.destroy();
    return ok(`${placeOf(proxy).origin} leads to ${origin}`);
  } catch (error) {
    return trouble(error, origin);
  }
}

/** Whose certificate is it, how long does it hold, and is it trusted? */
export async function checkTls({ session: { profile, now } }: Patient): Promise<StepResult> {
  const { host, port, origin } = placeOf(profile.baseUrl);
  if (!origin.startsWith('https:')) return ok('none: baseUrl is http, and nothing on the way is protected');
  let shaken: TLSSocket;
  try {
    shaken = await within(profile, origin, async (ended) => {
      const { proxy } = profile;
      const below = proxy === undefined ? await tcpTo({ host, port }, ended) : await tunnelTo(profile, proxy);
      return handshake(profile, { below, host }, ended);
    });
  } catch (error) {
    return trouble(error, origin);
  }
  const { raw } = shaken.getPeerCertificate();
  const { authorized, authorizationError } = shaken;
  shaken.destroy();
  const certificate = new X509Certificate(raw);
  const lastDay = new Date(certificate.validTo);
  const shown = `the certificate is for ${namesOf(certificate)}, until ${lastDay.toISOString().slice(0, 10)}`;
  if (!authorized) {
    const code = String(authorizationError);
    return failed(`${shown}, and not trusted (${code}); ${transportAdvice({ kind: 'tls', code })}`);
  }
  const by = profile.tls?.ca === undefined ? 'by this machine' : 'through tls.ca of the profile';
  const daysLeft = (lastDay.getTime() - now().getTime()) / dayLong;
  if (daysLeft >= soon) return ok(`${shown}, and trusted ${by}`);
  return warning(`${shown}, which is soon, and trusted ${by}; have it renewed where the target runs`);
}

function namesOf({ subjectAltName = '', subject }: X509Certificate): string {
  const names = subjectAltName.split(', ').map((name) => name.replace(/^[\w ]+:/, ''));
  const most = 5;
  if (subjectAltName === '') return /CN=(.*)/.exec(subject)?.[1] ?? 'nobody';
  return `${names.slice(0, most).join(', ')}${names.length > most ? ` and ${names.length - most} more` : ''}`;
}

function tcpTo(to: { readonly host: string; readonly port: number }, ended: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp(to, () => resolve(socket));
    socket.on('error', reject);
    ended.addEventListener('abort', () => socket.destroy());
  });
}

/** A connection to the target through the proxy, nothing made of it yet. */
function tunnelTo({ baseUrl, timeouts }: Profile, through: string): Promise<Socket> {
  const { host, port } = placeOf(baseUrl);
  const { connect } = proxyTunnel(through, buildConnector({}), { connectTimeout: timeouts.exchange });
  return new Promise((resolve, reject) => {
    connect({ hostname: host, port: String(port), protocol: 'http:' }, (error, socket) => {
      if (socket instanceof Socket) resolve(socket);
      else reject(error);
    });
  });
}

/** Only to look: whatever the certificate is, nothing is sent. */
function handshake(
  { tls = {} }: Profile,
  { below, host }: { readonly below: Socket; readonly host: string },
  ended: AbortSignal,
): Promise<TLSSocket> {
  const { ca, cert, key } = tls;
  return new Promise((resolve, reject) => {
    const socket = connectTls(
      {
        socket: below,
        host,
        ...(isIP(host) === 0 && { servername: host }),
        ...(ca !== undefined && { ca }),
        ...(cert !== undefined && key !== undefined && { cert, key }),
        rejectUnauthorized: false,
      },
      () => resolve(socket),
    );
    socket.on('error', reject);
    ended.addEventListener('abort', () => socket.destroy());
  });
}

/** What took longer than an exchange may. */
class Late extends Error {
  readonly failure: TransportFailure;

  constructor(failure: TransportFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** @param look is told when it took too long */
async function within<T>(
  { timeouts: { exchange } }: Profile,
  origin: string,
  look: (ended: AbortSignal) => Promise<T>,
): Promise<T> {
  const ended = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Late({ kind: 'timeout', message: `${origin}: nothing came within ${exchange} ms` }));
      ended.abort();
    }, exchange);
  });
  try {
    return await Promise.race([look(ended.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

function trouble(error: unknown, origin: string): StepResult {
  const failure = error instanceof Late ? error.failure : transportFailure(error, origin, false);
  if (failure === undefined) throw error;
  return failed(noAnswer(failure));
}
