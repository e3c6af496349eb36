import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { MutationTestError } from './error.ts';

/** Why something that a mutation test tells of is left as it is. */
export interface Reasons {
  readonly reasonFor: (id: string) => string | undefined;
  /** Patterns that fit none of these ids: the excuse is no longer needed. */
  readonly staleFor: (ids: readonly string[]) => readonly string[];
}

interface Entry {
  readonly pattern: string;
  readonly reason: string;
  readonly fits: RegExp;
}

/**
 * Reads a YAML file of this folder: under `reasons` a list of `ids`, patterns in which `*` stands for any text, and a
 * `reason`.
 *
 * @throws {MutationTestError} when it has another shape
 */
export function readReasons(name: 'never-catches.yaml' | 'unbroken.yaml'): Reasons {
  const written: unknown = parse(readFileSync(path.join(import.meta.dirname, name), 'utf8'));
  const list = isRecord(written) ? written.reasons : undefined;
  if (!Array.isArray(list)) throw new MutationTestError(`mutation/${name}: expected a list under "reasons"`);
  const entries = list.flatMap((entry: unknown): readonly Entry[] => {
    if (!isRecord(entry) || !Array.isArray(entry.ids) || typeof entry.reason !== 'string') {
      throw new MutationTestError(`mutation/${name}: expected entries with a list of "ids" and a "reason"`);
    }
    const { ids, reason } = entry;
    return ids.map((id: unknown) => ({ pattern: String(id), reason, fits: patternOf(String(id)) }));
  });
  return {
    reasonFor: (id) => entries.find(({ fits }) => fits.test(id))?.reason,
    staleFor: (ids) =>
      entries.filter(({ fits }) => !ids.some((id) => fits.test(id))).map(({ pattern }) => pattern),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function patternOf(pattern: string): RegExp {
  const form = pattern
    .split('*')
    .map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${form}$`);
}
