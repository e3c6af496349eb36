import type { Outcome } from '../../judge/finding.ts';
import type { CaseRecord, ShownExchange } from '../../record/record.ts';
import { laidOut } from '../render/laid-out.ts';
import { repeatCommand, repeatRunCommand } from '../render/repeat.ts';
import type { LineState } from './annotated.ts';
import { type Html, html, type Part } from './html.ts';
import { chip, difference, type Page, section } from './parts.ts';
import { code, type Told, verbatim } from './told.ts';
import { moment } from './verdict-section.ts';
import { counted, outcomeWords, words } from './words.ts';

/** What was tested, by what, when, against what, and by which rule. */
export function aboutSection(page: Page): Html {
  const { voice, ledger, contract } = page;
  const { header, footer, cases } = ledger;
  const { target, tool, documents, selection } = header;
  const row = (told: Told, value: Part) =>
    value === undefined ? undefined : html`<div><dt>${voice.say(told)}</dt><dd>${value}</dd></div>`;
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? code(value) : undefined);
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  const listed = (list: readonly string[]) =>
    list.length === 0
      ? undefined
      : html`<ul class="plain">${list.map((one) => html`<li>${verbatim(one)}</li>`)}</ul>`;
  const chosenBy = [selection.grep, selection.shard].filter((one) => one !== undefined);
  const { acceptsOnlyPreparedData: prepared, showInClear = [] } = target;
  const notesOf = (one: CaseRecord) => one.notes.map((note) => `${one.id}: ${note}`);
  const leftBy = (one: CaseRecord) => (one.left ?? []).map((line) => `${one.id}: ${line}`);
  return section(
    page,
    'about',
    words.about,
    words.onlyListed,
    html`<h3>${voice.say(words.run)}</h3><dl class="rows">${row(words.runId, code(header.runId))}${row(words.started, html`<time translate="no" datetime="${header.startedAt}">${moment(header.startedAt)}</time>`)}${row(words.finished, html`<time translate="no" datetime="${footer.finishedAt}">${moment(footer.finishedAt)}</time>`)}${row(words.seed, code(String(header.seed)))}${row(words.chosenCases, voice.say(counted.casesOf(header.cases.planned, header.cases.all)))}${row(words.chosenBy, chosenBy.length > 0 ? code(chosenBy.join(' ')) : undefined)}${row(words.notes, listed(header.notes ?? []))}</dl>`,
    html`<h3>${voice.say(words.target)}</h3><dl class="rows">${row(words.name, text(target.name))}${row(words.address, text(target.baseUrl))}${row(words.profile, text(target.file))}${row(words.profileDigest, text(target.digest))}${row(words.environment, text(target.environment))}${row(words.effects, text(target.effects))}${row(words.robustnessSent, target.robustness === undefined ? undefined : voice.say(target.robustness ? words.yes : words.no))}${row(words.timeZone, text(target.timeZone))}${row(words.preparedOnly, prepared === undefined ? undefined : voice.say(prepared ? words.yes : words.no))}${row(words.testData, number(target.testData))}${row(words.declared, number(target.notTestable))}${row(words.inClear, listed(showInClear))}</dl>`,
    html`<h3>${voice.say(words.documents)}</h3><dl class="rows">${row(words.name, verbatim(`${documents.title} ${documents.version}`))}${row(words.documentsDigest, code(documents.digest))}${row(words.documentsFolder, text(documents.folder))}${row(
      words.pageDigests,
      html`<ul class="plain">${[...contract.pages.values()].map(
        ({ name, address, sha256 }) =>
          html`<li>${verbatim(name)} <span class="dim">${code(address)} ${code(`sha256:${sha256}`)}</span></li>`,
      )}</ul>`,
    )}</dl>`,
    html`<h3>${voice.say(words.tool)}</h3><dl class="rows">${row(words.name, verbatim(`${tool.name} ${tool.version}`))}${row(words.toolDigest, text(tool.digest))}</dl>`,
    html`<h3>${voice.say(words.verdictRule)}</h3><p>${voice.say(words.rule)}</p>`,
    remarks(page, words.left, cases.flatMap(leftBy)),
    remarks(page, words.caseNotes, cases.flatMap(notesOf)),
  );
}

function remarks({ voice }: Page, title: Told, lines: readonly string[]): Html | undefined {
  if (lines.length === 0) return undefined;
  return html`<h3>${voice.say(title)}</h3><ul>${lines.map((line) => html`<li>${verbatim(line)}</li>`)}</ul>`;
}

