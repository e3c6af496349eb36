import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeRunFolder } from '../../src/report/ledger/run-folder.ts';
import { keepSettings, keptSettings, runFolderVariable } from '../../src/run/own-folder.ts';
import { readSettings, type Settings, SettingsError } from '../../src/run/settings.ts';

function runFolder(context: TestContext): string {
  const reports = mkdtempSync(path.join(tmpdir(), 'konaplate-own-folder-'));
  context.after(() => rmSync(reports, { recursive: true, force: true }));
  return makeRunFolder(reports, { runId: 'one', target: 'sandbox', selection: {} });
}

test('the settings of a run come back as they were', (context) => {
  const folder = runFolder(context);
  const plain: Settings = { ...readSettings({}).settings, seed: 7 };
  const full: Settings = { ...plain, runId: 'one', shard: { part: 1, of: 2 }, workers: 2 };
  for (const settings of [plain, full]) {
    keepSettings(folder, settings);
    assert.deepEqual(keptSettings({ [runFolderVariable]: folder }), settings);
  }
  assert.equal(keptSettings({}), undefined);
});

test('settings that are not those of a run are told, and none of them is used', (context) => {
  const folder = runFolder(context);
  const settings: Settings = { ...readSettings({}).settings, seed: 7 };
  for (const wrong of [
    { ...settings, workers: 0 },
    { ...settings, seed: '7' },
    { ...settings, more: 1 },
  ]) {
    writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(wrong));
    assert.throws(
      () => keptSettings({ [runFolderVariable]: folder }),
      (error: unknown) =>
        error instanceof SettingsError && /settings\.json: expected the/.test(error.message),
    );
  }
});
