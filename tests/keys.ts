import { type Credentials, makeCredentials } from '../sandbox/credentials.ts';

let made: Promise<Credentials> | undefined;

/** Credentials of the embedded target, the same for all tests of a process: their RSA keys take tenths of a second. */
export function testCredentials(): Promise<Credentials> {
  made ??= makeCredentials();
  return made;
}