/** The commands that do it again. */
export function repeatSection(page: Page): Html {
  const { voice, ledger } = page;
  const failing = ledger.cases.find(({ outcome }) => outcome === 'violates') ?? ledger.cases[0];
  return section(
    page,
    'repeat',
    words.repeat,
    words.repeatIntro,
    html`<h3>${voice.say(words.repeatWhole)}</h3><p>${code(repeatRunCommand(ledger.header))}</p>`,
    failing
      ? html`<h3>${voice.say(words.repeatOne)}</h3><p>${code(repeatCommand(ledger.header, failing))}</p>`
      : undefined,
  );
}

/** The exchanges that the sections before refer to. */
export function casesSection(page: Page): Html {
  return section(
    page,
    'cases',
    words.cases,
    words.casesIntro,
    html`<details class="all"><summary>${page.voice.say(counted.cases(page.shown.size))}</summary>${[
      ...page.shown.values(),
    ].map(
      ({ place, record }) =>
        html`<details class="case" id="case-${place}"><summary>${code(record.id)} <span class="dim">${page.voice.say(outcomeWords[record.outcome])}</span></summary><div class="body">${caseBody(page, record)}</div></details>`,
    )}</details>`,
  );
}

function caseBody(page: Page, record: CaseRecord): Html {
  const { voice, ledger } = page;
  const { expected, title, kind, outcome, exchanges, findings, reason } = record;
  const must =
    typeof expected === 'string' ? verbatim(expected) : code(`HTTP ${expected.status} ${expected.code}`);
  const said =
    findings.length === 0 && reason !== '' ? html` <span class="said">${verbatim(reason)}</span>` : undefined;
  return html`${kind === 'scenario' ? html`<p><b>${verbatim(title)}</b></p>` : undefined}<p>${chip(page, caseStates[outcome], outcomeWords[outcome])}${said}</p>${findings
    .slice(0, mostFindings)
    .map(
      ({ place, expected: wanted, actual }) =>
        html`<p class="dim">${voice.say(words.at)} ${code(place)}</p>${difference(page, wanted, actual)}`,
    )}${
    findings.length > mostFindings
      ? html`<p>${voice.say(counted.more(findings.length - mostFindings))}</p>`
      : undefined
  }<p><b>${voice.say(words.mustCome)}:</b> ${must}</p>${
    exchanges.length === 0 ? html`<p>${voice.say(words.noExchange)}</p>` : undefined
  }${exchanges.slice(0, mostExchanges).map((one, index) => exchangeOf(page, one, index, exchanges.length))}${
    exchanges.length > mostExchanges
      ? html`<p>${voice.say(counted.more(exchanges.length - mostExchanges))}</p>`
      : undefined
  }<p class="repeat"><b>${voice.say(words.repeatCase)}:</b> ${code(repeatCommand(ledger.header, record))}</p>`;
}

/** The most findings of one case that are shown. */
const mostFindings = 5;

const caseStates: Readonly<Record<Outcome, LineState>> = {
  conforms: 'kept',
  waived: 'waived',
  warns: 'warned',
  violates: 'broken',
  'not-exercised': 'not-shown',
  'not-testable': 'not-shown',
  'setup-error': 'not-shown',
  'target-error': 'not-shown',
  'harness-error': 'not-shown',
};

/** The most exchanges of one case that are shown; a case over time may poll for long. */
const mostExchanges = 12;

function exchangeOf({ voice }: Page, exchange: ShownExchange, index: number, all: number): Html {
  const { request, response, failure, duration } = exchange;
  const title = all > 1 ? html`<p class="dim">${voice.say(counted.exchange(index + 1))}</p>` : undefined;
  const right = response
    ? html`<p class="side">${voice.say(words.response)} <span class="dim">${voice.say(counted.milliseconds(Math.round(duration)))}</span></p>${messageOf(`HTTP ${response.status}`, response)}${decrypted(voice.say(words.decrypted), response)}`
    : html`<p class="side">${voice.say(words.noAnswer)} <span class="dim">${voice.say(counted.milliseconds(Math.round(duration)))}</span></p><p class="said">${verbatim(failure ? `${failure.kind}: ${failure.message}` : '')}</p>`;
  return html`${title}<div class="exchange"><div><p class="side">${voice.say(words.request)}</p>${messageOf(`${request.method} ${request.url}`, request)}${decrypted(voice.say(words.decrypted), request)}</div><div>${right}</div></div>`;
}

function messageOf(
  start: string,
  { headers, body }: ShownExchange['request'] | NonNullable<ShownExchange['response']>,
): Html {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return html`<pre translate="no" lang="en">${[start, ...lines, '', laidOut(body)].join('\n')}</pre>`;
}

function decrypted(title: Html, { plaintext }: { readonly plaintext?: string }): Html | undefined {
  if (plaintext === undefined) return undefined;
  return html`<p class="dim">${title}</p><pre translate="no" lang="en">${laidOut(plaintext)}</pre>`;
}
