import { plural } from '../check/text.ts';
import type { PageChange, PageDiff } from './diff.ts';

/** The changes for a person, those that break something first. */
export function diffText(diff: PageDiff, files: { readonly old: string; readonly new: string }): string {
  const breaking = diff.changes.filter(breaks);
  const harmless = diff.changes.filter((change) => !breaks(change));
  return [
    `${files.old} -> ${files.new}${diff.api === undefined ? ', an API that is not documented here' : `, ${diff.api}`}`,
    ...(breaking.length > 0 ? ['', 'Breaking', ...breaking.map((change) => changeText(change, files))] : []),
    ...(harmless.length > 0
      ? ['', 'Not breaking', ...harmless.map((change) => changeText(change, files))]
      : []),
    ...(diff.moved > 0
      ? ['', `${plural(diff.moved, 'fact')} moved to other lines: the citations must follow.`]
      : []),
    '',
    `${plural(diff.changes.length, 'change')}, ${breaking.length} breaking.`,
  ].join('\n');
}

/** Whether a change breaks clients or the suite. */
export function breaks({ breaks: { client, suite } }: PageChange): boolean {
  return client || suite;
}

function changeText(change: PageChange, files: { readonly old: string; readonly new: string }): string {
  const { client, suite } = change.breaks;
  const whom = [...(client ? ['clients'] : []), ...(suite ? ['the suite'] : [])].join(' and ');
  return [
    `  ${change.change} ${change.subject}${change.fact === 'item' ? '' : ` (${change.fact})`}`,
    ...(change.old === undefined
      ? []
      : [`      old        ${files.old}:${change.old.line}  ${change.old.text}`]),
    ...(change.new === undefined
      ? []
      : [`      new        ${files.new}:${change.new.line}  ${change.new.text}`]),
    `      breaks     ${whom === '' ? 'nothing' : whom}: ${change.why}`,
    ...(change.clauses.length === 0 ? [] : [`      clauses    ${change.clauses.join(' ')}`]),
    ...(change.scenarios.length === 0 ? [] : [`      scenarios  ${change.scenarios.join(' ')}`]),
  ].join('\n');
}
