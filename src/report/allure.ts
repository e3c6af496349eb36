import {
  ALLURE_HTTP_EXCHANGE_CONTENT_TYPE,
  ALLURE_HTTP_EXCHANGE_SCHEMA_VERSION,
  type HttpExchange,
} from 'allure-js-commons/http';
import type { ScenarioCase } from '../cases/scenario-cases.ts';
import type { ShownExchange, ShownMessage } from './record.ts';
import { sourceText } from './source.ts';

export interface Annotation {
  readonly type: string;
  readonly description: string;
}

/** The label that carries a documented source until the reporter makes a link of it: `<text>|<address>`. */
export const sourceLabel = 'documentedSource';

/**
 * What Allure shows of a case before it runs, as static annotations of its test: the API as epic, the code row as
 * feature, the documented title as story, and a description of what is prepared and expected.
 *
 * The pages have no address, so the link to the source leads to the project's own file that has the scenario with its
 * feed and line, relative to `reports/latest/`: it opens from the disk and asks nothing of the network.
 */
export function caseAnnotations({ api, scenario, clauses }: ScenarioCase): readonly Annotation[] {
  const row = api.codes.find(({ code, status }) => code === scenario.code && status === scenario.status);
  const source = sourceText([scenario.source]);
  const severe = scenario.status < 300;
  return [
    label('epic', `${api.name} (${api.id})`),
    label('feature', `${scenario.status} ${scenario.code}${row ? ` · ${row.description}` : ''}`),
    label('story', scenario.title),
    label('severity', severe ? 'critical' : 'normal'),
    label(sourceLabel, `${source}|../../specs/apis/${api.id}.yaml`),
    {
      type: 'description',
      description: [
        `**${markdown(scenario.title)}**`,
        '',
        `| | |`,
        `| --- | --- |`,
        `| API | ${markdown(api.name)}, \`${api.method} ${api.path}\` |`,
        `| Given | ${markdown(scenario.given)} |`,
        `| Expected | HTTP ${scenario.status}, code \`${scenario.code}\`${messages(row?.messages ?? [])} |`,
        `| Documented | ${source} |`,
        `| Clauses | ${clauses.map((clause) => `\`${clause}\``).join(', ')} |`,
      ].join('\n'),
    },
  ];
}

function label(name: string, value: string): Annotation {
  return { type: `allure.label.${name}`, description: value };
}

function messages(list: readonly { readonly text: string }[]): string {
  return list.length === 0 ? '' : `, message ${list.map(({ text }) => `"${markdown(text)}"`).join(' or ')}`;
}

function markdown(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|#~]/g, '\\$&');
}

/** An exchange as an attachment that Allure renders as request and response. */
export function exchangeAttachment(exchange: ShownExchange): {
  readonly body: string;
  readonly contentType: string;
} {
  const { request, response, failure } = exchange;
  const shown: HttpExchange = {
    schemaVersion: ALLURE_HTTP_EXCHANGE_SCHEMA_VERSION,
    request: { method: request.method, url: request.url, ...shownMessage(request) },
    ...(response ? { response: { status: response.status, ...shownMessage(response) } } : {}),
    ...(failure ? { error: { name: failure.kind, message: failure.message } } : {}),
  };
  return { body: JSON.stringify(shown), contentType: ALLURE_HTTP_EXCHANGE_CONTENT_TYPE };
}

function shownMessage(message: ShownMessage): Pick<HttpExchange['request'], 'headers' | 'body'> {
  const value = bodyText(message);
  const type = message.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return {
    headers: message.headers.map(([name, text]) => ({ name, value: text })),
    ...(value === ''
      ? {}
      : { body: { encoding: 'utf8' as const, value, ...(type === undefined ? {} : { contentType: type }) } }),
  };
}

/** Both what stood on the wire and what it holds, in one JSON text where that is possible. */
function bodyText({ body, plaintext }: ShownMessage): string {
  if (plaintext === undefined) return body;
  const [wire, plain] = [body, plaintext].map((text) => (isJson(text) ? text : JSON.stringify(text)));
  return `{"on the wire":${wire},"decrypted":${plain}}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
