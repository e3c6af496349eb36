import { cp } from 'node:fs/promises';
import { finishDraft } from '../../bench/pages/finish.ts';

/**
 * Finishes a copy of a draft as a person would who finds nothing to change.
 *
 * @returns the folder of the finished copy
 */
export async function finished(draft: string): Promise<string> {
  const out = `${draft}-finished`;
  await cp(draft, out, { recursive: true });
  await finishDraft(out);
  return out;
}
