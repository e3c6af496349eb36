import { type ClauseCoverage, gaps } from '../coverage.ts';
import { type AnnotatedLine, type AnnotatedPage, type Block, lineStates, stateOf } from './annotated.ts';
import { type Html, html } from './html.ts';
import {
  bar,
  caseEvidence,
  chip,
  difference,
  lineId,
  type Page,
  percentOf,
  section,
  sentenceOf,
} from './parts.ts';
import { code, langOf, verbatim } from './told.ts';
import { counted, gapWords, lineMeanings, lineWords, partWords, reasonsInKorean, words } from './words.ts';

/** The most cases that are shown for one promise, kept or broken; the others are counted. */
const mostCases = { kept: 1, broken: 2 };

/** The documentation pages with what the run shows of each line. */
export function annotatedSection(page: Page, pages: readonly AnnotatedPage[]): Html {
  const { voice } = page;
  const broken = pages.filter(({ promises }) => promises.broken > 0);
  // With nothing broken the first page shows what such a page is.
  const open = broken.length > 0 ? broken.slice(0, 3) : pages.slice(0, 1);
  return section(
    page,
    'pages',
    words.annotated,
    words.annotatedIntro,
    html`<ul class="legend">${lineStates.map(
      (state) => html`<li>${chip(page, state)} ${voice.say(lineMeanings[state])}</li>`,
    )}</ul>`,
    html`<fieldset class="filter" hidden><legend>${voice.say(words.filter)}</legend><label><input type="radio" name="lines" value="all" checked> ${voice.say(words.showAll)}</label><label><input type="radio" name="lines" value="open"> ${voice.say(words.showOpen)}</label></fieldset>`,
    pages.map((one) => apiPage(page, one, open.includes(one))),
  );
}

function apiPage(page: Page, annotated: AnnotatedPage, isOpen: boolean): Html {
  const { voice } = page;
  const { api, promises, lines, parts, elsewhere, whole } = annotated;
  const proved = counted.percent(percentOf(promises.kept, promises.all));
  const head = html`<h3 lang="${langOf(api.name)}" translate="no">${api.name}</h3><span class="route">${code(`${api.method} ${api.path}`)}</span><span class="proof">${bar(
    page,
    promises,
    counted.promisesProved(promises.kept, promises.all),
  )}<b>${voice.say(proved)}</b>${promises.broken > 0 ? chip(page, worstOf(annotated), brokenWords(page, annotated)) : undefined}</span>`;
  return html`<details class="api" id="page-${api.id}"${isOpen ? html` open` : undefined}><summary>${head}</summary><p class="dim">${voice.say(
    counted.promisesProved(promises.kept, promises.all),
  )} · ${voice.say(counted.linesProved(lines.kept, lines.all))} · ${voice.say(whole ? words.wholePage : words.citedOnly)}</p>${parts.map(
    ({ part, blocks }) =>
      html`<section class="part"><h4>${voice.say(partWords[part])}</h4>${blocks.map((block) => blockOf(page, annotated, block))}</section>`,
  )}${
    elsewhere.length === 0
      ? undefined
      : html`<section class="part"><h4>${voice.say(words.elsewhere)}</h4><ul class="promises">${elsewhere.map((one) => html`<li>${promise(page, one)}</li>`)}</ul></section>`
  }</details>`;
}

function worstOf({ parts, elsewhere }: AnnotatedPage) {
  const standings = [
    ...parts.flatMap(({ blocks }) => blocks.flatMap(({ lines }) => lines.flatMap(({ clauses }) => clauses))),
    ...elsewhere,
  ].map(({ standing }) => standing);
  return stateOf(standings);
}

function brokenWords(page: Page, { api }: AnnotatedPage) {
  const count = (wanted: string) =>
    page.coverage.filter(({ clause, standing }) => clause.api === api.id && standing === wanted).length;
  if (count('violates') > 0) return counted.brokenShort(count('violates'));
  return count('waived') > 0 ? counted.waivedShort(count('waived')) : counted.warnedShort(count('warns'));
}

function blockOf(page: Page, annotated: AnnotatedPage, { name, lines }: Block): Html {
  const isNamed = name !== undefined && lines[0] !== undefined && lines[0].words !== name;
  // A code stands below its status, and a name that is written otherwise comes first.
  const named = Math.max(
    0,
    lines.findIndex(({ words: text }) => text === name),
  );
  const isOpen = lines.some(({ state }) => state !== 'kept' && state !== 'no-promise');
  return html`<div class="block${isOpen ? ' is-open' : ''}">${
    isNamed && name.includes('.') ? html`<p class="path dim">${code(name)}</p>` : undefined
  }<ol class="lines">${lines.map((line, index) => lineOf(page, annotated, line, name !== undefined && index === named))}</ol></div>`;
}

function lineOf(page: Page, { api }: AnnotatedPage, line: AnnotatedLine, isName: boolean): Html {
  const { voice } = page;
  const text = html`<span class="no"><span class="vh">${voice.say(words.line)} </span>${line.number}</span><span class="tx${isName ? ' name' : ''}" lang="${langOf(line.words)}" translate="no">${line.words}</span>`;
  const id = lineId(api.id, line.number);
  if (line.state === 'no-promise') {
    return html`<li id="${id}" class="s-no-promise"><div class="row">${text}<span class="chip"><i aria-hidden="true">–</i><span class="vh">${voice.say(lineWords['no-promise'])}</span></span></div></li>`;
  }
  return html`<li id="${id}" class="s-${line.state}"><details><summary class="row">${text}${chip(page, line.state)}</summary><ul class="promises">${line.clauses.map(
    (one) => html`<li>${promise(page, one, line.clauses.length > 1)}</li>`,
  )}</ul></details></li>`;
}

/** One promise with what the run shows of it: the difference where it was broken, and the cases. */
export function promise(page: Page, coverage: ClauseCoverage, isMarked = true): Html {
  const { voice, evidence } = page;
  const { clause, standing, kept, broken } = coverage;
  const found = evidence.of(clause.id);
  const [first] = found.broken;
  const shown = first ? found.broken.map(({ record }) => record) : found.kept;
  const number = first ? broken : kept;
  return html`<p class="sentence">${isMarked ? html`${chip(page, stateOf([standing]))} ` : undefined}${sentenceOf(page, clause.id)}${
    clause.level === 'MUST' ? undefined : html` <span class="dim">${code(clause.level)}</span>`
  }</p><p class="dim">${code(clause.id)}${
    first ? html` · ${voice.say(words.at)} ${code(first.finding.place)}` : undefined
  }</p>${first ? html`${difference(page, first.finding.expected, first.finding.actual)}` : undefined}${
    shown.length > 0
      ? html`<div class="evidence"><p>${voice.say(first ? counted.brokenIn(number) : counted.keptIn(number))}</p>${shown
          .slice(0, first ? mostCases.broken : mostCases.kept)
          .map((record) => caseEvidence(page, record))}</div>`
      : reasonOf(page, coverage)
  }`;
}

/** Why nothing is known of a promise: in our words where there are any, and what the record says besides. */
function reasonOf({ voice }: Page, { gap, reason }: ClauseCoverage): Html {
  const ko = reasonsInKorean[reason];
  if (ko !== undefined) return html`<p>${voice.say({ en: reason, ko })}</p>`;
  if (gap === undefined) return html`<p class="said">${verbatim(reason)}</p>`;
  const rest = reason.replace(gaps[gap], '').replace(/^: /, '');
  return html`<p>${voice.say(gapWords[gap])} <span class="said">${verbatim(rest)}</span></p>`;
}
