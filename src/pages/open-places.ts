import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ContractFolders } from '../contract/load.ts';

/** Marks a place of the documents that a person must finish. */
export const TODO = 'TODO(curate)';

/** A place of the documents that is to be finished. */
export interface OpenPlace {
  /** `file:line`, the file relative to the folder of the documents. */
  readonly place: string;
  readonly text: string;
}

/** Every place below the documents' folders that bears the mark of a draft. */
export function openPlaces({ openapi, specs }: ContractFolders): readonly OpenPlace[] {
  const root = path.dirname(specs);
  return [openapi, specs].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .flatMap((name) => {
        const file = path.join(folder, name);
        return readFileSync(file, 'utf8')
          .split('\n')
          .flatMap((text, index) =>
            text.includes(TODO)
              ? [{ place: `${path.relative(root, file)}:${index + 1}`, text: text.trim() }]
              : [],
          );
      }),
  );
}

/** How many open places are shown one by one. */
const SHOWN = 5;

/** What is open and how to finish it; undefined when nothing is. */
export function openText(open: readonly OpenPlace[], folder: string): string | undefined {
  if (open.length === 0) return undefined;
  const more = open.length - SHOWN;
  return [
    `${open.length} open place${open.length === 1 ? '' : 's'} in ${folder}: not finished.`,
    ...open.slice(0, SHOWN).map(({ place, text }) => `  ${path.join(folder, place)}  ${text}`),
    ...(more > 0
      ? [
          `  and ${more} more: grep -rn "${TODO}" ${path.join(folder, 'openapi')} ${path.join(folder, 'specs')}`,
        ]
      : []),
    `Write at each place what it asks for, and take the mark ${TODO} out.`,
  ].join('\n');
}
