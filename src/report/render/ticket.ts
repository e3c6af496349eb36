import type { Contract } from '../../contract/model.ts';
import type { Finding } from '../../judge/finding.ts';
import { printable } from '../../printable.ts';
import type { CaseRecord, ShownExchange, ShownMessage } from '../../record/record.ts';
import type { Cause, Found } from '../causes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { meaning } from './failure.ts';
import { codeSpan, legible } from './markdown.ts';
import { repeatCommand, targetName } from './repeat.ts';
import { clauseText, sourceText } from './source.ts';
import { waiverText } from './waiver-text.ts';

/** The most findings of one case, and exchanges, that a ticket shows. */
const mostFindings = 10;
const mostExchanges = 4;

/** What a ticket is about: a cause, told by its example, or one case. */
export interface TicketSubject {
  readonly record: CaseRecord;
  /** Of a cause that one alone, of a case all that show in it. */
  readonly causes: readonly Cause[];
}

/** How the same request is sent without this project: a script, or why there is none. */
export type Script =
  | { readonly file: string; readonly variables: readonly string[] }
  | { readonly whyNot: string };

/**
 * The ticket of a cause or a case in Markdown, for those who have to mend it and know nothing of this project. What it
 * shows of requests and answers is as masked as the record of the run.
 */
