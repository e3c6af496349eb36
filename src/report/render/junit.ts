import type { Contract } from '../../contract/model.ts';
import { waivedText } from '../../engine/waive.ts';
import { reasonOf } from '../../judge/evidence.ts';
import type { Outcome } from '../../judge/finding.ts';
import { brief } from '../../printable.ts';
import type { CaseRecord, LedgerHeader } from '../../record/record.ts';
import { brokenBy, brokenText, causesOf } from '../causes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { fails, waiverStandings } from '../waivers.ts';
import { failureMessage } from './failure.ts';
import { targetName } from './repeat.ts';
import { element, textNode, type XmlNode, xmlDocument } from './xml.ts';

/**
 * JUnit XML of a run: a suite for each API, a test for each case. A broken promise is a `failure` whose type is its
 * clause, a case without a judgement an `error`, one that the target can't serve `skipped`. A waived one passes, and its
 * output says why; a waiver that fails the run is a `failure` of its own.
 */
export function junitXml(ledger: Ledger, contract: Contract): string {
  const { header, cases, footer } = ledger;
  const suites = contract.apis.flatMap((api) => {
    const own = cases.filter((record) => record.api === api.id);
    return own.length === 0 ? [] : [{ name: api.id, cases: own }];
  });
  // Trouble of the run itself must be seen by whoever reads nothing but this file.
  const troubles = footer.problems.map((problem, index) =>
    element('testcase', { name: `trouble ${index + 1}`, classname: 'run', time: '0' }, [
      element('error', { message: problem, type: 'harness-error' }, [textNode(brief(problem))]),
    ]),
  );
  const waivers = waiverStandings(ledger, contract)
    .filter(fails)
    .map(({ waiver: { at, clause, reason, owner }, state, why }) =>
      element('testcase', { name: `waiver ${at}`, classname: 'run', time: '0' }, [
        element('failure', { message: `${clause}: ${why}`, type: `waiver-${state}` }, [
          textNode(`${clause}: ${brief(why)}\nreason: ${brief(reason)}\nowner: ${brief(owner)}`),
        ]),
      ]),
    );
  const ofTheRun = [...troubles, ...waivers];
  const children = [
    ...suites.map(({ name, cases: own }) => suite(name, own, header, contract)),
    ...(ofTheRun.length > 0
      ? [
          element(
            'testsuite',
            {
              name: 'run',
              tests: ofTheRun.length,
              failures: waivers.length,
              errors: troubles.length,
              skipped: 0,
              time: '0',
            },
            [properties(header), ...ofTheRun],
          ),
        ]
      : []),
  ];
  const broken = brokenBy(causesOf(cases, contract));
  const attributes = {
    name: `Konaplate conformance: ${footer.verdict}${broken.causes === 0 ? '' : `, ${brokenText(broken)}`}, target ${targetName(header.target) ?? '(unnamed)'}`,
    ...totals(cases, troubles.length, waivers.length),
    time: seconds(cases),
  };
  return xmlDocument(element('testsuites', attributes, children));
}

function suite(
  name: string,
  cases: readonly CaseRecord[],
  header: LedgerHeader,
  contract: Contract,
): XmlNode {
  const attributes = { name, ...totals(cases), time: seconds(cases), timestamp: header.startedAt };
  return element('testsuite', attributes, [
    properties(header),
    ...cases.map((record) => testcase(record, header, contract)),
  ]);
}

/** In each suite: readers of JUnit XML look for properties nowhere else. */
function properties({ runId, notes = [] }: LedgerHeader): XmlNode {
  const each = [{ name: 'runId', value: runId }, ...notes.map((value) => ({ name: 'note', value }))];
  return element(
    'properties',
    {},
    each.map((property) => element('property', property, [])),
  );
}

const kinds: Readonly<Record<Outcome, 'passed' | 'failure' | 'error' | 'skipped'>> = {
  conforms: 'passed',
  waived: 'passed',
  warns: 'passed',
  'not-exercised': 'skipped',
  'not-testable': 'skipped',
  'setup-error': 'error',
  'target-error': 'error',
  'harness-error': 'error',
  violates: 'failure',
};

function totals(cases: readonly CaseRecord[], troubles = 0, waivers = 0): Readonly<Record<string, number>> {
  const count = (kind: 'failure' | 'error' | 'skipped') =>
    cases.filter(({ outcome }) => kinds[outcome] === kind).length;
  return {
    tests: cases.length + troubles + waivers,
    failures: count('failure') + waivers,
    errors: count('error') + troubles,
    skipped: count('skipped'),
  };
}

function testcase(record: CaseRecord, { waivers = [] }: LedgerHeader, contract: Contract): XmlNode {
  const attributes = { name: record.id, classname: record.api, time: seconds([record]) };
  const kind = kinds[record.outcome];
  const waived = record.findings.flatMap((finding) => {
    const waiver = waivers[finding.waiver ?? -1];
    return waiver
      ? [
          `${brief(`${waivedText(waiver)}: ${waiver.reason}`)}\n${finding.clause}, ${brief(reasonOf([finding]))}`,
        ]
      : [];
  });
  const output =
    waived.length === 0 ? [] : [element('system-out', {}, [textNode([...new Set(waived)].join('\n'))])];
  if (kind === 'passed') return element('testcase', attributes, output);
  if (kind === 'skipped')
    return element('testcase', attributes, [element('skipped', { message: record.reason })]);
  const [first] = record.findings.filter(({ outcome }) => outcome === 'violates');
  const type = kind === 'failure' && first ? first.clause : record.outcome;
  return element('testcase', attributes, [
    element(kind, { message: record.reason, type }, [textNode(failureMessage(record, contract))]),
    ...output,
  ]);
}

function seconds(cases: readonly CaseRecord[]): string {
  return (cases.reduce((sum, { duration }) => sum + duration, 0) / 1000).toFixed(3);
}
