import type { Cause } from '../causes.ts';
import { repeatCommand, ticketCommand } from '../render/repeat.ts';
import { causeTold } from './cause-sentences.ts';
import { type Html, html } from './html.ts';
import {
  caseEvidence,
  chip,
  citation,
  difference,
  folded,
  lineId,
  type Page,
  section,
  sentenceOf,
} from './parts.ts';
import { code } from './told.ts';
import { counted, words } from './words.ts';

/** What is broken, as causes to mend; warnings stand with robustness. */
export function causesSection(page: Page, causes: readonly Cause[]): Html {
  const told = causes.filter(({ outcome }) => outcome !== 'warns');
  return section(
    page,
    'causes',
    words.causes,
    told.length > 0 ? words.causesIntro : undefined,
    told.length > 0
      ? html`<ol class="causes">${told.map((one) => html`<li>${causeCard(page, one)}</li>`)}</ol>`
      : html`<p>${page.voice.say(page.ledger.footer.verdict === 'incomplete' ? words.noCausesYet : words.noCauses)}</p>`,
  );
}

/** One cause: what is wrong, what the page says, the difference, and what would end it. */
export function causeCard(page: Page, cause: Cause): Html {
  const { voice, contract, clauseWords, ledger } = page;
  const { id, clauses, outcome, answers, apis, cases, source, example, blocks } = cause;
  const [first = ''] = clauses;
  const clause = contract.clauses.get(first);
  const promise = (clause && clauseWords(clause)?.ko) ?? clause?.sentence ?? first;
  const told = causeTold(cause, promise);
  const records = new Map(ledger.cases.map((record) => [record.id, record]));
  const record = records.get(example.case);
  const state = outcome === 'violates' ? 'broken' : outcome === 'waived' ? 'waived' : 'warned';
  const [cited] = source;
  const api = clause?.api ?? apis[0] ?? '';
  const others = cases.filter((one) => one !== example.case);
  return html`<article class="cause s-${state}" id="cause-${id}" aria-labelledby="cause-${id}-h"><h3 id="cause-${id}-h">${chip(page, state)} ${voice.say(told.sentence)}</h3><ul class="tags">${
    blocks > 0 ? html`<li>${voice.say(counted.blocks(blocks))}</li>` : undefined
  }<li>${voice.say(counted.answers(answers))}</li><li>${voice.say(counted.inApis(apis.length))}: ${apis.map((one, index) => html`${index > 0 ? ', ' : ''}<a href="#page-${one}" translate="no" lang="en">${one}</a>`)}</li></ul><div class="proofs"><div><h4>${voice.say(words.thePageSays)}</h4>${citation(page, api, source)}${
    cited && contract.clauses.get(first)
      ? html`<p><a class="go" href="#${lineId(api, cited.line)}">${voice.say(words.seeLine)}</a></p>`
      : undefined
  }</div><div><h4>${voice.say(words.example)} <span class="where">${voice.say(words.at)} ${code(example.finding.place)}</span></h4>${difference(page, example.finding.expected, example.finding.actual)}</div></div><p class="mend"><b>${voice.say(words.mend)}:</b> ${voice.say(told.mend)}</p>${record ? caseEvidence(page, record) : undefined}${folded(
    html`${voice.say(words.brokenClauses)} (${clauses.length})`,
    html`<ul class="plain">${clauses.map((one) => html`<li>${sentenceOf(page, one)} <span class="dim">${code(one)}</span></li>`)}</ul>`,
  )}${
    others.length > 0
      ? folded(
          html`${voice.say(words.allCases)} (${cases.length})`,
          html`<ul class="plain">${others.slice(0, mostOthers).map((one) => html`<li>${code(one)}</li>`)}${
            others.length > mostOthers
              ? html`<li>${voice.say(counted.more(others.length - mostOthers))}</li>`
              : undefined
          }</ul>`,
        )
      : undefined
  }${record ? html`<p class="repeat"><b>${voice.say(words.repeatCase)}:</b> ${code(repeatCommand(ledger.header, record))}</p><p class="repeat"><b>${voice.say(words.ticket)}:</b> ${code(ticketCommand(id))}</p>` : undefined}</article>`;
}

/** The most cases that a cause lists. */
const mostOthers = 50;
