import type { Contract } from '../contract/model.ts';

/** The names that the pages list, each once. */
export interface CatalogueCoverage {
  readonly total: number;
  /** Names whose page is documented here, with the id of the API. */
  readonly documented: readonly { readonly name: string; readonly api: string }[];
  /** Names known and no more, by group of `specs/catalogue.yaml`; a name in several groups is in each. */
  readonly listed: readonly { readonly group: string; readonly names: readonly string[] }[];
}

/** How much of the platform is documented here, by the names that its pages list. */
export function catalogueCoverage({ catalogue }: Pick<Contract, 'catalogue'>): CatalogueCoverage {
  const documented = new Map<string, string>();
  const groups = new Map<string, Set<string>>();
  for (const { name, group, api } of catalogue.entries) {
    if (api !== undefined) documented.set(name, api);
    else groups.set(group, (groups.get(group) ?? new Set()).add(name));
  }
  return {
    total: new Set(catalogue.entries.map(({ name }) => name)).size,
    documented: [...documented].map(([name, api]) => ({ name, api })),
    listed: [...groups].map(([group, names]) => ({ group, names: [...names] })),
  };
}

export function coverageText({ total, documented, listed }: CatalogueCoverage): string {
  const share = total === 0 ? 0 : Math.round((documented.length / total) * 100);
  return [
    'Documented here',
    ...documented.map(({ name, api }) => `  ${api.padEnd(16)} ${name}`),
    '',
    'Only listed',
    ...listed.flatMap(({ group, names }) => [`  ${group}`, ...names.map((name) => `    ${name}`)]),
    '',
    `${documented.length} of ${total} names are documented here (${share} %).`,
  ].join('\n');
}
