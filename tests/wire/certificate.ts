import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/**
 * A self-signed certificate and its key, made anew by openssl; undefined where openssl is missing.
 *
 * @param given.name whom it is for; localhost and its address unless given
 * @param given.days for how long; less than 0: it has expired
 */
export function makeCertificate({
  name = 'DNS:localhost,IP:127.0.0.1',
  days = 2,
}: {
  readonly name?: string;
  readonly days?: number;
} = {}): Certificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'wire-'));
  const key = join(folder, 'key.pem');
  const request = join(folder, 'request.pem');
  const cert = join(folder, 'cert.pem');
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  try {
    openssl(
      ...['req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost'],
      ...['-addext', `subjectAltName=${name}`, '-keyout', key, '-out', request],
    );
    openssl(
      ...['x509', '-req', '-in', request, '-signkey', key, '-days', String(days)],
      ...['-copy_extensions', 'copyall', '-out', cert],
    );
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
