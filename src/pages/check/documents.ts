import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type ContractFolders, loadContract } from '../../contract/load.ts';
import type { Contract, SourceLine } from '../../contract/model.ts';
import { readDocument } from '../../contract/shape.ts';
import type { Written } from '../../contract/written/documents.ts';

/** One line of a page that the documents name as the source of a fact. */
export interface Citation extends SourceLine {
  /** A word of `x-source`; or `scenario`, `echo`, `behaviour`, `catalogue`, `ambiguity`, `platform` for those in `specs/`. */
  readonly fact: string;
  /** `file:line:column` of the citation. */
  readonly place: string;
  /** The words of the line that a promise in prose rests on; other citations are quoted in `specs/pages.yaml`. */
  readonly words?: string;
  /** The operations that lead to it, by id; undefined outside the OpenAPI document. */
  readonly usedBy?: readonly string[];
}

/** The contract with the place of each citation in the files it was read from. */
export interface Documents {
  readonly contract: Contract;
  readonly citations: readonly Citation[];
  /** `file:line:column` where the path of an API begins. */
  readonly operationPlaces: ReadonlyMap<string, string>;
  /** `file:line:column` of the words of a page's line in `specs/pages.yaml`. */
  readonly quotePlace: (page: string, line: number) => string;
}

/**
 * Reads the documents for a comparison with pages.
 *
 * @throws {ContractError} when the documents are not in order in themselves
 */
export function loadDocuments(folders: ContractFolders): Documents {
  const contract = loadContract(folders);
  const root = path.dirname(folders.specs);
  const read = (file: string, kind: keyof Written) => {
    const document = readDocument(file, kind, root);
    // loadContract has read the same files a moment ago.
    if ('problems' in document) throw new Error(`${file} changed while it was read; run again`);
    return document;
  };
  const openapi = read(path.join(folders.openapi, 'konaplate.yaml'), 'document');
  const users = usersOf(openapi.value);
  const citations: Citation[] = [];
  visit(openapi.value, [], (value, at) => {
    if (at.at(-1) !== 'x-source') return;
    const usedBy = users.get(at.slice(0, -1).join('\0')) ?? [];
    eachLine(value, (page, fact, line, below) => {
      citations.push({ page, fact, line, place: openapi.placeOf([...at, ...below]), usedBy });
    });
  });
  const folder = path.join(folders.specs, 'apis');
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
    const spec = read(path.join(folder, name), 'api');
    visit(spec.value, [], (value, at) => {
      if (!isMap(value) || !isMap(value.source)) return;
      const fact = { echoes: 'echo', behaviours: 'behaviour' }[String(at[0])] ?? 'scenario';
      const words = typeof value.words === 'string' ? { words: value.words } : {};
      for (const [page, line] of Object.entries(value.source)) {
        citations.push({ page, fact, line: Number(line), place: spec.placeOf([...at, 'source']), ...words });
      }
    });
  }
  const catalogue = read(path.join(folders.specs, 'catalogue.yaml'), 'catalogue');
  for (const [index, { source }] of contract.catalogue.lists.entries()) {
    citations.push({
      ...source,
      fact: 'catalogue',
      place: catalogue.placeOf(['lists', String(index), 'source']),
    });
  }
  const register = read(path.join(folders.specs, 'ambiguities.yaml'), 'ambiguities');
  for (const [index, ambiguity] of contract.ambiguities.entries()) {
    for (const source of ambiguity.sources) {
      const place = register.placeOf(['ambiguities', String(index), 'sources', source.page]);
      citations.push({ ...source, fact: 'ambiguity', place });
    }
  }
  const platform = read(path.join(folders.specs, 'platform.yaml'), 'platform');
  visit(platform.value, [], (value, at) => {
    if (!isMap(value) || !isMap(value.source)) return;
    for (const [page, line] of Object.entries(value.source)) {
      const place = platform.placeOf([...at, 'source', page]);
      citations.push({ page, fact: 'platform', line: Number(line), place, words: String(value.code) });
    }
  });
  const pages = read(path.join(folders.specs, 'pages.yaml'), 'pages');
  const quotePlace = (page: string, line: number) => pages.placeOf(['pages', page, 'lines', String(line)]);
  const operationPlaces = new Map(
    contract.apis.map((api) => [api.id, openapi.placeOf(['paths', api.path])] as const),
  );
  return { contract, citations, operationPlaces, quotePlace };
}

/** Where the documents cite a line for a fact; the first place when there are several. */
export function placeOf(documents: Documents, page: string, fact: string, line: number): string | undefined {
  return documents.citations.find((one) => one.page === page && one.fact === fact && one.line === line)
    ?.place;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function visit(
  value: unknown,
  at: readonly string[],
  see: (value: unknown, at: readonly string[]) => void,
): void {
  see(value, at);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) visit(child, [...at, key], see);
}

function eachLine(
  source: unknown,
  see: (page: string, fact: string, line: number, below: readonly string[]) => void,
): void {
  if (!isMap(source)) return;
  for (const [page, facts] of Object.entries(source)) {
    if (!isMap(facts)) continue;
    for (const [fact, lines] of Object.entries(facts)) {
      for (const line of Array.isArray(lines) ? lines : [lines]) see(page, fact, Number(line), [page, fact]);
    }
  }
}

/** For each place of the OpenAPI document the operations that use it, directly or through references. */
function usersOf(document: unknown): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  const paths = at(document, ['paths']);
  for (const [route, item] of Object.entries(isMap(paths) ? paths : {})) {
    const id = String(at(item, ['post', 'operationId']));
    const open: (readonly string[])[] = [['paths', route, 'post']];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      const key = place.join('\0');
      const known = users.get(key) ?? [];
      if (known.includes(id)) continue;
      users.set(key, [...known, id]);
      const value = at(document, place);
      if (typeof value !== 'object' || value === null) continue;
      for (const [name, child] of Object.entries(value)) {
        if (name === '$ref' && typeof child === 'string') open.push(child.slice('#/'.length).split('/'));
        else open.push([...place, name]);
      }
    }
  }
  return users;
}

function at(value: unknown, path: readonly string[]): unknown {
  let found: unknown = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Object.entries(found).find(([name]) => name === key)?.[1];
  }
  return found;
}
