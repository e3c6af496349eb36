import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Frame } from '@playwright/test';
import type { TestResult } from '@playwright/test/reporter';
import { parse } from 'csv-parse/sync';
import { SaxesParser } from 'saxes';
import { csv } from '../../src/report/render/csv.ts';
import { failureMessage } from '../../src/report/render/failure.ts';
import { junitXml } from '../../src/report/render/junit.ts';
import { columnsOf } from '../../src/report/render/layout.ts';
import { Progress } from '../../src/report/render/progress.ts';
import { summary } from '../../src/report/render/summary.ts';
import { launchChromium } from '../../tests/report/browser.ts';
import { harmIn, hostileLedger, hostilePieces } from '../../tests/report/hostile-text.ts';
import { brokenRecord, contract, sampleLedger } from '../../tests/report/samples.ts';
import type { Row, Seen } from '../row.ts';
import { root, runIn, type Tools } from '../tools.ts';

const tsx = import.meta.resolve('tsx');
const conformance = ['--import', tsx, path.join(root, 'src/cli/conformance.ts')];

/** Pieces whose names begin so, one behind the other. */
function pieces(...names: readonly string[]): string {
  const chosen = Object.entries(hostilePieces).filter(([name]) => names.some((one) => name.startsWith(one)));
  if (chosen.length < names.length) throw new Error(`no such pieces: ${names.join(', ')}`);
  return chosen.map(([, piece]) => piece).join(' ');
}

function shown(text: string, columns?: number): string {
  return summary(hostileLedger(text), contract, { color: false, columns, reports: [] });
}

function lineWith(output: string, pattern: RegExp): string {
  return (
    output
      .split('\n')
      .find((line) => pattern.test(line))
      ?.trim() ?? '(no such line)'
  );
}

/** A row that calls the renderers of terminal and failure messages. */
function renders(id: `text/${string}`, hostile: string, text: string, sign: RegExp): Row {
  return {
    id,
    hostile: `${hostile}, in every field of a run's record`,
    expected: 'it is written out, in the terminal of any width and in the messages of tests',
    run: async () => {
      const outputs = [
        shown(text),
        shown(text, 60),
        ...hostileLedger(text).cases.map((record) => failureMessage(record, contract)),
      ];
      const line = lineWith(outputs.join('\n'), sign);
      return {
        happened: `"${line.slice(0, 100)}"`,
        exitCode: null,
        wrote: '',
        problems: [
          ...new Set(outputs.flatMap(harmIn)),
          ...(sign.test(line) ? [] : ['it is not shown at all']),
        ],
      };
    },
  };
}

/** A row that runs the command with arguments that are refused. */
function refuses(
  id: `text/${string}`,
  hostile: string,
  argumentsFor: (tools: Tools) => readonly string[],
  sign: RegExp,
): Row {
  return {
    id,
    hostile,
    expected: 'it is refused and quoted harmlessly, exit code 2',
    run: async (tools) => {
      const reports = path.join(tools.folder(), 'reports');
      const { exitCode, stdout, stderr } = await tools.command(process.execPath, [
        ...conformance,
        '--reports',
        reports,
        ...argumentsFor(tools),
      ]);
      return {
        happened: `"${lineWith(stderr, sign).slice(0, 160)}"`,
        exitCode,
        wrote: 'nothing',
        problems: [
          ...harmIn(stdout + stderr),
          ...(exitCode === 2 ? [] : [`exit code ${exitCode}: ${stderr.slice(0, 500)}`]),
          ...(sign.test(stderr) ? [] : [`not told: ${stderr.slice(0, 500)}`]),
        ],
      };
    },
  };
}

const inArgument = 'x\n::error::y \u001b[2J##vso[task.complete]\u202e';

