import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { startSandbox } from '../../sandbox/start.ts';
import { contract, root } from '../project.ts';

test('the example of the README runs by the package’s own name, and finds what is wrong', async (context) => {
  const sandbox = await startSandbox({
    contract,
    deviation: {
      answer: (answer, at) => (at.api.id === 'account-info' ? { ...answer, status: 202 } : answer),
    },
  });
  context.after(() => sandbox.close());
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const [, example = ''] = /```ts\n(import \{ allCases[\s\S]*?)```/.exec(readme) ?? [];
  const told: unknown[][] = [];
  const body = example
    .replace(/import \{(.*?)\} from '(.*?)';/, 'const {$1} = library;')
    .replace("'.'", JSON.stringify(root))
    .replace("'my.yaml'", JSON.stringify(sandbox.profilePath))
    .replace(
      'allCases(contract, profile, 1)',
      "allCases(contract, profile, 1).filter(({ api }) => api.id === 'account-info')",
    )
    .replace('console.log', 'tell');
  const source = `export const run = async (library, tell) => {\n${body}\n};\n`;
  const { run }: { run: (library: object, tell: (...words: unknown[]) => void) => Promise<void> } =
    await import(`data:text/javascript,${encodeURIComponent(source)}`);
  await run(await import('konaplate-conformance'), (...words) => told.push(words));
  assert.ok(told.some(([, clause]) => clause === 'account-info.code.000_000.status'));
});
