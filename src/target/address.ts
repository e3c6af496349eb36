/** What is wrong with an address; holds nothing of it, since it may contain a password. */
export class AddressError extends Error {}

/**
 * A target's base URL without a slash at its end.
 *
 * @throws AddressError
 */
export function readBaseUrl(text: string): string {
  const url = parse(text, 'https://host/open-api');
  if (url.username !== '' || url.password !== '') {
    throw new AddressError('expected no user or password in the URL; credentials have fields of their own');
  }
  if (/[?#]/.test(text))
    throw new AddressError('expected no query and no fragment; take out "?" or "#" and the rest');
  return url.href.replace(/\/+$/, '');
}

/**
 * A proxy's URL, as it is.
 *
 * @throws AddressError
 */
export function readProxy(text: string): string {
  const url = parse(text, 'http://host:port');
  if (url.pathname !== '/' || /[?#]/.test(text)) {
    throw new AddressError('expected a proxy as http://host:port, without path, query or fragment');
  }
  try {
    decodeURIComponent(url.username + url.password);
  } catch {
    throw new AddressError('expected user and password with a "%" written as %25');
  }
  return text;
}

/** Whether requests leave this machine unprotected. */
export function isPlainRemote(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Whether an address leads to a host, written as `host` (any port) or `host:port`. */
export function isAllowedHost(baseUrl: string, allowed: string): boolean {
  const { protocol, hostname, host } = new URL(baseUrl);
  const wanted = tryParse(`${protocol}//${allowed}`);
  if (wanted === null) return false;
  const bare = (name: string) => name.replace(/\.$/, '');
  if (!/:\d+$/.test(allowed)) return bare(wanted.hostname) === bare(hostname);
  return wanted.host === host;
}

function parse(text: string, example: string): URL {
  const url = /\s/.test(text) ? null : tryParse(text);
  // Without the slashes "host:port" is read as a scheme, and "http:/host" is repaired silently.
  if (url === null || !/^https?:\/\/[^/]/i.test(text)) {
    throw new AddressError(`expected an http or https URL such as ${example}`);
  }
  return url;
}

function tryParse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
