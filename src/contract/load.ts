import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readWorkflows } from './arazzo/read.ts';
import { clausesOf } from './clauses.ts';
import { ContractError, type ContractProblem } from './error.ts';
import { sourceAt } from './facts.ts';
import type {
  Ambiguity,
  Api,
  Catalogue,
  Clause,
  Contract,
  Page,
  Platform,
  Scenario,
  Source,
} from './model.ts';
import { type Operation, readOperation } from './operation.ts';
import { checkPageEntries, readPages } from './pages.ts';
import { checkPlatform, readPlatform } from './platform.ts';
import { shortened } from './quote.ts';
import { type Report, Resolver } from './resolve.ts';
import { type DocumentFile, readDocument } from './shape.ts';
import type { Written } from './written/documents.ts';

/** The folders in which the documents of a contract lie. */
export interface ContractFolders {
  /** Holds `konaplate.yaml`. */
  readonly openapi: string;
  /** Holds `apis/`, `workflows/` if there are any, `pages.yaml`, `ambiguities.yaml`, `catalogue.yaml` and `platform.yaml`. */
  readonly specs: string;
}

/** The project's own documents, below its root folder. */
export function contractFolders(root: string): ContractFolders {
  return { openapi: path.join(root, 'openapi'), specs: path.join(root, 'specs') };
}

/**
 * The documents below a folder that a user has named, such as a draft.
 *
 * @throws {ContractError} when it is no such folder
 */
export function namedFolders(folder: string): ContractFolders {
  const absolute = path.resolve(folder);
  const folders = contractFolders(absolute);
  const needed = [path.join(folders.openapi, 'konaplate.yaml'), path.join(folders.specs, 'apis')];
  const missing = needed.find((file) => !existsSync(file));
  if (missing === undefined) return folders;
  const message = `no documents: expected a folder with openapi/ and specs/, as a draft is, and there is no ${path.relative(absolute, missing)}`;
  const relative = path.relative('', absolute);
  throw new ContractError([{ place: relative.startsWith('..') ? absolute : relative || '.', message }]);
}

/**
 * Reads the OpenAPI document and the specs into one typed model and checks that they fit together.
 *
 * @throws {ContractError} with every problem at once: file, line and what to do
 */
