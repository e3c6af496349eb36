import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fillEnvironment } from '../../src/target/env-file.ts';
import { folderWith, profileError } from './helper.ts';

const text = `# of the portal
KONAPLATE_ASP_ID=asp-of-the-file
export KONAPLATE_ACCESS_KEY="quoted # value"
KONAPLATE_SECRET_KEY=
OTHER=more
`;

test('what is set counts, what is empty does not, and names are told without values', (t) => {
  const cwd = folderWith(t, { '.env': text });
  const env = { KONAPLATE_ASP_ID: 'asp-of-the-shell', KONAPLATE_ACCESS_KEY: '' };
  const filled = fillEnvironment(env, undefined, cwd);
  assert.deepEqual(filled, {
    env: { KONAPLATE_ASP_ID: 'asp-of-the-shell', KONAPLATE_ACCESS_KEY: 'quoted # value', OTHER: 'more' },
    file: path.join(cwd, '.env'),
    note: 'from .env: KONAPLATE_ACCESS_KEY taken; KONAPLATE_ASP_ID, KONAPLATE_SECRET_KEY not, being set in the environment or empty here',
  });
  assert.deepEqual(env, { KONAPLATE_ASP_ID: 'asp-of-the-shell', KONAPLATE_ACCESS_KEY: '' });
});

test('.env may be missing, or a folder; another one is named, or none is wished', (t) => {
  const cwd = folderWith(t, { 'my.env': text });
  const nothing = { env: {}, file: undefined, note: undefined };
  assert.deepEqual(fillEnvironment({}, undefined, cwd), nothing);
  mkdirSync(path.join(cwd, '.env'));
  assert.deepEqual(fillEnvironment({}, undefined, cwd), nothing);
  assert.deepEqual(fillEnvironment({}, '', cwd), nothing);
  assert.match(
    fillEnvironment({}, 'my.env', cwd).note ?? '',
    /^from my\.env: KONAPLATE_ACCESS_KEY, KONAPLATE_ASP_ID taken/,
  );
});

test('a file that can not be read is told in one line', (t) => {
  const cwd = folderWith(t, { 'huge.env': 'A=1\n'.repeat(300_000) });
  const message = (named: string | undefined) => profileError(() => fillEnvironment({}, named, cwd)).message;
  assert.equal(message('none.env'), 'none.env: no such file of environment variables; check the path');
  assert.match(message('.'), /^\.: expected a file of environment variables, and this is none$/);
  assert.match(message('huge.env'), /at most 1048576 bytes$/);
  assert.equal(spawnSync('mkfifo', [path.join(cwd, '.env')]).status, 0);
  assert.match(message(undefined), /^\.env: expected a file/);
});

test('what the file has besides is nothing to tell', (t) => {
  const cwd = folderWith(t, { '.env': 'PORT=1\nDEBUG=*\n' });
  assert.equal(fillEnvironment({}, undefined, cwd).note, undefined);
});
