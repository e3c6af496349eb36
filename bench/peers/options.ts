import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../src/run/settings.ts';
import { peers } from './peers.ts';

/** What is asked for on the command line. */
export interface Options {
  /** Every n-th fault of each family. */
  readonly every: number;
  readonly byFamily: boolean;
  /** Ids of peers. */
  readonly peers: readonly string[];
  readonly jobs: number;
  readonly reports: string;
}

export const help = `npm run bench:peers -- [options]

The same faults, served the same way, against Dredd, Portman with Newman, Step CI, Prism and this suite.

  --every <n>         take every n-th fault of each family (default: 6)
  --all               take all faults
  --by-family         also print the caught faults by family
  --peer <id>         only this one; repeatable: ${peers.map(({ id }) => id).join(', ')}
  --jobs <n>          processes side by side (default: one a core)
  --reports <folder>  where results go (default: reports/peers)

Exit codes: 0 all were run, 2 usage or not installed, 3 a tool could not be run.
`;

/** An option that can't be used. One line; exit code 2. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

/**
 * Reads the command line; undefined when help is asked for. (Without commander: below this folder a peer's own copy of
 * another version would be found first.)
 *
 * @throws {OptionError}
 */
export function readOptions(args: readonly string[]): Options | undefined {
  const values = parsed(args);
  if (values.help) return undefined;
  const chosen = values.peer ?? peers.map(({ id }) => id);
  const unknown = chosen.find((id) => !peers.some((one) => one.id === id));
  if (unknown !== undefined) {
    throw new OptionError(`--peer: no peer "${unknown}"; there are ${peers.map(({ id }) => id).join(', ')}`);
  }
  return {
    every: values.all ? 1 : whole('--every', values.every ?? '6'),
    byFamily: values['by-family'] ?? false,
    peers: chosen,
    jobs: whole('--jobs', values.jobs ?? String(availableParallelism())),
    reports: path.resolve(values.reports ?? path.join(root, 'reports/peers')),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        every: { type: 'string' },
        all: { type: 'boolean' },
        'by-family': { type: 'boolean' },
        peer: { type: 'string', multiple: true },
        jobs: { type: 'string' },
        reports: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new OptionError(`${name}: expected a whole number from 1, got "${text}"`);
}
