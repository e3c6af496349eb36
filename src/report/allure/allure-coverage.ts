import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { printable } from '../../printable.ts';
import { brokenText } from '../causes.ts';
import { writeWhole } from '../ledger/storage.ts';
import type { ConformanceReport } from '../render/conformance.ts';
import { csv } from '../render/csv.ts';
import { sourceText } from '../render/source.ts';
import { fails, observedText } from '../waivers.ts';

/**
 * Adds the run's id, its causes, what it shows of every clause, the grid API × code × scenario and the waivers to the
 * results that Allure makes its page of: as attachments of the run, not of any case; broken promises and waivers that
 * fail the run as its errors, a cause each. Without such results there is nothing to add to.
 *
 * @param resultsDir the folder `allure-results`
 */
export function writeAllureCoverage(
  resultsDir: string,
  {
    broken,
    causes,
    clauses,
    grid,
    waivers,
    notes,
    finishedAt,
    runId,
  }: Pick<
    ConformanceReport,
    'broken' | 'causes' | 'clauses' | 'grid' | 'waivers' | 'notes' | 'finishedAt' | 'runId'
  >,
): void {
  if (!existsSync(resultsDir)) return;
  const perApi = csv(
    ['API', 'conform', 'violated', 'warned', 'waived', 'not exercised', 'not testable', 'untested'],
    clauses.apis.map((one) => [
      one.api,
      one.conforms,
      one.violates,
      one.warns,
      one.waived,
      one['not-exercised'],
      one['not-testable'],
      one.untested,
    ]),
  );
  const each = csv(
    [
      'Clause',
      'Level',
      'Standing',
      'Kept in',
      'Broken in',
      'Promise',
      'Source',
      'Why not, or values that came',
    ],
    clauses.list.map(({ id, level, standing, kept, broken, sentence, source, reason, values }) => [
      id,
      level,
      standing,
      kept,
      broken,
      sentence,
      sourceText(source),
      reason !== '' || !values
        ? reason
        : `${values.seen.length} of ${values.documented.length}: ${values.seen.join(' ')}`,
    ]),
  );
  const cells = csv(
    ['API', 'Status', 'Code', 'Scenario', 'Documented', 'Tested', 'Observed', 'Standing', 'Cases'],
    grid.map((row) => [
      row.api,
      row.status,
      row.code,
      row.scenario,
      row.documented,
      row.tested,
      row.observed,
      row.standing,
      row.cases,
    ]),
  );
  const known = csv(
    ['Clause', 'State', 'Why', 'Observed', 'Findings', 'Cases', 'Reason', 'Owner', 'Expires', 'Written at'],
    waivers.map(({ clause, state, why, observed, findings, cases, reason, owner, expires, at }) => [
      clause,
      state,
      why,
      observedText(observed),
      findings,
      cases.length,
      reason,
      owner,
      expires,
      at,
    ]),
  );
  const reasons = csv(
    [
      'Cause',
      'Counts as',
      'What is wrong',
      'Mend',
      'Findings',
      'Answers',
      'Cases',
      'Blocks',
      'APIs',
      'Clauses',
      'Source',
    ],
    causes.map((one) => [
      one.id,
      one.outcome,
      one.sentence,
      one.mend,
      one.findings,
      one.answers,
      one.cases.length,
      one.blocks,
      one.apis.join(' '),
      one.clauses.join(' '),
      sourceText(one.source),
    ]),
  );
  const wrong = causes
    .filter(({ outcome }) => outcome === 'violates')
    .map(({ id, sentence, mend, answers, cases }) => ({
      message: printable(`${sentence} ${mend} (${id}: ${answers} answers in ${cases.length} cases)`),
    }));
  const failing = waivers.filter(fails).map(({ at, clause, why, owner }) => ({
    message: printable(`Waiver ${at} (${owner}) of ${clause}: ${why}`),
  }));
  const errors = [...wrong, ...failing];
  const attachments = [
    ...(causes.length === 0 ? [] : [{ name: 'Causes', text: reasons }]),
    { name: 'Clauses by API', text: perApi },
    { name: 'Every clause', text: each },
    { name: 'API, code and scenario', text: cells },
    ...(waivers.length === 0 ? [] : [{ name: 'Waivers', text: known }]),
    ...(notes.length === 0
      ? []
      : [
          {
            name: 'Notes',
            text: csv(
              ['Note'],
              notes.map((note) => [note]),
            ),
          },
        ]),
  ].map(({ name, text }) => {
    const source = `${randomUUID()}-attachment.csv`;
    writeWhole(path.join(resultsDir, source), text);
    return { name, type: 'text/csv', source, timestamp: Date.parse(finishedAt) };
  });
  writeWhole(
    path.join(resultsDir, 'environment.properties'),
    `Run\\ id = ${runId}\nBroken = ${brokenText(broken)}\n`,
  );
  writeWhole(path.join(resultsDir, `${randomUUID()}-globals.json`), JSON.stringify({ attachments, errors }));
}
