import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { CampaignError } from './pool.ts';

/** Why cases that caught no fault are kept. */
export interface NeverCatches {
  readonly reasonFor: (caseId: string) => string | undefined;
  /** Patterns that fit none of the given cases: the excuse is no longer needed. */
  readonly staleFor: (idle: readonly string[]) => readonly string[];
}

interface Entry {
  readonly pattern: string;
  readonly reason: string;
  readonly fits: RegExp;
}

/**
 * Reads `never-catches.yaml`: a list of `cases` (patterns in which `*` stands for any text) and a `reason`.
 *
 * @throws {CampaignError} when it has another shape
 */
export function readNeverCatches(file = path.join(import.meta.dirname, 'never-catches.yaml')): NeverCatches {
  const written: unknown = parse(readFileSync(file, 'utf8'));
  const list = isRecord(written) ? written.neverCatches : undefined;
  if (!Array.isArray(list)) throw new CampaignError(`${path.basename(file)}: expected a list under neverCatches`);
  const entries = list.flatMap((entry: unknown): readonly Entry[] => {
    if (!isRecord(entry) || !Array.isArray(entry.cases) || typeof entry.reason !== 'string') {
      throw new CampaignError(`${path.basename(file)}: expected entries with a list of cases and a reason`);
    }
    const { reason } = entry;
    return entry.cases.map((pattern: unknown) => ({ pattern: String(pattern), reason, fits: patternOf(String(pattern)) }));
  });
  return {
    reasonFor: (caseId) => entries.find(({ fits }) => fits.test(caseId))?.reason,
    staleFor: (idle) => entries.filter(({ fits }) => !idle.some((id) => fits.test(id))).map(({ pattern }) => pattern),
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
