import type { CaseRecord } from '../../record/record.ts';
import type { Cause } from '../causes.ts';
import { type ClauseCoverage, type ClauseStanding, clauseStandings } from '../coverage.ts';
import { codeGrid, type GridRow } from '../grid.ts';
import { interpretationsSeen, standingOf } from '../tally.ts';
import { observedText, waiverStandings } from '../waivers.ts';
import type { LineState } from './annotated.ts';
import { promise } from './annotated-section.ts';
import { causeCard } from './causes-section.ts';
import { type Html, html } from './html.ts';
import { caseEvidence, chip, citation, folded, type Page, section, sentenceOf } from './parts.ts';
import { code, langOf, type Told, verbatim } from './told.ts';
import { clauseWordsOf, counted, outcomeWords, standingWords, waiverWords, words } from './words.ts';

/** The cases without a judgement, those with one reason together; nothing when every case was judged. */
export function notJudgedSection(page: Page): Html | undefined {
  const { voice, ledger } = page;
  const { problems } = ledger.footer;
  const cases = ledger.cases.filter(({ outcome }) =>
    ['no-answer', 'not-testable'].includes(standingOf(outcome)),
  );
  if (cases.length === 0 && problems.length === 0) return undefined;
  const groups = new Map<string, CaseRecord[]>();
  for (const one of cases) {
    const key = JSON.stringify([one.outcome, one.acknowledged, one.reason]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return section(
    page,
    'not-judged',
    words.notJudged,
    words.notJudgedIntro,
    problems.length > 0
      ? html`<h3>${voice.say(words.troubles)}</h3><ul>${problems.map((one) => html`<li>${verbatim(one)}</li>`)}</ul>`
      : undefined,
    html`<ul class="groups">${[...groups.values()].map((own) => groupOf(page, own))}</ul>`,
  );
}

function groupOf(page: Page, cases: readonly CaseRecord[]): Html | undefined {
  const { voice } = page;
  const [first] = cases;
  if (!first) return undefined;
  const head = html`${chip(page, 'not-shown', outcomeWords[first.outcome])} ${
    cases.length === 1 ? code(first.id) : voice.say(counted.cases(cases.length))
  }${first.acknowledged ? html` <span class="dim">(${voice.say(words.asProfileSays)})</span>` : undefined}`;
  const exchanged = first.exchanges.length > 0 ? caseEvidence(page, first) : undefined;
  return html`<li><p>${head}</p>${first.reason === '' ? undefined : html`<p class="said">${verbatim(first.reason)}</p>`}${exchanged}${
    cases.length > 1
      ? folded(
          voice.say(counted.cases(cases.length)),
          html`<ul class="plain">${cases.map(({ id }) => html`<li>${code(id)}</li>`)}</ul>`,
        )
      : undefined
  }</li>`;
}

const gridStates: Readonly<Record<NonNullable<GridRow['standing']>, LineState>> = {
  passed: 'kept',
  failed: 'broken',
  waived: 'waived',
  'not-testable': 'not-shown',
  'no-answer': 'not-shown',
  'not-chosen': 'not-shown',
};

/** API × code × scenario. */
export function gridSection(page: Page): Html {
  const { voice, ledger, contract } = page;
  const byApi = new Map(contract.apis.map((api): [string, GridRow[]] => [api.id, []]));
  for (const row of codeGrid(ledger, contract)) byApi.get(row.api)?.push(row);
  const titles = new Map(
    contract.apis.flatMap(({ scenarios }) => scenarios.map(({ id, title }) => [id, title])),
  );
  const messages = new Map(
    contract.apis.flatMap((api) =>
      api.codes.map((row) => [`${api.id} ${row.code}`, row.messages[0]?.text ?? '']),
    ),
  );
  const head = [words.scenario, words.promised, words.result];
  return section(
    page,
    'grid',
    words.grid,
    words.gridIntro,
    html`<table class="grid"><thead><tr>${head.map((one) => html`<th scope="col">${voice.say(one)}</th>`)}</tr></thead>${contract.apis.map(
      (api) =>
        html`<tbody><tr><th colspan="3" scope="rowgroup"><a href="#page-${api.id}" lang="${langOf(api.name)}" translate="no">${api.name}</a></th></tr>${(
          byApi.get(api.id) ?? []
        ).map((row) =>
          gridRow(page, row, titles, messages),
        )}${otherAnswers(page, byApi.get(api.id) ?? [])}</tbody>`,
    )}</table>`,
  );
}

function gridRow(
  page: Page,
  row: GridRow,
  titles: ReadonlyMap<string, string>,
  messages: ReadonlyMap<string, string>,
): Html | undefined {
  const { voice } = page;
  if (row.scenario === null || row.standing === null) return undefined;
  const title = titles.get(row.scenario) ?? '';
  const message = messages.get(`${row.api} ${row.code}`) ?? '';
  const came = row.observed ? words.asPromised : row.tested ? words.otherwise : words.notSeen;
  return html`<tr><th scope="row"><span lang="${langOf(title)}" translate="no">${title}</span><br><span class="dim">${code(row.scenario)}</span></th><td>${statusAndCode(page, row)}<br><span class="dim msg" lang="${langOf(message)}" translate="no">${message}</span></td><td>${chip(page, gridStates[row.standing], standingWords[row.standing])}<br><span class="dim msg">${voice.say(came)}</span></td></tr>`;
}

/** What came besides, to requests that no page has prepared. */
function otherAnswers(page: Page, rows: readonly GridRow[]): Html | undefined {
  const others = rows.filter(({ scenario }) => scenario === null);
  if (others.length === 0) return undefined;
  return html`<tr><th scope="row">${page.voice.say(words.notOnPage)}</th><td colspan="2"><ul class="codes">${others.map(
    (row) => html`<li>${statusAndCode(page, row)} <span class="dim">×${row.cases}</span></li>`,
  )}</ul></td></tr>`;
}

function statusAndCode({ voice }: Page, row: GridRow): Html {
  return html`<span class="nowrap">${code(String(row.status))} ${row.code === '' ? voice.say(words.noCode) : code(row.code)}</span>`;
}

const clauseStates: Readonly<Record<ClauseStanding, LineState>> = {
  violates: 'broken',
  waived: 'waived',
  warns: 'warned',
  'not-exercised': 'not-shown',
  'not-testable': 'not-shown',
  untested: 'not-shown',
  conforms: 'kept',
};

/** Every clause by what the run shows of it; what is open first. */
export function clausesSection(page: Page): Html {
  const { contract, coverage } = page;
  const order: readonly ClauseStanding[] = [
    ...clauseStandings.filter((one) => one !== 'conforms'),
    'conforms',
  ];
  const promises = coverage.filter(({ clause }) => clause.subject !== 'robustness');
  return section(
    page,
    'clauses',
    words.clauses,
    words.clausesIntro,
    order.map((standing) => {
      const own = promises.filter((one) => one.standing === standing);
      if (own.length === 0) return undefined;
      const lists = contract.apis.map(({ id, name }) => {
        const some = own.filter(({ clause }) => clause.api === id);
        return some.length === 0
          ? undefined
          : html`<h4 lang="${langOf(name)}" translate="no">${name}</h4><ul class="promises">${some.map((one) => html`<li>${standing === 'conforms' ? briefly(page, one) : fully(page, one)}</li>`)}</ul>`;
      });
      return folded(
        html`<h3>${chip(page, clauseStates[standing], clauseWordsOf[standing])} ${own.length}</h3>`,
        lists,
      );
    }),
    unseenValues(page),
  );
}

function fully(page: Page, coverage: ClauseCoverage): Html {
  return html`${promise(page, coverage)}${citation(page, coverage.clause.api, coverage.clause.source)}`;
}

/** What was kept stands with its evidence on its page already. */
function briefly(page: Page, { clause, kept }: ClauseCoverage): Html {
  return html`<p>${sentenceOf(page, clause.id)} <span class="dim">${code(clause.id)} · ${page.voice.say(counted.keptIn(kept))}</span></p>`;
}

function unseenValues(page: Page): Html | undefined {
  const lists = page.coverage.flatMap(({ clause, values }) => {
    if (!values || values.seen.length === 0 || values.seen.length === values.documented.length) return [];
    const unseen = values.documented.filter((value) => !values.seen.includes(value));
    return [
      html`<li>${code(clause.id)}: ${unseen.map((value, index) => html`${index > 0 ? ', ' : ''}${code(value)}`)}</li>`,
    ];
  });
  if (lists.length === 0) return undefined;
  return folded(
    html`<h3>${page.voice.say(words.enumSeen)} ${lists.length}</h3>`,
    html`<ul class="plain">${lists}</ul>`,
  );
}

/** Where the documents are open, and which way the target goes. */
export function interpretationsSection(page: Page, korean: ReadonlyMap<string, string>): Html {
  const { voice, ledger, contract } = page;
  const seen = interpretationsSeen(ledger.cases, contract);
  const told = (id: string, en: string): Html => {
    const ko = korean.get(id);
    return ko === undefined ? verbatim(en) : voice.say({ en, ko });
  };
  const texts = new Map(contract.ambiguities.map(({ id, text }) => [id, text]));
  const head: readonly Told[] = [words.ambiguity, words.follows, words.seenIn];
  return section(
    page,
    'interpretations',
    words.interpretations,
    words.interpretationsIntro,
    seen.length === 0
      ? html`<p>${voice.say(words.noInterpretations)}</p>`
      : html`<table class="stack"><thead><tr>${head.map((one) => html`<th scope="col">${voice.say(one)}</th>`)}</tr></thead><tbody>${seen.map(
          ({ ambiguity, interpretation, text, cases }) =>
            html`<tr><th scope="row">${told(ambiguity, texts.get(ambiguity) ?? '')}</th><td>${told(`${ambiguity}.${interpretation}`, text)}<br><span class="dim">${code(`${ambiguity}.${interpretation}`)}</span></td><td>${cases}</td></tr>`,
        )}</tbody></table>`,
  );
}

/** What the profile excuses; never green. */
export function waiversSection(page: Page): Html {
  const { voice, ledger, contract } = page;
  const standings = waiverStandings(ledger, contract);
  const row = (told: Told, value: Html) => html`<div><dt>${voice.say(told)}</dt><dd>${value}</dd></div>`;
  return section(
    page,
    'waivers',
    words.waivers,
    standings.length > 0 ? words.waiversIntro : undefined,
    standings.length === 0
      ? html`<p>${voice.say(words.noWaivers)}</p>`
      : html`<ul class="groups">${standings.map(
          ({ waiver, state, why, cases }) =>
            html`<li><p>${chip(page, state === 'used' ? 'waived' : state === 'undecided' ? 'not-shown' : 'broken', waiverWords[state])} ${sentenceOf(page, waiver.clause)}</p><p class="dim">${code(waiver.clause)}</p>${
              why === '' ? undefined : html`<p class="said">${verbatim(why)}</p>`
            }<dl class="rows">${row(words.reason, verbatim(waiver.reason))}${row(words.owner, verbatim(waiver.owner))}${row(words.until, code(waiver.expires))}${row(words.observed, verbatim(observedText(waiver.observed)))}${row(words.seenIn, html`${cases.length}`)}${row(words.writtenAt, code(waiver.at))}</dl></li>`,
        )}</ul>`,
  );
}

/** What a good server does besides: apart from everything else. */
export function robustnessSection(page: Page, causes: readonly Cause[]): Html {
  const { voice, ledger } = page;
  const warnings = causes.filter(({ outcome }) => outcome === 'warns');
  const judged = ledger.cases.some(
    ({ kind, outcome }) => kind === 'robustness' && (outcome === 'conforms' || outcome === 'warns'),
  );
  return section(
    page,
    'robustness',
    words.robustness,
    words.robustnessIntro,
    warnings.length > 0
      ? html`<ol class="causes">${warnings.map((one) => html`<li>${causeCard(page, one)}</li>`)}</ol>`
      : html`<p>${voice.say(judged ? words.robust : words.noRobustness)}</p>`,
  );
}
