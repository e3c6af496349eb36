import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Contract } from '../../contract/model.ts';
import { brokenBy, causesOf } from '../causes.ts';
import { clauseCoverage } from '../coverage.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { annotatedPages, type PageText } from './annotated.ts';
import { annotatedSection } from './annotated-section.ts';
import { causesSection } from './causes-section.ts';
import { clauseWords } from './clause-words.ts';
import { EvidenceIndex } from './evidence.ts';
import { Html, html } from './html.ts';
import {
  clausesSection,
  gridSection,
  interpretationsSection,
  notJudgedSection,
  robustnessSection,
  waiversSection,
} from './lists-section.ts';
import type { Page } from './parts.ts';
import { shownTarget } from './parts.ts';
import { aboutSection, casesSection, repeatSection } from './run-section.ts';
import { type Told, Voice } from './told.ts';
import { verdictSection, verdictWords } from './verdict-section.ts';
import { words } from './words.ts';

/** What the page is made with besides the run. */
export interface PageContext {
  readonly contract: Contract;
  /** Clause id → why there is no case (`specs/untested.yaml`). */
  readonly untested?: ReadonlyMap<string, string>;
  /** The Korean of what the documents say in English (`specs/korean.yaml`), by the id of a clause or an interpretation. */
  readonly korean?: ReadonlyMap<string, string>;
  /** The captured text of documentation pages, by their number; of the others the cited lines are shown. */
  readonly texts?: ReadonlyMap<string, PageText>;
}

/**
 * `conformance.html`: a run as one file for persons. It asks for nothing outside of itself, and its policy lets it do
 * nothing but its own style and script.
 */
export function conformancePage(
  ledger: Ledger,
  { contract, untested = new Map(), korean = new Map(), texts = new Map() }: PageContext,
): string {
  const voice = new Voice();
  const coverage = clauseCoverage(ledger, contract, untested);
  const page: Page = {
    ledger,
    contract,
    coverage,
    evidence: new EvidenceIndex(ledger.cases),
    voice,
    clauseWords: clauseWords(contract, korean),
    shown: new Map(),
  };
  const causes = causesOf(ledger.cases, contract);
  const verdict = verdictWords(page, brokenBy(causes));
  const notJudged = notJudgedSection(page);
  const main = html`${verdictSection(page, verdict)}${causesSection(page, causes)}${notJudged}${annotatedSection(
    page,
    annotatedPages(coverage, contract, texts),
  )}${gridSection(page)}${clausesSection(page)}${interpretationsSection(page, korean)}${waiversSection(page)}${robustnessSection(page, causes)}${aboutSection(page)}${repeatSection(page)}${casesSection(page)}`;
  const contents: readonly (readonly [string, Told] | undefined)[] = [
    ['causes', words.causes],
    notJudged && ['not-judged', words.notJudged],
    ['pages', words.annotated],
    ['grid', words.grid],
    ['clauses', words.clauses],
    ['interpretations', words.interpretations],
    ['waivers', words.waivers],
    ['robustness', words.robustness],
    ['about', words.about],
    ['repeat', words.repeat],
    ['cases', words.cases],
  ];
  const nav = html`<nav${voice.label(words.contents)}><ul>${contents.map(
    (one) => one && html`<li><a href="#${one[0]}">${voice.say(one[1])}</a></li>`,
  )}</ul></nav>`;
  const top = html`<header class="top"><a class="skip" href="#main">${voice.say(words.skip)}</a><p class="brand" translate="no" lang="en">${ledger.header.tool.name}</p><p class="kind">${voice.say(words.title)}</p><div class="languages" role="group"${voice.label(words.language)} hidden><button type="button" data-lang="en" lang="en" translate="no" aria-pressed="true">English</button><button type="button" data-lang="ko" lang="ko" translate="no" aria-pressed="false">한국어</button></div></header>`;
  const title = {
    en: `${verdict.head.en}: ${shownTarget(ledger.header)}`,
    ko: `${verdict.head.ko}: ${shownTarget(ledger.header)}`,
  };
  const head = html`<title${voice.mark(title)}>${title.en}</title>`;
  // The sentences last, when all have been said.
  const body = html`<body>${top}<div class="frame">${nav}<main id="main" tabindex="-1">${main}</main></div><footer><p>${voice.say(words.end)} · <code translate="no">${ledger.header.runId}</code></p></footer><script type="application/json" id="words">${ownJson(voice.table)}</script><script>${Html.own(script)}</script></body>`;
  return `${
    html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer">${head}<style>${Html.own(style)}</style></head>${body}</html>`
      .markup
  }\n`;
}

const style = asset('style.css');
const script = asset('script.js');
const policy = `default-src 'none'; style-src '${digest(style)}'; script-src '${digest(script)}'; base-uri 'none'; form-action 'none'`;

function asset(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** JSON inside a script element, which ends at nothing that is in it. */
function ownJson(value: unknown): Html {
  return Html.own(
    JSON.stringify(value).replaceAll(
      /[<>&\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu,
      (mark) =>
        mark
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join(''),
    ),
  );
}
