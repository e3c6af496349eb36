import type { Api } from '../../contract/model.ts';
import type { MissingPart } from '../capture.ts';
import { normal, type PageItem } from '../check/item.ts';
import { TODO } from '../open-places.ts';
import type { PageContent, ParameterSectionName, Text } from '../page.ts';
import { type Drafting, objectLines } from './fields.ts';
import { type Documented, draftHeaders, usualHeaders } from './headers.ts';
import { slug } from './open-questions.ts';
import type { WholeRow } from './scenarios.ts';
import { type Additions, indent, quoted, scalar } from './yaml-text.ts';

export interface OperationDraft extends Documented {
  readonly id: string;
  readonly page: PageContent;
  /** Parts that are cut away. */
  readonly missing: ReadonlySet<MissingPart['part']>;
  readonly path: Text;
  readonly items: readonly PageItem[];
  readonly rows: readonly WholeRow[];
  readonly additions: Additions;
}

/** Drafts an entry of `paths`, and the components that it needs. */
export function operationLines(draft: OperationDraft, drafting: Drafting): string[] {
  const { id, page, path } = draft;
  const { source, questions } = drafting;
  const version = page.versions.chosen ?? page.versions.listed[0];
  const cited = new Map<string, readonly number[]>();
  const facts = { name: page.name, mode: page.mode, version, method: page.method, path };
  for (const [fact, stated] of Object.entries(facts))
    if (stated !== undefined) cited.set(fact, [stated.line]);
  const others = page.versions.listed.filter(({ value }) => value !== version?.value);
  if (others.length > 0) {
    const names = others.map(({ value }) => `"${normal(value)}"`).join(', ');
    questions.add({
      about: 'version',
      text: `The page also offers the version ${names}.`,
      lines: others.map(({ line }) => line),
      assumed: 'Not drafted.',
      why: 'A capture has the text of one version; another one has a page of its own.',
    });
  }
  const request = headerRefs('requestHeaders', draft, drafting);
  const name = normal(page.name?.value ?? '');
  const said = [name, ...page.description.map(({ value }) => normal(value))].join(' / ');
  const operation = [
    `operationId: ${id}`,
    `summary: ${quoted(`${TODO}: ${said}`)}`,
    ...tagLines(draft),
    `x-page: { number: ${quoted(source.number)}, version: ${quoted(normal(version?.value ?? 'v1'))} }${version === undefined ? ` # ${TODO}: the page has no version` : ''}`,
    `x-mode: ${page.mode?.value ?? `sync # ${TODO}: the page does not say`}`,
    `x-effect: writes # ${TODO}: the page does not say; reads where nothing changes, deletes where something goes away`,
    'x-source:',
    `  ${source.citeFacts(cited)}`,
    ...(request.length === 0 ? ['parameters: []'] : ['parameters:', ...indent(request, 2)]),
    'requestBody:',
    ...indent(requestBody(draft, drafting), 2),
    'responses:',
    ...indent(responses(draft, drafting), 2),
  ];
  return [`${scalar(path.value)}:`, '  post:', ...indent(operation, 4)];
}

/** The tag of the documented APIs below the same path, or a new one named by it. */
function tagLines({ written, path, additions }: OperationDraft): string[] {
  const family = familyOf(path.value);
  const near = Object.entries(written.paths).find(([route]) => familyOf(route) === family)?.[1].post.tags;
  if (near !== undefined) return [`tags: [${near.join(', ')}]`];
  if (family === '' || !additions.has(['tags'])) return [];
  additions.append(
    ['tags'],
    [`- name: ${family}`, `  description: ${quoted(`${TODO}: what the APIs below ${family} are about.`)}`],
  );
  return [`tags: [${family}]`];
}

/** `cards` for `/api/v1/cards/search`. */
function familyOf(path: string): string {
  const part = path.split('/').find((one) => one !== '' && one !== 'api' && !/^v\d+$/.test(one));
  return slug(part ?? '');
}

function itemsOf(draft: OperationDraft, group: ParameterSectionName): readonly PageItem[] {
  return draft.items.filter((item) => item.group === group);
}

function headerRefs(
  group: 'requestHeaders' | 'responseHeaders',
  draft: OperationDraft,
  drafting: Drafting,
): string[] {
  const kind = group === 'requestHeaders' ? 'parameters' : 'headers';
  const { page, additions } = draft;
  if (kind === 'parameters' && (page.requestHeaders === undefined || draft.missing.has('requestHeaders'))) {
    const refs = usualHeaders(kind, draft).map((key) => `- $ref: "#/components/${kind}/${key}"`);
    return [`# ${TODO}: the page lists no request headers; these are the usual ones`, ...refs];
  }
  const found = draftHeaders(kind, page[group], itemsOf(draft, group), draft, additions, drafting);
  return found.map(({ name, component }) => {
    const ref = `$ref: "#/components/${kind}/${component}"`;
    return kind === 'parameters' ? `- ${ref}` : `${name}: { ${ref} }`;
  });
}