export function loadContract(folders: ContractFolders): Contract {
  const problems: ContractProblem[] = [];
  const read = <Kind extends keyof Written>(
    file: string,
    kind: Kind,
  ): DocumentFile<Written[Kind]> | undefined => {
    const result = readDocument(file, kind, path.dirname(folders.specs));
    if ('problems' in result) {
      problems.push(...result.problems);
      return undefined;
    }
    return result;
  };

  const documentFile = path.join(folders.openapi, 'konaplate.yaml');
  const specFiles = yamlFilesIn(path.join(folders.specs, 'apis'));
  const workflowFiles = yamlFilesIn(path.join(folders.specs, 'workflows'));
  const pagesFile = path.join(folders.specs, 'pages.yaml');
  const catalogueFile = path.join(folders.specs, 'catalogue.yaml');
  const ambiguitiesFile = path.join(folders.specs, 'ambiguities.yaml');
  const platformFile = path.join(folders.specs, 'platform.yaml');

  const document = read(documentFile, 'document');
  const specs = specFiles.map((file) => read(file, 'api'));
  const writtenWorkflows = workflowFiles.map((file) => read(file, 'workflow'));
  const writtenPages = read(pagesFile, 'pages');
  const writtenCatalogue = read(catalogueFile, 'catalogue');
  const writtenAmbiguities = read(ambiguitiesFile, 'ambiguities');
  const writtenPlatform = read(platformFile, 'platform');
  if (
    !document ||
    !writtenPages ||
    !writtenCatalogue ||
    !writtenAmbiguities ||
    !writtenPlatform ||
    problems.length > 0
  )
    throw new ContractError(problems);

  const reportOn =
    (file: DocumentFile<unknown>): Report =>
    (at, message) =>
      problems.push({ place: file.placeOf(at), message });

  const pages = readPages(writtenPages.value);
  const platform = readPlatform(writtenPlatform.value);
  const operations = readOperations(document, { pages, platform }, reportOn(document));
  const ambiguities = readAmbiguities(writtenAmbiguities, operations, reportOn(writtenAmbiguities));
  checkPlatform(writtenPlatform.value, { apis: operations, pages, ambiguities }, reportOn(writtenPlatform));
  checkInterpretations(
    document,
    ambiguities,
    reportOn(document),
    reportOn(writtenAmbiguities),
    writtenAmbiguities,
  );
  const apis = joinSpecs(
    operations,
    specs.filter((spec) => spec !== undefined),
    { ambiguities, document, report: reportOn },
  );
  checkPageEntries(pages, apis, reportOn(writtenPages));
  const catalogue = readCatalogue(writtenCatalogue, apis, reportOn(writtenCatalogue));
  for (const api of apis) {
    if (pages.has(api.page.number) && !catalogue.entries.some((entry) => entry.api === api.id)) {
      reportOn(writtenPages)(
        ['pages', api.page.number, 'name'],
        `"${api.name}" is not in specs/catalogue.yaml; add it`,
      );
    }
  }
  const clauses = new Map<string, Clause>();
  for (const one of apis.flatMap(clausesOf)) clauses.set(one.id, one);
  if (problems.length === 0) checkQuotes(clauses, reportOn(writtenPages));
  const surroundings = {
    apis,
    hasClause: (id: string) => clauses.has(id),
    hasInterpretation: (id: string) =>
      ambiguities.some((one) => [...one.interpretations.keys()].some((name) => id === `${one.id}.${name}`)),
  };
  const workflows = writtenWorkflows.flatMap((file) =>
    file ? [readWorkflows(file, surroundings, reportOn(file))] : [],
  );
  if (problems.length > 0) throw new ContractError(problems);

  return {
    title: document.value.info.title,
    version: document.value.info.version,
    digest: digestOf([
      documentFile,
      ...specFiles,
      ...workflowFiles,
      ambiguitiesFile,
      catalogueFile,
      pagesFile,
      platformFile,
    ]),
    apis,
    pages,
    ambiguities,
    catalogue,
    platform,
    clauses,
    workflows,
  };
}

/** The YAML files of a folder, by name; none where there is no such folder. */
function yamlFilesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => path.join(folder, name));
}

function readOperations(
  file: DocumentFile<Written['document']>,
  shared: { readonly pages: ReadonlyMap<string, Page>; readonly platform: Platform },
  report: Report,
): readonly Operation[] {
  const resolver = new Resolver(file.value, report);
  const seen = new Set<string>();
  return Object.entries(file.value.paths).map(([route, { post }]) => {
    const at = ['paths', route, 'post'];
    if (seen.has(post.operationId))
      report([...at, 'operationId'], `"${post.operationId}" is the id of another path too`);
    seen.add(post.operationId);
    return readOperation(
      route,
      { value: post, path: at },
      { document: file.value, ...shared, resolver, report },
    );
  });
}

