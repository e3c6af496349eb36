import type { Family, Row } from './row.ts';
import { rows as disk } from './rows/disk.ts';
import { rows as pages } from './rows/pages.ts';
import { rows as process } from './rows/process.ts';
import { rows as profile } from './rows/profile.ts';
import { rows as secret } from './rows/secret.ts';
import { rows as suite } from './rows/suite.ts';
import { rows as target } from './rows/target.ts';
import { rows as text } from './rows/text.ts';

const byFamily: Readonly<Record<Family, readonly Row[]>> = {
  target,
  process,
  disk,
  profile,
  text,
  secret,
  suite,
};

export const allRows: readonly Row[] = [...Object.values(byFamily).flat(), ...pages];
