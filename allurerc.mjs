// Allure's configuration, for the page that a run makes.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(fileURLToPath(import.meta.url));
const folder =
  process.env.KONAPLATE_RUN_FOLDER ||
  path.resolve(root, process.env.KONAPLATE_REPORTS || 'reports', 'latest');
const conformance = path.join(folder, 'conformance.json');
const run = existsSync(conformance) ? JSON.parse(readFileSync(conformance, 'utf8')) : undefined;

const chosen =
  run && run.selection.planned < run.selection.all
    ? `${run.selection.planned} of ${run.selection.all} cases, `
    : '';

// As the terminal has it: waivers out of order fail a run that is conformant otherwise.
const failing = run?.waivers.filter(({ state }) => state === 'expired' || state === 'stale') ?? [];
const head =
  failing.length > 0 && run.verdict !== 'nonconformant' ? 'WAIVERS FAIL THE RUN' : run?.verdict.toUpperCase();

export default {
  name: run
    ? `Konaplate conformance: ${head} (${chosen}target ${run.target.name ?? 'unnamed'})`
    : 'Konaplate conformance',
  resultsDir: path.join(folder, 'allure-results'),
  output: path.join(folder, 'allure-report'),
  // No history: it grows with every call, and a report of one run says what that run saw.
  appendHistory: false,
  variables: run
    ? {
        Verdict: run.verdict,
        'Exit code': String(run.exitCode),
        Target: String(run.target.name ?? 'unnamed'),
        ...(typeof run.target.baseUrl === 'string' ? { 'Base URL': run.target.baseUrl } : {}),
        Cases: `${run.selection.planned} of ${run.selection.all}${run.counts.waived > 0 ? `, ${run.counts.waived} waived` : ''}`,
        Documents: `${run.documents.title} ${run.documents.version}`,
        Suite: `${run.tool.name} ${run.tool.version}`,
        Seed: String(run.seed),
        'Run id': run.runId,
      }
    : {},
  categories: [
    { name: 'A documented promise was broken', matchers: { statuses: ['failed'] } },
    { name: 'No usable answer: neither kept nor broken', matchers: { statuses: ['broken'] } },
    { name: 'Not testable on this target', matchers: { statuses: ['skipped'] } },
  ],
  plugins: {
    awesome: {
      import: path.join(root, 'src/report/allure/allure-plugin.mjs'),
      options: {
        singleFile: true,
        reportLanguage: 'en',
        // The features, one a code row, mostly hold a single scenario: another level would only hide it.
        groupBy: ['epic'],
        sections: [],
      },
    },
  },
};
