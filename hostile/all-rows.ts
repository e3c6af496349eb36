import { type Family, families, type Row } from './row.ts';
import { rows as disk } from './rows/disk.ts';
import { rows as network } from './rows/network.ts';
import { rows as pages } from './rows/pages.ts';
import { rows as process } from './rows/process.ts';
import { rows as profile } from './rows/profile.ts';
import { rows as secret } from './rows/secret.ts';
import { rows as suite } from './rows/suite.ts';
import { rows as target } from './rows/target.ts';
import { rows as text } from './rows/text.ts';

const byFamily: Readonly<Record<Family, readonly Row[]>> = {
  target,
  network,
  process,
  disk,
  profile,
  text,
  secret,
  suite: [...suite, ...pages],
};

export const allRows: readonly Row[] = families.flatMap((family) => byFamily[family]);

/** What is wrong with the rows themselves, a line each: ids that are not well-formed or not unique, sentences left empty. */
export function mistakesIn(rows: readonly Row[]): readonly string[] {
  const form = new RegExp(`^(?:${families.join('|')})/[a-z0-9]+(?:-[a-z0-9]+)*$`);
  const seen = new Set<string>();
  return rows.flatMap(({ id, hostile, expected }) => {
    const twice = seen.has(id);
    seen.add(id);
    return [
      ...(form.test(id) ? [] : [`${id}: expected <family>/<name> of small letters, digits and hyphens`]),
      ...(twice ? [`${id}: expected an id of its own, there is a row with it already`] : []),
      ...(hostile.trim() === '' || expected.trim() === ''
        ? [`${id}: expected a sentence for what happens and one for what must be seen`]
        : []),
    ];
  });
}
