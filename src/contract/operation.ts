import { factsOn } from './facts.ts';
import type {
  Api,
  Body,
  CodeRow,
  Facts,
  Header,
  MessageInterpretation,
  Page,
  Platform,
  Presence,
  Response,
} from './model.ts';
import type { At, Report, Resolver } from './resolve.ts';
import type { Schema } from './schema.ts';
import type {
  OrRef,
  WrittenBody,
  WrittenDocument,
  WrittenHeader,
  WrittenOperation,
  WrittenParameter,
  WrittenResponse,
} from './written/openapi.ts';

/** An API as the OpenAPI document has it; scenarios and echoes are the spec files'. */
export type Operation = Omit<Api, 'scenarios' | 'echoes' | 'behaviours' | 'rejections'>;

/** Reads one operation. What is wrong with it is reported, at its place in the document. */
export function readOperation(
  path: string,
  { value: written, path: at }: At<WrittenOperation>,
  {
    document,
    pages,
    platform,
    resolver,
    report,
  }: {
    document: WrittenDocument;
    pages: ReadonlyMap<string, Page>;
    platform: Platform;
    resolver: Resolver;
    report: Report;
  },
): Operation {
  const { number, version } = written['x-page'];
  const known = pages.get(number);
  if (!known) {
    report(
      [...at, 'x-page', 'number'],
      `no page ${number} in specs/pages.yaml; add its name, address and lines`,
    );
  }
  const page = known ?? { number, name: '', address: path, sha256: '', lines: new Map() };
  const facts = factsOn(page, written['x-source']);
  if (!facts) report([...at, 'x-source'], `expected the lines of page ${number}, the page of this API`);

  const header = (
    { value }: At<WrittenHeader & Pick<WrittenParameter, 'x-guards'>>,
    headerName: string,
    presence: Presence,
  ): Header => ({
    name: headerName,
    presence,
    schema: resolver.schema({ value: value.schema, path: [...at, 'parameters', headerName] }),
    sensitivity: value['x-sensitive'],
    guard: value['x-guards'],
    facts: factsOn(page, value['x-source']),
  });

  const requestHeaders = written.parameters.flatMap((parameter, index) => {
    const found = resolver.component(
      { value: parameter, path: [...at, 'parameters', String(index)] },
      'parameters',
      document.components?.parameters,
    );
    if (!found) return [];
    const presence = found.value['x-presence'] ?? (found.value.required ? 'required' : 'optional');
    return [header(found, found.value.name, presence)];
  });

  const { member } = platform.encryption;
  const body = (
    { value, path: bodyPath }: At<Pick<WrittenBody, 'content' | 'x-source'>>,
    encrypted: boolean,
  ): { body: Body; envelope: Schema | undefined } => {
    const schemaPath = [...bodyPath, 'content', 'application/json', 'schema'];
    const outer = resolver.schema({ value: value.content['application/json'].schema, path: schemaPath });
    const inner = outer.properties?.[member]?.contentSchema;
    if (encrypted !== (inner !== undefined)) {
      report(
        schemaPath,
        encrypted
          ? `x-encrypted is true: expected a property ${member} with a contentSchema, the schema of the plain text`
          : `a body with an encrypted ${member}: expected "x-encrypted: true" beside its content`,
      );
    }
    const { schema, envelope } = withoutEnvelope(inner ?? outer);
    return { body: { encrypted, schema, facts: factsOn(page, value['x-source']) }, envelope };
  };

  const responses: Response[] = [];
  const codes: CodeRow[] = [];
  for (const [key, entry] of Object.entries(written.responses)) {
    const responsePath = [...at, 'responses', key];
    const found: At<WrittenResponse> | undefined = resolver.component(
      { value: entry, path: responsePath },
      'responses',
      document.components?.responses,
    );
    if (!found) continue;
    const status = Number(key);
    if (Number.isNaN(status)) {
      if (promisesAnything(found.value)) {
        report(
          responsePath,
          `"${key}" promises something and names no one status, so that nothing of it would be tested; write each documented status by its three digits, such as 400`,
        );
      }
      continue;
    }
    const { body: responseBody, envelope } = body(found, found.value['x-encrypted'] === true);
    const headers = Object.entries(found.value.headers ?? {}).flatMap(
      ([headerName, value]: [string, OrRef<WrittenHeader>]) => {
        const one = resolver.component(
          { value, path: [...found.path, 'headers', headerName] },
          'headers',
          document.components?.headers,
        );
        return one ? [header(one, headerName, one.value.required ? 'required' : 'optional')] : [];
      },
    );
    responses.push({ status, headers, body: responseBody });
    const rows = codeRows(envelope, status, page, platform.envelope.members);
    if (rows.length === 0) {
      report(found.path, 'expected an envelope (x-envelope) with at least one code, message and x-source');
    }
    codes.push(...rows);
  }

  return {
    id: written.operationId,
    name: page.name,
    summary: written.summary,
    page,
    version,
    mode: written['x-mode'],
    effect: written['x-effect'],
    method: 'POST',
    path,
    facts: facts ?? { page, lines: new Map() },
    request: {
      headers: requestHeaders,
      body: body(
        { value: written.requestBody, path: [...at, 'requestBody'] },
        written.requestBody['x-encrypted'],
      ).body,
    },
    responses: responses.sort((a, b) => a.status - b.status),
    codes,
    platform,
  };
}

/** Whether any part of it has a line on a page. */
function promisesAnything(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return false;
  return Object.hasOwn(part, 'x-source') || Object.values(part).some(promisesAnything);
}

/** The business part of a body schema, and the envelope taken out of it. */
function withoutEnvelope(schema: Schema): { schema: Schema; envelope: Schema | undefined } {
  const properties = Object.entries(schema.properties ?? {});
  const envelope = properties.find(([, property]) => property['x-envelope'] === true);
  if (!envelope) return { schema, envelope: undefined };
  return {
    schema: {
      ...schema,
      properties: Object.fromEntries(properties.filter(([name]) => name !== envelope[0])),
      required: (schema.required ?? []).filter((name) => name !== envelope[0]),
    },
    envelope: envelope[1],
  };
}

/**
 * The code rows that an envelope's `allOf` holds: a row is either a plain statement (the status has one code) or
 * "if this code, then this message".
 */
function codeRows(
  envelope: Schema | undefined,
  status: number,
  page: Page,
  members: Platform['envelope']['members'],
): CodeRow[] {
  return (envelope?.allOf ?? []).flatMap((part) => {
    const code = (part.if ?? part).properties?.[members.code]?.const;
    const message = (part.then ?? part).properties?.[members.message];
    const facts: Facts | undefined = factsOn(page, part['x-source']);
    if (code === undefined || message === undefined || facts === undefined) return [];
    return [
      { status, code, messages: messageInterpretations(message), description: part.description ?? '', facts },
    ];
  });
}

function messageInterpretations(schema: Schema): MessageInterpretation[] {
  const interpretation = schema['x-interpretation'];
  const own = [...(schema.const === undefined ? [] : [schema.const]), ...(schema.enum ?? [])];
  return [
    ...own.map((text) => ({ text, interpretation })),
    ...(schema.anyOf ?? []).flatMap(messageInterpretations),
  ];
}
