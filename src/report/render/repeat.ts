import type { CaseRecord, LedgerHeader } from '../../record/record.ts';

/**
 * The command that does one case again, signed anew. `--case` takes the exact id, while a `--grep` for
 * `parcel-search/found` would fit `parcel-search/found-none` too. Scenarios send what is prepared; what
 * other cases send may be made from the seed.
 */
export function repeatCommand(header: Repeated, { id, kind }: Pick<CaseRecord, 'id' | 'kind'>): string {
  return `${command(header)} --case ${id}${kind === 'scenario' ? '' : ` --seed ${header.seed}`}`;
}

/** The command that does all cases again, with the same values. */
export function repeatRunCommand(header: Repeated): string {
  return `${command(header)} --seed ${header.seed}`;
}

type Repeated = Pick<LedgerHeader, 'target' | 'seed' | 'documents'>;

function command({ target, documents }: Repeated): string {
  const name = targetOption(target);
  const option = name === undefined || name === 'embedded' ? '' : ` --target ${quoted(name)}`;
  const held = documents.folder === undefined ? '' : ` --documents ${quoted(documents.folder)}`;
  return `npm run conformance --${option}${held}`;
}

/** The command that writes down a cause or a case for those who can mend it. */
export function ticketCommand(id: string, folder?: string): string {
  return `npm run ticket -- ${id}${folder === undefined ? '' : ` --run ${quoted(folder)}`}`;
}

/** What `--target` takes: the name of a profile below targets/, otherwise its file. */
export function targetOption({ file, ...target }: LedgerHeader['target']): string | undefined {
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
