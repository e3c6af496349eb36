import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyProject } from './copy.ts';
import { draftInventedApi } from './invented-api.ts';

// Adds an invented API to a copy of the project, by YAML alone, and runs the tests there, all or those that the
// arguments name: none of them may count on the APIs that there are today.

const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-another-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const copy = path.join(folder, 'project');
copyProject(copy);
const draft = path.join(folder, 'draft');
await draftInventedApi(draft);
for (const name of ['openapi', 'specs'])
  cpSync(path.join(draft, name), path.join(copy, name), { recursive: true });
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('KONAPLATE_')),
);
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', 'tests/run.ts', ...process.argv.slice(2)],
  { cwd: copy, env, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
