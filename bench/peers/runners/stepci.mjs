import { readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '@stepci/runner';
import { serve } from './serve.mjs';

const [folder = '.'] = process.argv.slice(2);

// JSON, which the tool reads as YAML.
const file = path.join(folder, 'workflow.yml');
const text = readFileSync(file, 'utf8');

serve(async (url, apis) => {
  const workflow = JSON.parse(text);
  const wanted = Object.entries(workflow.tests).filter(
    ([id]) => id === 'chain' || !apis || apis.includes(id),
  );
  const { result } = await run(
    { ...workflow, tests: Object.fromEntries(wanted) },
    { env: { host: new URL(url).host }, path: file },
  );
  return result.tests.flatMap(({ id, steps }) =>
    steps
      .filter(({ passed }) => !passed)
      .flatMap(({ name, errored, checks }) => {
        const at = `${id}: ${name}`;
        return errored || checks === undefined
          ? [`${at}: no result`]
          : failedChecks(checks).map((check) => `${at}: ${check}`);
      }),
  );
});

function failedChecks(checks) {
  return Object.entries(checks).flatMap(([name, check]) => {
    if ('passed' in check) return check.passed ? [] : [name];
    return Object.entries(check)
      .filter(([, one]) => !one.passed)
      .map(([key]) => `${name} ${key}`);
  });
}
