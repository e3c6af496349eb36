import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { allCases } from '../../src/cases/all-cases.ts';
import type { Case } from '../../src/cases/case.ts';
import { contractFolders, loadContract } from '../../src/contract/load.ts';
import { checkPages } from '../../src/pages/check/check.ts';
import { loadDocuments } from '../../src/pages/check/documents.ts';
import { checkText } from '../../src/pages/check/text.ts';
import { caseAnnotations, sourceAttachment } from '../../src/report/allure/allure.ts';
import { captureOf, changed, documentsIn, WAYBILLS } from '../../tests/pages/fixtures.ts';
import type { Row, Seen } from '../row.ts';
import { root, type Tools } from '../tools.ts';

/** What may become of the documentation pages, of the words that are quoted of them, and of tests that need them. */
export const rows: readonly Row[] = [
  {
    id: 'suite/page-changes-a-condition',
    hostile:
      'A page says something else in the sentence under which a header may be left out; its place and all else stay.',
    expected: 'pages:check shows the quoted words and what stands there now, and is not clean.',
    run: (tools) =>
      checked(
        tools,
        changed(WAYBILLS, 'Excluding calls from a depot', 'Excluding calls from a harbour'),
        (text) => text,
        /quotes "Excluding calls from a depot"/,
      ),
  },
  {
    id: 'suite/quote-of-another-line',
    hostile: 'A curator quotes the line above the cited one.',
    expected: 'pages:check shows the quotation and the line, and is not clean.',
    run: (tools) =>
      checked(
        tools,
        WAYBILLS,
        (text) => text.replace('146: "Length : 12"', '146: Required'),
        /waybills\.txt:146 {2}Length : 12\n.*specs\/pages\.yaml:\d+:\d+ {2}quotes "Required"/,
      ),
  },
  {
    id: 'suite/source-opens-nothing',
    hostile: "The captured pages have no URL in them, and Allure drops links to files from a report's page.",
    expected:
      'Each scenario carries the quoted lines of its page as an attachment and no link; with a URL it has a link to it.',
    run: async () => opening(),
  },
  {
    id: 'suite/no-captured-pages',
    hostile: 'The captured pages, which are no part of the project, are not there when its tests run.',
    expected: 'Each test that needs them is skipped and counted, and no other one.',
    run: async (tools) => {
      const project = path.join(tools.folder(), 'project');
      for (const part of ['src', 'specs', 'openapi', 'tests', 'package.json']) {
        cpSync(path.join(root, part), path.join(project, part), { recursive: true });
      }
      symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
      return tests(
        tools,
        project,
        ['pages/shared', 'pages/placement'],
        /[1-9]\d* passed, 0 failed, 23 skipped/,
        0,
      );
    },
  },
  {
    id: 'suite/tests-that-nobody-counts',
    hostile: 'A suite of tests is skipped as a whole, another one fails before its first test.',
    expected: 'The last line counts both, and the tests fail.',
    run: async (tools) => {
      const project = tools.folder();
      mkdirSync(path.join(project, 'tests'));
      for (const file of ['tests/run.ts', 'package.json']) {
        cpSync(path.join(root, file), path.join(project, file));
      }
      // The documents that the tests share: these need none.
      writeFileSync(path.join(project, 'tests/project.ts'), 'export {};\n');
      writeFileSync(
        path.join(project, 'tests/invented.test.ts'),
        `import { describe, test } from 'node:test';
         test('good', () => {});
         describe('skipped', { skip: true }, () => test('never', () => {}));
         describe('broken', () => { throw new Error('before its first test'); });`,
      );
      return tests(tools, project, [], /1 passed, 1 failed, 1 skipped/, 1);
    },
  },
];

/** Holds the invented page against the invented documents, of which `specs/pages.yaml` is edited. */
async function checked(
  tools: Tools,
  page: string,
  edit: (text: string) => string,
  expected: RegExp,
): Promise<Seen> {
  const documents = loadDocuments(
    contractFolders(
      await documentsIn(tools.folder(), (text, name) => (name === 'specs/pages.yaml' ? edit(text) : text)),
    ),
  );
  const check = checkPages([captureOf(page)], documents, true);
  const text = checkText(check);
  return {
    happened: text.split('\n').at(-1) ?? '',
    exitCode: null,
    wrote: 'nothing',
    problems: [
      ...(check.clean ? ['the check is clean'] : []),
      ...(expected.test(text) ? [] : [`${expected} is not in: ${text}`]),
    ],
  };
}

function opening(): Seen {
  const contract = loadContract(contractFolders(root));
  const nothing = { testData: new Map(), notTestable: new Map(), acceptsOnlyPreparedData: true };
  const scenarios = allCases(contract, nothing, 1).filter(({ kind }) => kind === 'scenario');
  const links = (one: Case) => caseAnnotations(one).filter(({ description }) => /"url":/.test(description));
  const bare = scenarios.filter(
    (one) => !/\nline \d+: "\S/.test(sourceAttachment(one, contract)?.body ?? ''),
  );
  const linked = scenarios.filter((one) => links(one).length > 0);
  const unlinked = scenarios.filter((one) => {
    const url = 'https://pages.invalid/one';
    const known = links(withAddress(one, url));
    return known.length !== 1 || !known[0]?.description.includes(url);
  });
  return {
    happened: `${scenarios.length} scenarios, ${scenarios.length - bare.length} with the quoted lines attached`,
    exitCode: null,
    wrote: 'nothing',
    problems: [
      ...(scenarios.length === 0 ? ['there is no scenario'] : []),
      ...bare.map(({ id }) => `${id} has no quoted lines`),
      ...linked.map(({ id }) => `${id} has a link although no URL is known`),
      ...unlinked.map(({ id }) => `${id} has no link to the URL of its page`),
    ],
  };
}

function withAddress(one: Case, address: string): Case {
  const { expectation } = one;
  if (expectation.kind !== 'outcome') return one;
  const { scenario } = expectation;
  const source = { ...scenario.source, address };
  return { ...one, expectation: { ...expectation, scenario: { ...scenario, source } } };
}

async function tests(
  tools: Tools,
  project: string,
  files: readonly string[],
  expected: RegExp,
  exitCode: number,
): Promise<Seen> {
  const ended = await tools.command(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), 'tests/run.ts', ...files],
    { cwd: project },
  );
  const last = ended.stdout.trimEnd().split('\n').at(-1) ?? '';
  return {
    happened: last,
    exitCode: ended.exitCode,
    wrote: 'nothing',
    problems: [
      ...(expected.test(last) ? [] : [`expected ${expected}`]),
      ...(ended.exitCode === exitCode ? [] : [`exit code ${ended.exitCode}, expected ${exitCode}`]),
    ],
  };
}
