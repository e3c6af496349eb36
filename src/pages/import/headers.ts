import { factsOn } from '../../contract/facts.ts';
import type { Contract, Header } from '../../contract/model.ts';
import { Resolver } from '../../contract/resolve.ts';
import type { WrittenDocument, WrittenHeader } from '../../contract/written/openapi.ts';
import { headerItem } from '../check/document-items.ts';
import { normal, type PageItem } from '../check/item.ts';
import type { ParameterSection } from '../page.ts';
import { type Drafting, valueLines } from './fields.ts';
import { type Additions, indent, quoted, TODO } from './yaml-text.ts';

type Kind = 'parameters' | 'headers';

/** What is documented already. */
export interface Documented {
  readonly written: WrittenDocument;
  readonly contract: Pick<Contract, 'apis' | 'pages' | 'platform'>;
}

interface Component {
  readonly key: string;
  readonly header: Header;
}

/**
 * The references to the headers of a page: to components whose facts equal those of the page, which then cite the
 * page too, otherwise to new components.
 *
 * @returns the name of each header and of its component
 */
export function draftHeaders(
  kind: Kind,
  section: ParameterSection | undefined,
  items: readonly PageItem[],
  { written, contract }: Documented,
  additions: Additions,
  drafting: Drafting,
): readonly { readonly name: string; readonly component: string }[] {
  const known = componentsOf(kind, { written, contract });
  const keys = new Set(known.map(({ key }) => key));
  const used = new Set<string>();
  return (section?.parameters ?? []).map((parameter, index) => {
    const name = parameter.name.value;
    const item = items.find((one) => one.index === index);
    const found =
      item === undefined
        ? undefined
        : bestOf(
            known.filter(({ key }) => !used.has(key)),
            kind,
            item,
          );
    if (found !== undefined && item !== undefined) {
      used.add(found.key);
      const lines = new Map<string, readonly number[]>();
      for (const { fact, lines: on } of item.facts) lines.set(fact, [...(lines.get(fact) ?? []), ...on]);
      additions.append(['components', kind, found.key, 'x-source'], [drafting.source.citeFacts(lines)]);
      return { name, component: found.key };
    }
    const key = freshKey(name, keys);
    keys.add(key);
    additions.append(
      ['components', kind],
      [`${key}:`, ...indent(componentLines(kind, parameter, item, drafting), 2)],
    );
    return { name, component: key };
  });
}

/** The keys of the components that the first operations use, one for each header name: for a page that lists none. */
export function usualHeaders(kind: Kind, documented: Documented): readonly string[] {
  const names = new Map<string, string>();
  for (const { key, header } of componentsOf(kind, documented))
    if (!names.has(header.name)) names.set(header.name, key);
  return [...names.values()];
}

function componentsOf(kind: Kind, { written, contract }: Documented): readonly Component[] {
  const resolver = new Resolver(written, () => {});
  const section: Readonly<
    Record<string, WrittenHeader & { readonly name?: string; readonly 'x-presence'?: 'conditional' }>
  > = written.components?.[kind] ?? {};
  const names = namesOfHeaders(written);
  return Object.entries(section).flatMap(([key, value]) => {
    const name = value.name ?? names.get(key);
    const [number = ''] = Object.keys(value['x-source'] ?? {});
    const page = contract.pages.get(number);
    if (name === undefined || page === undefined) return [];
    const presence = value['x-presence'] ?? (value.required === true ? 'required' : 'optional');
    const header: Header = {
      name,
      presence,
      schema: resolver.schema({ value: value.schema, path: ['components', kind, key, 'schema'] }),
      sensitivity: value['x-sensitive'],
      facts: factsOn(page, value['x-source']),
    };
    return [{ key, header }];
  });
}

/** The names under which answers refer to the components of `headers`. */
function namesOfHeaders(written: WrittenDocument): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const prefix = '#/components/headers/';
  for (const { post } of Object.values(written.paths)) {
    for (const response of Object.values(post.responses)) {
      if (!('headers' in response)) continue;
      for (const [name, header] of Object.entries(response.headers ?? {})) {
        if ('$ref' in header) names.set(header.$ref.slice(prefix.length), name);
      }
    }
  }
  return names;
}

/** The component whose facts equal those of the page, one without alternatives before one with. */
function bestOf(known: readonly Component[], kind: Kind, item: PageItem): Component | undefined {
  const group = kind === 'parameters' ? 'requestHeaders' : 'responseHeaders';
  const nothing: ReadonlySet<string> = new Set();
  const fitting = known.flatMap((component) => {
    const { facts } = headerItem(group, component.header, '', nothing);
    const open = facts.filter(({ promised }) => promised);
    let interpretations = 0;
    for (const stated of item.facts) {
      const index = open.findIndex((other) => other.fact === stated.fact && other.matches(stated).same);
      if (index < 0) return [];
      if (open[index]?.matches(stated).interpretation !== undefined) interpretations += 1;
      open.splice(index, 1);
    }
    return open.length === 0 ? [{ component, interpretations }] : [];
  });
  return fitting.toSorted((a, b) => a.interpretations - b.interpretations)[0]?.component;
}

function freshKey(name: string, taken: ReadonlySet<string>): string {
  const words = name.replace(/^X-/i, '').split(/[^A-Za-z0-9]+/);
  const base = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  let key = base;
  for (let count = 2; taken.has(key); count++) key = `${base}${count}`;
  return key;
}

function componentLines(
  kind: Kind,
  parameter: ParameterSection['parameters'][number],
  item: PageItem | undefined,
  drafting: Drafting,
): string[] {
  const { cited, lines } = valueLines(parameter, item, drafting);
  const presence = parameter.presence?.value;
  const inSchema = lines.filter((line) => !line.startsWith('x-sensitive:'));
  return [
    ...(kind === 'parameters' ? [`name: ${parameter.name.value}`, 'in: header'] : []),
    ...(presence === 'Required' ? ['required: true'] : []),
    ...(presence === 'Conditional' && kind === 'parameters' ? ['x-presence: conditional'] : []),
    `description: ${quoted(`${TODO}: ${normal(parameter.description[0]?.value ?? parameter.name.value)}`)}`,
    ...lines.filter((line) => line.startsWith('x-sensitive:')),
    'schema:',
    ...indent(inSchema.length === 0 ? ['type: string'] : inSchema, 2),
    'x-source:',
    `  ${drafting.source.citeFacts(cited)}`,
  ];
}