/** A profile of its own for a target at an address. */
async function profileFor(tools: Tools, url: string, more = ''): Promise<string> {
  const sandbox = await tools.sandbox();
  const yaml = readFileSync(sandbox.profilePath, 'utf8')
    .replace(/^baseUrl:.*$/m, `baseUrl: ${url}`)
    .replaceAll('./', `${path.dirname(sandbox.profilePath)}/`);
  return tools.file('profile.yaml', `${yaml}\n${more}`);
}

const allCommands = pieces('GitHub', 'Azure', 'TeamCity', 'GitLab', 'Travis');
const markup = pieces('script', 'end of', 'Markdown');

export const rows: readonly Row[] = [
  renders(
    'text/terminal-sequences',
    'Colours, a cleared screen, a link and the clipboard of a terminal, backspaces and bare carriage returns',
    pieces('color', 'cleared', 'hyperlink', 'clipboard', 'C1', 'bare', 'backspaces'),
    /\\x1b\[31m/,
  ),
  renders(
    'text/invisible',
    'Bidirectional overrides, characters without width, tag characters, halves of pairs, piled marks',
    pieces('bidi', 'zero', 'tag', 'half', 'no characters', 'piled'),
    /\\u202e/,
  ),
  renders(
    'text/ci-commands',
    'Commands of GitHub, Azure, TeamCity, GitLab and Travis',
    allCommands,
    /\\x23vso\[/,
  ),
  {
    id: 'text/ci-command-after-wrap',
    hostile: 'A message that our own wrapping breaks right before "::error", at a space and within a word',
    expected: 'no line begins with it, however wide the terminal is',
    run: async () => {
      const problems = new Set<string>();
      let line = '';
      for (let columns = 40; columns <= 110; columns += 1) {
        for (const text of [
          `${'x'.repeat(columns - 14)}::error::y`,
          `${'y '.repeat(60)}::error::y `.repeat(3),
        ]) {
          const output = shown(text, columns);
          for (const harm of harmIn(output)) problems.add(harm);
          line = lineWith(output, /^\s*\\x3a:error/) || line;
        }
      }
      return { happened: `"${line}"`, exitCode: null, wrote: '', problems: [...problems] };
    },
  },
  {
    id: 'text/narrow-terminal',
    hostile: 'Korean, emoji and words of 300 letters in a terminal of 60 columns',
    expected: 'no line is wider, but for commands that are to be copied',
    run: async () => {
      const output = shown(pieces('long', 'emoji'), 60);
      const tooWide = output
        .split('\n')
        .filter((line) => columnsOf(line) > 60 && !line.startsWith('    repeat'));
      const widest = Math.max(
        ...output
          .split('\n')
          .filter((line) => !line.startsWith('    repeat'))
          .map(columnsOf),
      );
      return {
        happened: `the widest line has ${widest} columns`,
        exitCode: null,
        wrote: '',
        problems: tooWide.slice(0, 3).map((line) => `${columnsOf(line)} columns: ${line}`),
      };
    },
  },
  {
    id: 'text/endless',
    hostile: 'A text of a million Korean letters without a space, in every field',
    expected: 'its beginning is told, with its length',
    run: async () => {
      const text = '회'.repeat(1_000_000);
      const output = shown(text);
      const xml = junitXml(hostileLedger(text), contract);
      const told = /… \(cut, \d+ characters in all\)/.exec(output)?.[0] ?? '(not cut)';
      return {
        happened: `"${told}", ${Math.round(output.length / 1000)} kB in the terminal, ${Math.round(xml.length / 1000)} kB of JUnit`,
        exitCode: null,
        wrote: '',
        problems:
          output.length > 200_000 || xml.length > 200_000 ? ['a text of a megabyte floods the reports'] : [],
      };
    },
  },
  {
    id: 'text/many-findings',
    hostile: 'A case with 10,000 findings',
    expected: 'some of them are told, with how many more there are',
    run: async () => {
      const record = brokenRecord('account-info/succeeded');
      const [finding] = record.findings;
      const findings = Array.from({ length: 10_000 }, (_, place) => ({
        ...finding,
        place: `/response/${place}`,
      }));
      const ledger = sampleLedger([
        brokenRecord('account-info/succeeded', { findings } as Partial<typeof record>),
      ]);
      const output = summary(ledger, contract, { color: false, reports: [] });
      return {
        happened: `"${lineWith(output, /… and/)}"`,
        exitCode: null,
        wrote: '',
        problems:
          output.split('\n').length > 300 ? [`${output.split('\n').length} lines in the terminal`] : [],
      };
    },
  },
  {
    id: 'text/progress',
    hostile: 'Commands and control sequences in what a test says while the run goes on',
    expected: 'each line of the progress is harmless, in a terminal and in a log',
    run: async () => {
      const text = `${allCommands}\n::error::x\r\u001b[2J`;
      const harm = [false, true].flatMap((isTTY) => {
        const written: string[] = [];
        const out = Object.assign(Object.create(process.stdout), {
          isTTY,
          columns: 80,
          write: (chunk: string) => written.push(chunk) > 0,
        });
        const progress = new Progress(out, 3);
        progress.begins(text);
        for (const status of ['passed', 'failed', 'skipped'] satisfies TestResult['status'][])
          progress.ended(text, status, text);
        progress.line(text);
        progress.done();
        return harmIn(written.join('').replaceAll('\r\u001b[2K', '\n'));
      });
      return {
        happened: harm.length === 0 ? 'written out' : 'shown raw',
        exitCode: null,
        wrote: '',
        problems: harm,
      };
    },
  },
  {
    id: 'text/junit',
    hostile:
      'XML control characters, the end of a CDATA section, entities, colours and markup in a run’s record',
    expected: 'JUnit that a strict parser reads, with the text in it as text',
    run: async () => {
      const text = Object.values(hostilePieces).join(' ');
      const xml = junitXml(hostileLedger(text), contract);
      const problems = [...harmIn(xml)];
      const names = new Set<string>();
      let tests = 0;
      const parser = new SaxesParser();
      parser.on('error', (error) => problems.push(error.message));
      parser.on('opentag', ({ name }) => {
        names.add(name);
        if (name === 'testcase') tests += 1;
      });
      parser.write(xml).close();
      const foreign = [...names].filter(
        (name) =>
          !/^(?:testsuites?|properties|property|testcase|failure|error|skipped|system-out)$/.test(name),
      );
      return {
        happened: `${tests} tests were read, elements ${[...names].join(', ')}`,
        exitCode: null,
        wrote: '',
        problems: [...problems, ...foreign.map((name) => `an element <${name}> of the text`)],
      };
    },
  },
  {
    id: 'text/csv',
    hostile: 'Formulas in cells: at once, behind spaces, tabs and quotes, of full width, behind line breaks',
    expected: 'each cell comes back through a parser as one cell of text, none begins as a formula',
    run: async () => {
      const cells = Object.values(hostilePieces);
      const read: string[][] = parse(
        csv(
          ['text', 'again'],
          cells.map((text) => [text, text]),
        ),
      );
      const formulas = read
        .flat()
        .flatMap((cell) => cell.split(/[;\t\r\n]/))
        .filter((cell) => /^[\s"]*[=+\-@＝＋－＠]/.test(cell));
      return {
        happened: `${read.length - 1} rows of ${read[1]?.length} cells; one of them "${read.flat().find((cell) => cell.includes('HYPERLINK')) ?? ''}"`,
        exitCode: null,
        wrote: '',
        problems: [
          ...formulas.map((cell) => `a formula: ${cell}`),
          ...(read.length === cells.length + 1 ? [] : [`${read.length - 1} rows of ${cells.length}`]),
        ],
      };
    },
  },
  refuses(
    'text/argument',
    'A line break, "::error", a cleared screen and an Azure command in an argument',
    () => ['--case', inArgument],
    /no case/,
  ),
  refuses(
    'text/option',
    'The same in the name of an option that is not there',
    () => [`--${inArgument}`],
    /unknown option/,
  ),
  refuses(
    'text/file-name',
    'The same in the name of a profile that is not there',
    () => ['--target', `./${inArgument}.yaml`],
    /there is no|not there|not found|no such|no file|ENOENT/i,
  ),
  refuses(
    'text/profile',
    'The same in keys and values of a profile that are wrong',
    (tools) => [
      '--target',
      tools.file(
        'profile.yaml',
        `name: ${JSON.stringify(inArgument)}\nbaseUrl: ${JSON.stringify(inArgument)}\n${JSON.stringify(inArgument)}: 1\n`,
      ),
    ],
    /baseUrl/,
  ),
  {
    id: 'text/page-capture',
    hostile: 'Commands and control sequences in a new capture of a page that is held against the old one',
    expected: 'the differences are told harmlessly, as text and as JSON',
    run: async (tools) => {
      const old = path.join(root, 'tests/pages/captures/card-search.txt');
      const words = `${allCommands} ${pieces('color', 'bidi', 'zero')}`.replaceAll(/[\r\n]/g, ' ');
      const page = tools.file(
        'card-search.txt',
        readFileSync(old, 'utf8')
          .replace('X-KM-User-AspId', `X-${words}`)
          .replace('Success.', `::error:: ${words}`)
          .replaceAll("A value can't be used", `::error::${words}`),
      );
      const problems: string[] = [];
      const said: string[] = [];
      let code: number | null = null;
      for (const more of [[], ['--json']]) {
        const { exitCode, stdout, stderr } = await tools.command(process.execPath, [
          '--import',
          tsx,
          path.join(root, 'src/cli/pages-diff.ts'),
          old,
          page,
          ...more,
        ]);
        said.push(stdout + stderr);
        code = exitCode;
        problems.push(...harmIn(stdout + stderr));
      }
      return {
        happened: `"${
          said
            .join('\n')
            .split('\n')
            .find((line) => line.includes('\\x'))
            ?.trim()
            .slice(0, 120) ?? lineWith(said.join(''), /./)
        }"`,
        exitCode: code,
        wrote: 'nothing',
        problems,
      };
    },
  },
  {
    id: 'text/raw-headers',
    hostile: 'A target whose status line and headers hold C1 controls and CI commands',
    expected: 'the run ends with a verdict, terminal and JUnit are harmless',
    run: async (tools) => {
      const head = `HTTP/1.1 400 \u009b2J::error::x ##vso[task.complete]\r\nX-\u009b: a\r\nX-B: \u009b31m##[error]x\u0085\r\nContent-Type: text/html; ::error\r\n`;
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.on('data', () => {
          socket.end(Buffer.from(`${head}Content-Length: 2\r\nConnection: close\r\n\r\nno`, 'latin1'));
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      tools.after(() => void server.close());
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      return wholeRun(tools, `http://127.0.0.1:${port}/open-api`, []);
    },
  },
  {
    id: 'text/page',
    hostile:
      'A target that sends scripts, markup, links, commands and overrides in codes, messages and fields, and a waiver whose reason holds Markdown and HTML',
    expected:
      'in a browser the page shows them as text: no script ran, no link or heading of theirs is there, nobody was asked',
    slow: true,
    run: async (tools) => {
      const body = JSON.stringify({
        code: `000_000${hostilePieces.script}`,
        [hostilePieces.script ?? '']: hostilePieces.script,
        description: `${markup} ${allCommands} ${pieces('bidi', 'color', 'C1')}`,
        response: { code: '000_000', description: `${markup}${pieces('bidi')}` },
      });
      const target = await tools.target((_, response) => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'x-note': markup.replaceAll(/[\r\n]/g, ' '),
        });
        response.end(body);
      });
      const clause = 'account-info.code.000_000.message';
      const waivers = `waivers:\n  - clause: ${clause}\n    observed: { status: 200 }\n    reason: ${JSON.stringify(`waived for now ${markup} ${allCommands}`)}\n    owner: ${JSON.stringify(hostilePieces['Markdown link'])}\n    expires: 2099-12-31\n`;
      return wholeRun(tools, `${target.url}/open-api`, ['page'], waivers);
    },
  },
];

/** One case against a target, and what its terminal, its JUnit and, when asked, its page in a browser show. */
async function wholeRun(tools: Tools, url: string, [page]: readonly 'page'[], more = ''): Promise<Seen> {
  const profile = await profileFor(tools, url, more);
  const reports = path.join(tools.folder(), 'reports');
  const { exitCode, stdout, stderr } = await tools.command(process.execPath, [
    ...conformance,
    '--target',
    profile,
    '--reports',
    reports,
    '--case',
    'account-info/succeeded',
    ...(page ? [] : ['--no-page']),
  ]);
  const problems = harmIn(stdout + stderr);
  if (exitCode !== 1 && exitCode !== 3) {
    return {
      happened: stderr,
      exitCode,
      wrote: '',
      problems: [...problems, `exit code ${exitCode}: ${stderr}`],
    };
  }
  const run = runIn(reports);
  const xml = readFileSync(path.join(run, 'junit.xml'), 'utf8');
  const parser = new SaxesParser();
  const broken: string[] = [];
  parser.on('error', (error) => broken.push(`junit.xml: ${error.message}`));
  parser.write(xml).close();
  const inPage = page ? await pageHarm(path.join(run, 'report.html')) : [];
  return {
    happened: `"${lineWith(stdout, /^(?:NON|INC|CON)/)}"`,
    exitCode,
    wrote: page ? 'a run with its page' : 'a run',
    problems: [
      ...problems,
      ...harmIn(xml),
      ...harmIn(readFileSync(path.join(run, 'conformance.html'), 'utf8')),
      ...broken,
      ...inPage,
    ],
  };
}

/** What of hostile text came to life in the page of a run. */
async function pageHarm(file: string): Promise<readonly string[]> {
  const { browser, close } = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    page.setDefaultTimeout(90_000);
    const problems: string[] = [];
    page.on('dialog', (dialog) => {
      problems.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!/^(?:file|data|blob):/.test(request.url())) problems.push(`asked for ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    await page
      .getByText(/account-info\/succeeded/)
      .first()
      .click();
    const exchange = page.getByText('exchange 1').first();
    await exchange.waitFor();
    await exchange.click();
    await page.getByText('x-note').first().waitFor({ state: 'attached' });
    // Allure shows a description in a frame of its own.
    const shownIn = await Promise.all(page.frames().map((frame) => livingIn(frame)));
    const text = shownIn.map((one) => one.text).join('\n');
    return [
      ...problems,
      ...shownIn.flatMap(({ living }) => living),
      ...harmIn(text).filter((harm) => harm.startsWith('raw')),
      ...['window.hurt = 1', 'waived for now <script>', '[click](javascript:']
        .filter((part) => !text.includes(part))
        .map((part) => `not shown: ${part}`),
    ];
  } finally {
    await close();
  }
}

/** What a frame shows, and what in it is more than text. */
async function livingIn(
  frame: Frame,
): Promise<{ readonly text: string; readonly living: readonly string[] }> {
  const selectors = {
    'a link': 'a[href*="evil.example"], a[href^="javascript:"]',
    'a heading': ':is(h1, h2):text-is("Heading")',
    'an image': 'img[src*="evil.example"], img[src="x"]',
    'a handler': '[onerror], [onload], [onclick]',
  };
  const living: string[] = [];
  for (const [what, selector] of Object.entries(selectors)) {
    if ((await frame.locator(selector).count()) > 0) living.push(`${what} of the text`);
  }
  if ((await frame.evaluate('typeof window.hurt')) !== 'undefined') living.push('a script ran');
  // Not its scripts: the page's own data stands in some.
  const texts = await frame.locator('body > :not(script)').allTextContents();
  return { text: texts.join('\n'), living };
}