/** An encrypted body holds its plain text's schema in one member. */
function wrapped(encrypted: boolean, { contract }: OperationDraft, lines: readonly string[]): string[] {
  if (!encrypted) return ['type: object', ...lines];
  const { member } = contract.platform.encryption;
  return [
    'type: object',
    `required: [${member}]`,
    'properties:',
    `  ${member}:`,
    '    type: string',
    '    contentMediaType: application/jose',
    '    contentSchema:',
    ...indent(['type: object', ...lines], 6),
  ];
}

function content(encrypted: boolean, draft: OperationDraft, lines: readonly string[]): string[] {
  return ['content:', '  application/json:', '    schema:', ...indent(wrapped(encrypted, draft, lines), 6)];
}

function requestBody(draft: OperationDraft, drafting: Drafting): string[] {
  const section = draft.page.requestParameters;
  const mark = section?.encrypted;
  const lines = objectLines(section, itemsOf(draft, 'requestParameters'), drafting, { names: [], lines: [] });
  return [
    'required: true',
    ...(section === undefined || draft.missing.has('requestParameters')
      ? [`x-origin: client # ${TODO}: the page shows no request; what it holds is known from elsewhere`]
      : []),
    `x-encrypted: ${mark !== undefined}`,
    ...marked(mark?.line, drafting),
    ...content(mark !== undefined, draft, lines),
  ];
}

function marked(line: number | undefined, { source }: Drafting): string[] {
  return line === undefined ? [] : ['x-source:', `  ${source.citeFacts(new Map([['encrypted', [line]]]))}`];
}

function responses(draft: OperationDraft, drafting: Drafting): string[] {
  const headers = headerRefs('responseHeaders', draft, drafting);
  const statuses = [...new Set(draft.rows.map(({ status }) => status.value))].sort((a, b) => a - b);
  const other = draft.written.components?.responses?.OtherFailure !== undefined;
  const otherwise = '{ $ref: "#/components/responses/OtherFailure" }';
  let described = false;
  const lines = statuses.flatMap((status) => {
    const rows = draft.rows.filter((row) => row.status.value === status);
    // The page has one list of response fields: that of its successes.
    const fields = status < 300 && !described ? draft.page.responseParameters : undefined;
    if (status < 300) described = true;
    const items = itemsOf(draft, 'responseParameters');
    const mark = fields?.encrypted;
    const envelope = { names: ['response'], lines: envelopeLines(rows, draft, drafting) };
    return [
      `${quoted(String(status))}:`,
      ...indent(
        [
          `description: What is answered with HTTP ${status}.`,
          ...(mark === undefined ? [] : ['x-encrypted: true']),
          ...marked(mark?.line, drafting),
          ...(headers.length > 0 ? ['headers:', ...indent(headers, 2)] : []),
          ...content(mark !== undefined, draft, objectLines(fields, items, drafting, envelope)),
        ],
        2,
      ),
    ];
  });
  if (!other) return lines;
  return [
    ...lines,
    ...(statuses.some((status) => status >= 400 && status < 500) ? [] : [`"4XX": ${otherwise}`]),
    `default: ${otherwise}`,
  ];
}

function envelopeLines(rows: readonly WholeRow[], draft: OperationDraft, drafting: Drafting): string[] {
  const shared = draft.written.components?.schemas?.Envelope !== undefined;
  const known = shared
    ? ['$ref: "#/components/schemas/Envelope"']
    : [
        'type: object',
        'required: [code, description]',
        'properties: { code: { type: string }, description: { type: string } }',
      ];
  const entries = rows.flatMap((row) => {
    const cited = new Map([
      ['status', [row.status.line]],
      ['code', [row.code.line]],
      ['message', [row.message.line]],
    ]);
    const code = `code: { const: ${quoted(normal(row.code.value))} }`;
    const message = messageLines(row, draft.contract.apis);
    const says =
      rows.length === 1
        ? ['properties:', `  ${code}`, ...indent(message, 2)]
        : [`if: { properties: { ${code} } }`, 'then:', '  properties:', ...indent(message, 4)];
    const [first = '', ...rest] = [
      `description: ${quoted(`${TODO}: ${saidOf(row)}`)}`,
      'x-source:',
      `  ${drafting.source.citeFacts(cited)}`,
      ...says,
    ];
    return [`- ${first}`, ...indent(rest, 2)];
  });
  return ['response:', '  x-envelope: true', ...indent(known, 2), '  allOf:', ...indent(entries, 4)];
}

function saidOf({ description, message }: WholeRow): string {
  return description.length === 0
    ? normal(message.value)
    : description.map(({ value }) => normal(value)).join(' ');
}

/** The message as the page has it, and the other interpretations that the same code and message have elsewhere. */
function messageLines({ code, message }: WholeRow, apis: readonly Api[]): string[] {
  const text = normal(message.value);
  const known = apis
    .flatMap(({ codes }) => codes)
    .find(
      (row) =>
        row.code === code.value &&
        row.messages.length === 2 &&
        row.messages.every((one) => one.interpretation !== undefined) &&
        row.messages.some((one) => one.text === text),
    );
  if (known === undefined) return [`description: { const: ${quoted(text)} }`];
  const own = known.messages.toSorted((a, b) => Number(b.text === text) - Number(a.text === text));
  return [
    'description:',
    '  anyOf:',
    ...own.map(
      (one) => `    - { const: ${quoted(one.text)}, x-interpretation: ${one.interpretation ?? ''} }`,
    ),
  ];
}
