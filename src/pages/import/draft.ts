import type { Contract } from '../../contract/model.ts';
import type { WrittenDocument } from '../../contract/written/openapi.ts';
import { UserError } from '../../user-error.ts';
import type { Capture } from '../capture.ts';
import { normal } from '../check/item.ts';
import { hiddenParts, pageItems } from '../check/page-items.ts';
import { OpenQuestions, slug } from './open-questions.ts';
import { operationLines } from './operation.ts';
import { matchScenarios, specText } from './scenarios.ts';
import { SourcePage } from './source-page.ts';
import { Additions, indent, quoted, TODO } from './yaml-text.ts';

/** The documents as they are, for a draft to be added to. */
export interface Existing {
  readonly contract: Contract;
  readonly written: WrittenDocument;
  readonly openapi: string;
  readonly catalogue: string;
  readonly ambiguities: string;
  readonly pages: string;
}

export interface Draft {
  readonly api: string;
  /** By which the documents cite the page. */
  readonly number: string;
  /** Path below the folder of the documents → text: those that change, and the new one. */
  readonly files: ReadonlyMap<string, string>;
  /** Entries of the register of ambiguities that were added. */
  readonly questions: number;
}

/** A page that can't be drafted. */
export class NotDraftable extends UserError {}

/**
 * Drafts the documents of a new page: the existing ones with the API merged in. Nothing that stands there changes;
 * shared headers that fit gain a citation.
 *
 * @throws {NotDraftable} when the page is documented already, or lacks what no draft can do without
 */
export function draftApi(
  capture: Capture,
  existing: Existing,
  { id, number }: { readonly id: string; readonly number: string },
): Draft {
  const { contract, written } = existing;
  const { file, page, unread } = capture;
  const { path } = page;
  if (path === undefined) throw new NotDraftable(`${file}: no path`);
  const same = contract.apis.find((api) => api.path === path.value);
  if (same !== undefined) {
    throw new NotDraftable(
      `${file}: ${path.value} is documented already, as ${same.id}; compare it with: npm run pages:check -- ${file}`,
    );
  }
  if (contract.apis.some((api) => api.id === id)) {
    throw new NotDraftable(`"${id}" is the id of another API; choose one with --id`);
  }
  if (contract.pages.has(number)) {
    throw new NotDraftable(`"${number}" is the page of another API; choose a number with --page`);
  }
  if (page.method?.value !== 'POST') {
    throw new NotDraftable(
      `${file}: the method is ${page.method?.value ?? 'missing'}; these documents hold POST only`,
    );
  }
  const source = new SourcePage(number, capture);
  const questions = new OpenQuestions(
    id,
    source,
    contract.ambiguities.map((ambiguity) => ambiguity.id),
  );
  const matched = matchScenarios(page, questions);
  if (!matched.rows.some(({ status }) => status.value < 300)) {
    throw new NotDraftable(
      `${file}: no code row with a 2xx status that a scenario belongs to; add the API by hand`,
    );
  }
  const openapi = new Additions(existing.openapi);
  const lines = operationLines(
    {
      id,
      page,
      path,
      items: pageItems(page),
      rows: matched.rows,
      written,
      contract,
      additions: openapi,
    },
    { source, questions },
  );
  openapi.append(['paths'], ['', ...lines]);
  for (const { line, text, why } of unread) {
    questions.add(
      `line-${line}`,
      `The line "${normal(text)}" could not be read: ${why}.`,
      [line],
      'It says nothing.',
    );
  }
  for (const { section, line } of hiddenParts(page)) {
    questions.add(
      `rest-of-${slug(section)}`,
      `The page hides the rest of "${section}".`,
      [line],
      'There is no more.',
    );
  }
  if (page.requestParameters === undefined) {
    questions.add('request', 'The page has no request section.', [path.line], 'The request holds nothing.');
  }
  const catalogue = new Additions(existing.catalogue);
  addToCatalogue(catalogue, capture, contract, { id, source });
  const files = new Map([
    ['openapi/konaplate.yaml', openapi.toString()],
    [`specs/apis/${id}.yaml`, specText(id, source, matched, contract.platform.codes.badValue)],
    ['specs/catalogue.yaml', catalogue.toString()],
  ]);
  if (questions.count > 0) {
    const register = new Additions(existing.ambiguities);
    register.append(['ambiguities'], questions.toLines());
    files.set('specs/ambiguities.yaml', register.toString());
  }
  // Last, when all that is cited is known.
  const pages = new Additions(existing.pages);
  pages.append(['pages'], source.entry());
  files.set('specs/pages.yaml', pages.toString());
  return { api: id, number, files, questions: questions.count };
}

/** `cards-search` for `/api/v1/cards/search`. */
export function idOfPath(path: string): string {
  return slug(
    path
      .split('/')
      .filter((part) => part !== '' && part !== 'api' && !/^v\d+$/.test(part))
      .join('-'),
  );
}

/** The lowest number that no page has. */
export function freeNumber({ pages }: { readonly pages: { has(number: string): boolean } }): string {
  for (let count = 0; ; count++) {
    const number = String(count).padStart(3, '0');
    if (!pages.has(number)) return number;
  }
}

/** Adds the page's own name, when it is new, and its navigation as a sequence of groups. */
function addToCatalogue(
  additions: Additions,
  { page }: Capture,
  { catalogue }: Contract,
  { id, source }: { readonly id: string; readonly source: SourcePage },
): void {
  const name = normal(page.name?.value ?? '');
  const groups = new Map<string, string[]>();
  for (const entry of catalogue.entries)
    groups.set(entry.group, [...(groups.get(entry.group) ?? []), normal(entry.name)]);
  const newGroup = (group: string, what: string, names: readonly string[]) =>
    additions.append(
      ['groups'],
      [
        `- id: ${group} # ${TODO}: ${what}`,
        `  title: ${quoted(`${TODO}: ${group}`)}`,
        '  apis:',
        ...indent(
          names.map((one) => `- name: ${quoted(one)}`),
          4,
        ),
      ],
    );
  if (!catalogue.entries.some((entry) => normal(entry.name) === name)) {
    newGroup(`name-of-${id}`, 'move the name to the group it belongs to', [name]);
  }
  const [first] = page.catalogue;
  if (first === undefined) return;
  const text = page.catalogue.map(({ value }) => normal(value)).join(' ');
  let sequence = groupsOf(text.replace(/\s/g, ''), groups);
  if (sequence === undefined) {
    const group = `list-of-${id}`;
    newGroup(group, 'split the navigation of the page into names and groups', [text]);
    sequence = [group];
  }
  additions.append(
    ['lists'],
    [`- source: ${source.citeLine(first.line)}`, '  groups:', ...sequence.map((group) => `    - ${group}`)],
  );
}

/** A sequence of groups whose names, run together, are the text; the longest groups first. */
function groupsOf(text: string, groups: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const joined = [...groups]
    .map(([group, names]) => ({ group, names: names.join('').replace(/\s/g, '') }))
    .filter(({ names }) => names !== '')
    .sort((a, b) => b.names.length - a.names.length);
  const dead = new Set<number>();
  const from = (at: number): string[] | undefined => {
    if (at === text.length) return [];
    if (dead.has(at)) return undefined;
    for (const { group, names } of joined) {
      const rest = text.startsWith(names, at) ? from(at + names.length) : undefined;
      if (rest !== undefined) return [group, ...rest];
    }
    dead.add(at);
    return undefined;
  };
  return text === '' ? undefined : from(0);
}
