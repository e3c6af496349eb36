import { existsSync } from 'node:fs';
import path from 'node:path';
import { ContractError } from './error.ts';
import type { ContractFolders } from './load.ts';
import { readDocument } from './shape.ts';

/**
 * Reads `specs/korean.yaml`: the Korean of what the documents put into words, by the id of a clause, an ambiguity or
 * an interpretation. A draft may do without: a report then has the English.
 *
 * @throws {ContractError}
 */
export function loadKorean({ specs }: ContractFolders): ReadonlyMap<string, string> {
  const name = path.join(specs, 'korean.yaml');
  if (!existsSync(name)) return new Map();
  const file = readDocument(name, 'korean', path.dirname(specs));
  if ('problems' in file) throw new ContractError(file.problems);
  return new Map(Object.entries(file.value.texts));
}