function joinSpecs(
  operations: readonly Operation[],
  specs: readonly DocumentFile<Written['api']>[],
  context: {
    readonly ambiguities: readonly Ambiguity[];
    readonly document: DocumentFile<Written['document']>;
    readonly report: (file: DocumentFile<unknown>) => Report;
  },
): readonly Api[] {
  const byApi = new Map<string, DocumentFile<Written['api']>>();
  for (const spec of specs) {
    const report = context.report(spec);
    const id = spec.value.api;
    if (byApi.has(id)) report(['api'], `"${id}" has another spec file already: one file an API`);
    else if (!operations.some((operation) => operation.id === id)) {
      report(
        ['api'],
        `no operationId "${id}" in ${context.document.shownAs}; there are ${operations.map((o) => o.id).join(', ')}`,
      );
    }
    byApi.set(id, spec);
  }
  return operations.map((operation) => {
    const spec = byApi.get(operation.id);
    const reportDocument = context.report(context.document);
    const at = ['paths', operation.path, 'post'];
    if (!spec) {
      reportDocument(
        [...at, 'operationId'],
        `no file in specs/apis has "api: ${operation.id}"; write one with its scenarios`,
      );
      return { ...operation, scenarios: [], echoes: [], behaviours: [], rejections: new Map() };
    }
    const report = context.report(spec);
    const scenarios = spec.value.scenarios.map((written, index): Scenario => {
      const place = ['scenarios', String(index)];
      if (!operation.codes.some((row) => row.code === written.code && row.status === written.status)) {
        const rows = operation.codes.map((row) => `${row.status} ${row.code}`).join(', ');
        report(
          [...place, 'code'],
          `no code row ${written.status} ${written.code} in ${context.document.shownAs} for ${operation.id}; it has ${rows}`,
        );
      }
      if (spec.value.scenarios.findIndex((other) => other.id === written.id) !== index) {
        report([...place, 'id'], `"${written.id}" stands twice; ids are unique within an API`);
      }
      for (const [position, id] of (written.ambiguities ?? []).entries()) {
        if (!context.ambiguities.some((ambiguity) => ambiguity.id === id)) {
          report(
            [...place, 'ambiguities', String(position)],
            `no ambiguity "${id}" in specs/ambiguities.yaml`,
          );
        }
      }
      return {
        id: `${operation.id}/${written.id}`,
        title: written.title,
        status: written.status,
        code: written.code,
        given: written.given,
        breaksRequest: written.breaksRequest ?? false,
        body: written.body,
        ambiguities: written.ambiguities ?? [],
        source: readSource(written.source, operation.page, (message) =>
          report([...place, 'source'], message),
        ),
      };
    });
    for (const row of operation.codes) {
      if (!scenarios.some((scenario) => scenario.code === row.code && scenario.status === row.status)) {
        reportDocument(
          [...at, 'responses', String(row.status)],
          `the code row ${row.status} ${row.code} has no scenario in ${spec.shownAs}; add one, or take the row out`,
        );
      }
    }
    const echoes = (spec.value.echoes ?? []).map((echo, index) => ({
      ...echo,
      source: readSource(echo.source, operation.page, (message) =>
        report(['echoes', String(index), 'source'], message),
      ),
    }));
    const behaviours = (spec.value.behaviours ?? []).map(({ words, ...behaviour }, index) => {
      const source = readSource(behaviour.source, operation.page, (message) =>
        report(['behaviours', String(index), 'source'], message),
      );
      return { ...behaviour, source: { ...source, quote: shortened(words) } };
    });
    const rejections = new Map(Object.entries(spec.value.rejections ?? {}));
    for (const [field, codes] of rejections) {
      for (const [index, code] of codes.entries()) {
        if (operation.codes.some((row) => row.code === code)) continue;
        report(
          ['rejections', field, String(index)],
          `no code row ${code} in ${context.document.shownAs} for ${operation.id}`,
        );
      }
    }
    return { ...operation, scenarios, echoes, behaviours, rejections };
  });
}

/** The one line that a source names; it must be on the API's own page. */
function readSource(
  written: Written['api']['scenarios'][number]['source'],
  page: Page,
  report: (message: string) => void,
): Source {
  const line = written[page.number];
  if (line === undefined) report(`expected a line of page ${page.number}, the page of this API`);
  return sourceAt(page, line ?? 0);
}

/** Every source of a clause is quoted: a reader sees the words, and a changed page shows. */
function checkQuotes(clauses: ReadonlyMap<string, Clause>, report: Report): void {
  const told = new Set<string>();
  for (const { id, source } of clauses.values()) {
    for (const { page, line, quote } of source) {
      if (quote !== '' || told.has(`${page}:${line}`)) continue;
      told.add(`${page}:${line}`);
      report(
        ['pages', page, 'lines'],
        `no words of line ${line}, the source of ${id}; add "${line}: <the words of the line>"`,
      );
    }
  }
}

