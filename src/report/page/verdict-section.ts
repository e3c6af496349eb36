import type { Broken } from '../causes.ts';
import type { ClauseStanding } from '../coverage.ts';
import { standingOf } from '../tally.ts';
import { fails, waiverStandings } from '../waivers.ts';
import { type Html, html } from './html.ts';
import { type Page, shownTarget } from './parts.ts';
import type { Told } from './told.ts';
import { code, verbatim } from './told.ts';
import { counted, words } from './words.ts';

/** How a verdict looks: green for a whole run that kept everything, and for nothing else. */
type Tone = 'good' | 'bad' | 'waived' | 'open';

export interface VerdictWords {
  readonly tone: Tone;
  readonly head: Told;
  readonly reasons: readonly Told[];
}

/** The verdict of a run and its reasons in words, honest in every state. */
export function verdictWords(
  page: Pick<Page, 'ledger' | 'contract' | 'coverage'>,
  causes: Broken,
): VerdictWords {
  const { header, cases, footer } = page.ledger;
  const failing = waiverStandings(page.ledger, page.contract).filter(fails);
  const count = (standing: ClauseStanding) => promisesOf(page).filter((one) => one === standing).length;
  const number = (wanted: ReturnType<typeof standingOf>) =>
    cases.filter(({ outcome }) => standingOf(outcome) === wanted).length;
  const isPart = header.cases.planned < header.cases.all;
  const untestable = cases.filter(({ outcome }) => standingOf(outcome) === 'not-testable');
  const acknowledged = untestable.filter((one) => one.acknowledged).length;
  const broken = count('violates');
  const reasons = [
    ...(broken > 0 ? [counted.broken(broken, promisesOf(page).length)] : []),
    ...(causes.causes > 0 ? [counted.causes(causes)] : []),
    ...(failing.length > 0
      ? [
          counted.failingWaivers(
            failing.filter(({ state }) => state === 'expired').length,
            failing.filter(({ state }) => state === 'stale').length,
          ),
        ]
      : []),
    ...(number('waived') > 0 ? [counted.waived(number('waived'), count('waived'))] : []),
    ...(number('no-answer') > 0 ? [counted.unanswered(number('no-answer'))] : []),
    ...(untestable.length > acknowledged ? [counted.untestable(untestable.length - acknowledged)] : []),
    ...(acknowledged > 0 ? [counted.acknowledged(acknowledged)] : []),
    ...(footer.problems.length > 0 ? [counted.troubles(footer.problems.length)] : []),
    ...(isPart && cases.length > 0 ? [counted.chosen(header.cases.planned, header.cases.all)] : []),
  ];
  if (footer.verdict === 'nonconformant') return { tone: 'bad', head: words.nonconformant, reasons };
  if (failing.length > 0) return { tone: 'bad', head: words.waiversFail, reasons };
  if (footer.verdict === 'incomplete') {
    return {
      tone: 'open',
      head: words.incomplete,
      reasons: [unjudged(page), ...reasons],
    };
  }
  if (number('waived') > 0) return { tone: 'waived', head: words.conformantWaived, reasons };
  if (isPart) return { tone: 'open', head: words.conformantInPart, reasons };
  return { tone: 'good', head: words.conformant, reasons: [words.nothingBroken, ...reasons] };
}

/** How far an incomplete run came. */
function unjudged({ ledger: { cases } }: Pick<Page, 'ledger'>): Told {
  if (cases.length === 0) return words.nothingTested;
  const isJudged = cases.some(({ outcome }) => ['passed', 'failed', 'waived'].includes(standingOf(outcome)));
  return isJudged ? words.notEverything : words.nothingJudged;
}

/** The standings of the documented promises; robustness is none. */
function promisesOf({ coverage }: Pick<Page, 'coverage'>): readonly ClauseStanding[] {
  return coverage.filter(({ clause }) => clause.subject !== 'robustness').map(({ standing }) => standing);
}

const marks: Readonly<Record<Tone, string>> = { good: '✓', bad: '✕', waived: '~', open: '?' };

/** The head of the report: what came of the run, in a word, a sentence and a bar. */
export function verdictSection(page: Page, { tone, head, reasons }: VerdictWords): Html {
  const { voice, ledger } = page;
  const { header, footer } = ledger;
  const url = typeof header.target.baseUrl === 'string' ? header.target.baseUrl : undefined;
  return html`<section id="verdict" class="verdict t-${tone}" aria-labelledby="verdict-h"><h1 id="verdict-h"><i aria-hidden="true">${marks[tone]}</i> ${voice.say(head)}</h1><div class="reasons">${reasons.map(
    (reason) => html`<p>${voice.say(reason)}</p>`,
  )}</div><dl class="facts"><div><dt>${voice.say(words.target)}</dt><dd>${verbatim(shownTarget(header))}${
    url === undefined ? undefined : html` <span class="url">${code(url)}</span>`
  }</dd></div><div><dt>${voice.say(words.finished)}</dt><dd><time translate="no" datetime="${footer.finishedAt}">${moment(footer.finishedAt)}</time></dd></div><div><dt>${voice.say(words.documents)}</dt><dd>${verbatim(`${header.documents.title} ${header.documents.version}`)}</dd></div><div><dt>${voice.say(words.tool)}</dt><dd>${verbatim(`${header.tool.name} ${header.tool.version}`)}</dd></div></dl>${promisesBar(page)}</section>`;
}

/** `2026-11-21 21:49:33 UTC` */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

function promisesBar(page: Page): Html {
  const { voice } = page;
  const standings = promisesOf(page);
  const all = standings.length;
  const count = (...wanted: readonly ClauseStanding[]) =>
    standings.filter((one) => wanted.includes(one)).length;
  const parts = [
    { kind: 'broken', number: count('violates'), told: counted.brokenShort },
    { kind: 'waived', number: count('waived', 'warns'), told: counted.waivedShort },
    { kind: 'kept', number: count('conforms'), told: counted.kept },
    { kind: 'rest', number: count('not-exercised', 'not-testable', 'untested'), told: counted.notShownShort },
  ].filter(({ number }) => number > 0);
  // What is there is seen, however little it is of all.
  const least = 0.8;
  const widths = parts.map(({ number }) => Math.max(least, (number / all) * 100));
  const sum = widths.reduce((total, width) => total + width, 0);
  let x = 0;
  const rects = parts.map(({ kind }, index) => {
    const width = ((widths[index] ?? 0) / sum) * 100;
    const rect = html`<rect class="b-${kind}" x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="1"/>`;
    x += width;
    return rect;
  });
  return html`<div class="promisesbar"><p>${voice.say(words.promises)}: <b>${all}</b></p><svg class="bar big" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${rects}</svg><ul>${parts.map(
    ({ kind, number, told }) => html`<li class="k-${kind}">${voice.say(told(number))}</li>`,
  )}</ul></div>`;
}
