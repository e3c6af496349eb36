import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../project.ts';
import { scratch } from '../run/suite.ts';

/** Runs a command as `npm run` does. */
function launch(script: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli/launch.mjs', script, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('a launched command', () => {
  it('ends with the code that it tells, and prints what it prints', () => {
    const listed = launch('src/cli/clauses.ts', '--api', 'ars-inquiry');
    assert.deepEqual([listed.status, listed.stderr], [0, '']);
    assert.match(listed.stdout, /^ars-inquiry\./m);
    const mistaken = launch('src/cli/pages-check.ts', '--jsn');
    assert.deepEqual([mistaken.status, mistaken.stdout], [2, '']);
    assert.match(mistaken.stderr, /^error: unknown option '--jsn'/);
  });

  it('is incomplete when it tells none, whatever its own code', (context) => {
    const script = path.join(scratch(context), 'crash.ts');
    for (const code of ['process.exit(0)', 'process.exit(1)', 'throw new Error("no")']) {
      writeFileSync(script, code);
      const { status, stderr } = launch(script);
      assert.equal(status, 3, code);
      assert.match(stderr, /^crash came to no result \(its process ended with \d\), .* exit code 3; /m);
    }
    rmSync(script);
    assert.equal(launch(script).status, 3);
  });
});
