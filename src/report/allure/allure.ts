import {
  ALLURE_HTTP_EXCHANGE_CONTENT_TYPE,
  ALLURE_HTTP_EXCHANGE_SCHEMA_VERSION,
  type HttpExchange,
} from 'allure-js-commons/http';
import type { Case } from '../../cases/case.ts';
import type { Contract } from '../../contract/model.ts';
import { reasonOf } from '../../judge/evidence.ts';
import type { Waiver } from '../../judge/waivers.ts';
import { printable } from '../../printable.ts';
import type { CaseRecord, ShownExchange, ShownMessage } from '../../record/record.ts';
import { laidOut } from '../render/laid-out.ts';
import { markdown } from '../render/markdown.ts';
import { sourceText } from '../render/source.ts';

export interface Annotation {
  readonly type: string;
  readonly description: string;
}

/** The label that carries a link to a documentation page, as JSON of `name` and `url`, until the reporter makes it one. */
export const sourceLabel = 'documentedSource';

/** The label that carries, in Markdown, why a case is waived until the reporter puts it above the description. */
export const waivedLabel = 'waivedAs';

/**
 * What Allure shows of the waived findings of a case, as an attachment that its reporter takes for a message. Undefined
 * without any.
 *
 * @param waivers redacted
 */
export function waivedAttachment(
  { findings }: CaseRecord,
  waivers: readonly Waiver[],
): { readonly body: string; readonly contentType: string } | undefined {
  const texts = findings.flatMap((finding) => {
    const waiver = waivers[finding.waiver ?? -1];
    if (!waiver) return [];
    const text = [
      `**Waived** until ${waiver.expires}, ${markdown(waiver.owner)}: ${markdown(waiver.reason)}`,
      `**Seen** ${markdown(reasonOf([finding]))}`,
      `**Broken** \`${finding.clause}\` (waiver at ${markdown(waiver.at)})`,
    ].join('\n\n');
    return [text];
  });
  if (texts.length === 0) return undefined;
  const labels = [...new Set(texts)].map((value) => ({ name: waivedLabel, value }));
  return {
    body: JSON.stringify({ type: 'metadata', data: { labels } }),
    contentType: 'application/vnd.allure.message+json',
  };
}

/**
 * What Allure shows of a case before it runs, as static annotations of its test: the API as epic, the code row or the
 * kind as feature, the title as story, and a description of what is prepared and expected.
 *
 * The source of a scenario is a link where the page's URL is known. Allure drops every other link, so that the quoted
 * lines are attached as well: see `sourceAttachment`.
 */
export function caseAnnotations(one: Case): readonly Annotation[] {
  const { api, kind, title, level, clauses, expectation } = one;
  const text = [
    `**API** ${markdown(api.name)}, \`${api.method} ${api.path}\``,
    `**Clauses** ${clauses.map((clause) => `\`${clause}\``).join(', ') || 'none: it shows how the target reads the documents'}`,
  ];
  if (expectation.kind !== 'outcome') {
    return [
      label('epic', `${api.id} · ${api.summary}`),
      label('feature', kind),
      label('story', title),
      label('severity', level === 'MUST' ? 'normal' : 'minor'),
      { type: 'description', description: [`**Level** ${level}`, ...text].join('\n\n') },
    ];
  }
  const { scenario } = expectation;
  const row = api.codes.find(({ code, status }) => code === scenario.code && status === scenario.status);
  const source = sourceText([scenario.source]);
  const { address } = scenario.source;
  return [
    label('epic', `${api.id} · ${api.summary}`),
    label('feature', `${scenario.status} ${scenario.code}${row ? ` · ${row.description}` : ''}`),
    label('story', title),
    label('severity', scenario.status < 300 ? 'critical' : 'normal'),
    ...(address.startsWith('/')
      ? []
      : [label(sourceLabel, JSON.stringify({ name: `Documented: ${source}`, url: address }))]),
    {
      type: 'description',
      description: [
        `**Test data** ${markdown(scenario.given)}`,
        `**Expected** HTTP ${scenario.status}, code \`${scenario.code}\`${messages(row?.messages ?? [])}`,
        `**Documented** ${markdown(source)}, at \`${address}\``,
        ...text,
      ].join('\n\n'),
    },
  ];
}

/**
 * The lines of the documentation page on which a scenario rests, as an attachment: it opens in the report, wherever
 * that lies. Undefined for other cases.
 */
export function sourceAttachment(
  { expectation, clauses }: Case,
  contract: Pick<Contract, 'clauses'>,
): { readonly name: string; readonly body: string; readonly contentType: string } | undefined {
  if (expectation.kind !== 'outcome') return undefined;
  const { name, address } = expectation.scenario.source;
  const quotes = new Map(
    clauses
      .flatMap((id) => contract.clauses.get(id)?.source ?? [])
      .sort((a, b) => a.line - b.line)
      .map(({ line, quote }) => [line, quote]),
  );
  const lines = [...quotes].map(([line, quote]) => `line ${line}: "${quote}"`);
  return {
    name: `Documented: ${name}`,
    body: [name, address, '', ...lines].join('\n'),
    contentType: 'text/plain',
  };
}

function label(name: string, value: string): Annotation {
  return { type: `allure.label.${name}`, description: value };
}

function messages(list: readonly { readonly text: string }[]): string {
  return list.length === 0 ? '' : `, message ${list.map(({ text }) => `"${markdown(text)}"`).join(' or ')}`;
}

/** An exchange as an attachment that Allure renders as request and response. */
export function exchangeAttachment(exchange: ShownExchange): {
  readonly body: string;
  readonly contentType: string;
} {
  const { request, response, failure } = exchange;
  const shown: HttpExchange = {
    schemaVersion: ALLURE_HTTP_EXCHANGE_SCHEMA_VERSION,
    request: {
      method: printable(request.method),
      url: printable(request.url),
      ...shownMessage(request),
    },
    ...(response ? { response: { status: response.status, ...shownMessage(response) } } : {}),
    ...(failure ? { error: { name: failure.kind, message: printable(failure.message) } } : {}),
  };
  return { body: JSON.stringify(shown), contentType: ALLURE_HTTP_EXCHANGE_CONTENT_TYPE };
}

function shownMessage(message: ShownMessage): Pick<HttpExchange['request'], 'headers' | 'body'> {
  const value = bodyText(message);
  return {
    headers: message.headers.map(([name, text]) => ({ name: printable(name), value: printable(text) })),
    // Laid out here and called plain text: Allure's own layout of JSON rounds integers beyond 2^53.
    ...(value === ''
      ? {}
      : {
          body: {
            encoding: 'utf8' as const,
            contentType: 'text/plain',
            value: printable(value, { lineBreaks: true }),
          },
        }),
  };
}

/** Both what stood on the wire and what it holds. */
function bodyText({ body, plaintext }: ShownMessage): string {
  return plaintext === undefined ? laidOut(body) : `${laidOut(body)}\n\nDecrypted:\n${laidOut(plaintext)}`;
}
