import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { startOtherServer } from '../run/other-server.ts';
import { scratch, writeProfile } from '../run/suite.ts';
import { runHere } from './run-here.ts';

// What the command refuses before anything runs. It keeps a plan for its process: what needs one comes last.

/** One clear line, exit code 2, and no run is begun. */
async function refused(context: TestContext, args: readonly string[], says: RegExp): Promise<void> {
  const reports = path.join(scratch(context), 'reports');
  const { code, out, errors } = await runHere('conformance', ...args, '--reports', reports, '--env-file', '');
  assert.equal(code, 2, errors);
  assert.equal(out, '');
  assert.match(errors, says);
  assert.doesNotMatch(errors, /\n\s+at /, 'no stack trace');
  assert.equal(existsSync(reports), false);
}

test('a mistake in the command line ends with 2 and one clear line', async (context) => {
  const mistakes: readonly [args: readonly string[], says: RegExp][] = [
    [['--grep', '('], /no regular expression/],
    [['--shard', '5/4'], /Expected x\/y/],
    [['--workers', 'two'], /Expected a whole number from 1/],
    [['--target', 'sandbo'], /sandbo/],
    [['--targt', 'x'], /unknown option '--targt'/],
  ];
  for (const [args, says] of mistakes) await refused(context, args, says);
});

test('a mistake in a profile ends with 2, one clear line, and nothing is sent', async (context) => {
  const other = await startOtherServer();
  context.after(() => other.close());
  const mistakes: readonly [from: string | RegExp, to: string, says: RegExp][] = [
    [/^timeZone: UTC$/m, 'timezone: UTC', /profile\.yaml:3:1: .*timezone.*timeZone/],
    [
      /^ {2}secretKey: .*$/m,
      `  secretKey: \${KONAPLATE_NOT_SET}`,
      /profile\.yaml:7:\d+: .*KONAPLATE_NOT_SET/,
    ],
    [/serverPublicKey: \|/, 'serverPublicKey: not/there.pem\n  other: |', /serverPublicKey/],
    [
      'ars-inquiry/unknown-number',
      'ars-inquiry/unknown-nummer',
      /profile\.yaml:55:3: .*unknown-nummer.*did you mean .ars-inquiry\/unknown-number/,
    ],
    [
      /$/,
      `waivers:
  - clause: ars-inquiry.code.000_000.mesage
    observed: { code: 000_000, place: /response/description, status: 200 }
    reason: Translated until the next release
    owner: account team
    expires: 9999-12-31
`,
      /^\S*profile\.yaml:\d+:13: \/waivers\/0\/clause: no such clause \(did you mean "ars-inquiry\.code\.000_000\.message"\?\).*\n$/,
    ],
  ];
  for (const [from, to, says] of mistakes) {
    const changed = other.profile.replace(from, to);
    assert.notEqual(changed, other.profile);
    await refused(context, ['--target', writeProfile(context, changed)], says);
  }
  assert.equal(other.requests(), 0);
});

test('a choice that no case fits ends with 2 and one clear line', async (context) => {
  const mistakes: readonly [args: readonly string[], says: RegExp][] = [
    [
      ['--case', 'ars-inquiry/suceeded'],
      /^--case: no case "ars-inquiry\/suceeded" \(did you mean "ars-inquiry\/succeeded"\?\)\n$/,
    ],
    [
      ['--grep', 'nothing-like-it'],
      /^--grep: no case's id or tags match nothing-like-it; ids look like .*\n$/,
    ],
  ];
  for (const [args, says] of mistakes) await refused(context, args, says);
});

test('a folder without pages ends with 2 and one clear line', async (context) => {
  const folder = scratch(context);
  await refused(context, ['--pages', folder], /no \.txt file in this folder; expected one for each page\n$/);
  await refused(context, ['--pages', path.join(folder, 'gone')], /gone: can't be read \(ENOENT\)/);
});
