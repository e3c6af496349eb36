import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { toolDigest } from '../../src/report/tool-digest.ts';

test('the digest of the suite changes with one letter of one file, and with its name', (context) => {
  const root = mkdtempSync(path.join(tmpdir(), 'konaplate-digest-'));
  context.after(() => rmSync(root, { recursive: true }));
  for (const folder of ['src/wire', 'suites', 'reports'])
    mkdirSync(path.join(root, folder), { recursive: true });
  for (const file of ['package.json', 'package-lock.json', 'playwright.config.ts', 'src/wire/a.ts'])
    writeFileSync(path.join(root, file), file);
  const first = toolDigest(root);
  assert.match(first, /^[0-9a-f]{64}$/);
  writeFileSync(path.join(root, 'reports/ledger.jsonl'), 'what a run leaves is no part of it');
  assert.equal(toolDigest(root), first);
  writeFileSync(path.join(root, 'src/wire/a.ts'), 'src/wire/b.ts');
  const changed = toolDigest(root);
  assert.notEqual(changed, first);
  rmSync(path.join(root, 'src/wire/a.ts'));
  writeFileSync(path.join(root, 'src/wire/b.ts'), 'src/wire/b.ts');
  assert.ok(![first, changed].includes(toolDigest(root)));
});
