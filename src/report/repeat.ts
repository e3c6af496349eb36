import type { LedgerHeader } from './record.ts';

/**
 * The command that does one case again, signed anew. `--case` takes the exact id, while a `--grep` for
 * `linkable-cards/succeeded` would fit `linkable-cards/succeeded-none-found` too.
 */
export function repeatCommand({ target }: Pick<LedgerHeader, 'target'>, id: string): string {
  const name = targetOption(target);
  const option = name === undefined || name === 'embedded' ? '' : ` --target ${quoted(name)}`;
  return `npm run conformance --${option} --case ${id}`;
}

/** What `--target` takes: the name of a profile below targets/, otherwise its file. */
function targetOption({ file, ...target }: LedgerHeader['target']): string | undefined {
  if (typeof file !== 'string') return targetName(target);
  return /^targets\/(.+)\.ya?ml$/.exec(file)?.[1] ?? file;
}

/** How a target is called. */
export function targetName(target: LedgerHeader['target']): string | undefined {
  return typeof target.name === 'string' && target.name !== '' ? target.name : undefined;
}

function quoted(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : `"${text.replaceAll(/["\\$`]/g, '\\$&')}"`;
}