function readAmbiguities(
  file: DocumentFile<Written['ambiguities']>,
  operations: readonly Operation[],
  report: Report,
): readonly Ambiguity[] {
  const ids = new Set<string>();
  return file.value.ambiguities.map((written, index) => {
    const at = ['ambiguities', String(index)];
    if (ids.has(written.id)) report([...at, 'id'], `"${written.id}" stands twice`);
    ids.add(written.id);
    if (!Object.hasOwn(written.interpretations, written.assumed)) {
      report(
        [...at, 'assumed'],
        `"${written.assumed}" is none of the interpretations ${Object.keys(written.interpretations).join(', ')}`,
      );
    }
    for (const [position, api] of (written.apis ?? []).entries()) {
      if (!operations.some((operation) => operation.id === api)) {
        report([...at, 'apis', String(position)], `no operationId "${api}" in the OpenAPI document`);
      }
    }
    return {
      id: written.id,
      text: written.text,
      apis: written.apis,
      sources: Object.entries(written.sources).flatMap(([page, lines]) =>
        lines.map((line) => ({ page, line })),
      ),
      interpretations: new Map(Object.entries(written.interpretations)),
      assumed: written.assumed,
      why: written.why,
      observed: written.observed,
    };
  });
}

/** Every `x-interpretation` names an interpretation of the register, and a register entry seen "by schema" has its alternatives. */
function checkInterpretations(
  document: DocumentFile<Written['document']>,
  ambiguities: readonly Ambiguity[],
  reportDocument: Report,
  reportRegister: Report,
  register: DocumentFile<Written['ambiguities']>,
): void {
  const used = new Set<string>();
  const visit = (value: unknown, at: readonly string[]): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      if (key === 'x-interpretation' && typeof child === 'string') {
        used.add(child);
        const [id = '', interpretation = ''] = child.split('.');
        if (!ambiguities.find((ambiguity) => ambiguity.id === id)?.interpretations.has(interpretation)) {
          reportDocument(
            [...at, key],
            `no interpretation "${interpretation}" of an ambiguity "${id}" in ${register.shownAs}`,
          );
        }
      } else visit(child, [...at, key]);
    }
  };
  visit(document.value.paths, ['paths']);
  visit(document.value.components, ['components']);
  for (const [index, { id, interpretations, observed }] of ambiguities.entries()) {
    if (observed.by !== 'schema') continue;
    for (const interpretation of interpretations.keys()) {
      if (!used.has(`${id}.${interpretation}`)) {
        reportRegister(
          ['ambiguities', String(index), 'interpretations', interpretation],
          `seen "by schema", but no alternative in ${document.shownAs} bears "x-interpretation: ${id}.${interpretation}"`,
        );
      }
    }
  }
}

function readCatalogue(
  file: DocumentFile<Written['catalogue']>,
  apis: readonly Api[],
  report: Report,
): Catalogue {
  const groups = new Map(file.value.groups.map((group) => [group.id, group.apis.map((api) => api.name)]));
  return {
    entries: file.value.groups.flatMap((group) =>
      group.apis.map(({ name }) => ({
        name,
        group: group.id,
        api: apis.find((api) => api.name === name)?.id,
      })),
    ),
    lists: file.value.lists.flatMap((list, index) => {
      const [page, line] = Object.entries(list.source)[0] ?? ['', 0];
      const names = list.groups.flatMap((id, position) => {
        const found = groups.get(id);
        if (!found) report(['lists', String(index), 'groups', String(position)], `no group "${id}"`);
        return found ?? [];
      });
      return [{ source: { page, line }, names }];
    }),
  };
}

function digestOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(path.basename(file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