export function ticket(
  { record, causes }: TicketSubject,
  { header, footer }: Pick<Ledger, 'header' | 'footer'>,
  contract: Contract,
  script?: Script,
): string {
  const [first] = causes;
  const shown = causes.flatMap(({ findings }) => findings).filter((one) => one.case === record.id);
  const title = first?.sentence ?? `${record.id} came to no judgement: ${record.outcome}`;
  return `${[
    `# ${legible(title)}`,
    ...(causes.length > 1
      ? [`In all ${causes.length} things are wrong here:`, list(causes.map(({ sentence }) => sentence))]
      : []),
    ...(first ? aboutCauses(causes) : [legible(`${record.reason} (${meaningOf(record)})`)]),
    ...(first ? ['## What the documentation says', ...promises(causes, contract)] : []),
    ...(shown.length > 0 ? ['## Expected, and what came', ...differences(shown)] : []),
    `## The exchange`,
    ...exchanges(record, contract),
    '## Versions',
    list([
      `target ${targetName(header.target) ?? '(unnamed)'}${typeof header.target.baseUrl === 'string' ? ` at ${header.target.baseUrl}` : ''}`,
      `documents: ${header.documents.title} ${header.documents.version}, SHA-256 ${header.documents.digest}`,
      `${header.tool.name} ${header.tool.version}, run ${header.runId}, seed ${header.seed}`,
    ]),
    '## How to repeat it',
    'With this project:',
    fenced(repeatCommand(header, record), 'sh'),
    ...(script ? scriptText(script) : []),
    ...waivers(causes, footer.finishedAt),
  ].join('\n\n')}\n`;
}

function meaningOf({ outcome }: CaseRecord): string {
  return outcome === 'conforms' || outcome === 'warns' || outcome === 'waived' || outcome === 'violates'
    ? outcome
    : meaning[outcome];
}

function aboutCauses(causes: readonly Cause[]): readonly string[] {
  return [
    ...causes.map(({ mend }) => `**Likely mend:** ${legible(mend)}`),
    ...causes.map(
      ({ answers, apis, cases, blocks, outcome, id }) =>
        `**Seen in** ${answers} ${answers === 1 ? 'answer' : 'answers'} of ${apis.map(codeSpan).join(', ')}; ${
          outcome === 'violates'
            ? `it keeps ${blocks} ${blocks === 1 ? 'case' : 'cases'} from passing`
            : outcome === 'waived'
              ? 'it is waived'
              : 'no page promises it, so that it does not count against the target'
        }: ${cases.slice(0, 5).map(legible).join(', ')}${cases.length > 5 ? ` and ${cases.length - 5} more` : ''}. (Cause ${codeSpan(id)})`,
    ),
  ];
}

function promises(causes: readonly Cause[], contract: Contract): readonly string[] {
  const clauses = [...new Set(causes.flatMap((cause) => cause.clauses))];
  const told = clauses.slice(0, mostFindings).flatMap((id) => {
    const { sentence, source } = clauseText(contract, id);
    const address = source[0]?.address;
    return [
      `> ${legible(sourceText(source))}`,
      `${legible(sentence)} (${codeSpan(id)}${address === undefined ? '' : `, page of ${codeSpan(address)}`})`,
    ];
  });
  const more = clauses.length - mostFindings;
  return more > 0 ? [...told, `And ${more} more clauses of the same kind.`] : told;
}

function differences(found: readonly Found[]): readonly string[] {
  const row = ({ place, expected, actual }: Finding) =>
    `| ${[place, expected, actual].map(codeSpan).join(' | ')} |`;
  const more = found.length - mostFindings;
  const rows = found.slice(0, mostFindings).map(({ finding }) => row(finding));
  return [
    ['| Place | Expected | Came |', '| --- | --- | --- |', ...rows].join('\n'),
    ...(more > 0 ? [`And ${more} more in the same case.`] : []),
  ];
}

function exchanges(record: CaseRecord, contract: Contract): readonly string[] {
  const { id, title, startedAt, duration, exchanges: all } = record;
  const shown = all.slice(-mostExchanges);
  return [
    `Case ${codeSpan(id)} (${legible(title)}), begun at ${startedAt}, ${Math.round(duration)} ms. Credentials, card numbers and personal data are masked.`,
    ...(all.length > shown.length ? [`The last ${shown.length} of ${all.length} requests:`] : []),
    ...(all.length === 0 ? ['Nothing was sent.'] : []),
    ...shown.flatMap((one) => exchangeText(one, contract)),
  ];
}

function exchangeText(
  { request, response, failure, duration }: ShownExchange,
  contract: Contract,
): readonly string[] {
  const name = contract.platform.headers.correlationId;
  const correlation = (message: ShownMessage | undefined) =>
    message?.headers.find(([header]) => header.toLowerCase() === name.toLowerCase())?.[1];
  const ids = [
    ['sent', correlation(request)],
    ['answered', correlation(response)],
  ].flatMap(([side, id]) => (id === undefined ? [] : [`${side} ${codeSpan(id)}`]));
  return [
    `${ids.length === 0 ? 'No correlation id' : `Correlation id (${legible(name)}): ${ids.join(', ')}`}; ${Math.round(duration)} ms.`,
    fenced(`${request.method} ${request.url}\n${messageText(request)}`, 'http'),
    ...(response ? [fenced(`HTTP ${response.status}\n${messageText(response)}`, 'http')] : []),
    ...(failure ? [`No answer: ${legible(failure.message)}`] : []),
  ];
}

function messageText({ headers, body, plaintext }: ShownMessage): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [
    ...lines,
    ...(body === '' ? [] : ['', body]),
    ...(plaintext === undefined ? [] : ['', '(decrypted)', plaintext]),
  ].join('\n');
}

function scriptText(script: Script): readonly string[] {
  if ('whyNot' in script) return [`Without it there is no script: ${legible(script.whyNot)}`];
  return [
    'Without it, with Node alone (curl and openssl can not: `openssl enc` knows no AES-GCM). The script signs and encrypts anew, and takes from the environment what may not be written down:',
    list(script.variables),
    fenced(`node ${script.file}`, 'sh'),
  ];
}

function waivers(causes: readonly Cause[], moment: string): readonly string[] {
  const parts = causes.flatMap(({ findings, sentence }) => {
    const text = waiverText(
      findings.map(({ finding }) => finding),
      sentence,
      moment,
    );
    return text === '' ? [] : [text];
  });
  return parts.length === 0
    ? []
    : [
        '## Until it is mended',
        'In the profile of the target, when the deviation is known and shall not block:',
        ...parts.map((text) => fenced(text.trimEnd(), 'yaml')),
      ];
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${legible(line)}`).join('\n');
}

/** A block that nothing within it ends. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${printable(text, { lineBreaks: true })}\n${fence}`;
}
