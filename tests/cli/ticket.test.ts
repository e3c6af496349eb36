import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { parseEnv, promisify } from 'node:util';
import { parse } from 'yaml';
import { findFault } from '../../sandbox/faults/catalogue.ts';
import type { Case } from '../../src/cases/case.ts';
import { getPointer, stringifyJson } from '../../src/json/json.ts';
import type { Finding } from '../../src/judge/finding.ts';
import { waive } from '../../src/judge/waivers.ts';
import { causesOf } from '../../src/report/causes.ts';
import { type Ledger, writeLedger } from '../../src/report/ledger/ledger.ts';
import { finishRun, makeRunFolder } from '../../src/report/ledger/run-folder.ts';
import { outputs } from '../../src/report/render/outputs.ts';
import { ticket } from '../../src/report/render/ticket.ts';
import { waiverText } from '../../src/report/render/waiver-text.ts';
import { readProfile } from '../../src/run/plan.ts';
import { contract } from '../project.ts';
import { brokenRecord, sampleLedger } from '../report/samples.ts';
import { runThroughEngine, startSandboxHere } from '../run/engine-run.ts';
import { runHere } from './run-here.ts';

const run = promisify(execFile);

function folderFor(context: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'konaplate-ticket-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A finished run in a folder of its own. */
function runFolder(ledger: Ledger, reports: string): string {
  const { runId, selection } = ledger.header;
  const folder = makeRunFolder(reports, { runId, selection, target: 'embedded' });
  writeLedger(path.join(folder, outputs.ledger), ledger);
  finishRun(folder);
  return folder;
}

/** Every value of the prepared data that a ticket names a variable for. */
function prepared(text: string, profileFile: string): Readonly<Record<string, string>> {
  const { testData } = readProfile(profileFile, contract, {});
  const named = text.matchAll(/^\/\/ {3}(KONAPLATE_BODY_\w+): (\S+) of the data prepared for (\S+)$/gm);
  return Object.fromEntries(
    [...named].map(([, variable = '', pointer = '', scenario = '']) => {
      const value = getPointer(testData.get(scenario) ?? null, pointer);
      assert.ok(value !== undefined, `${scenario} has ${pointer}`);
      return [variable, typeof value === 'string' ? value : stringifyJson(value)];
    }),
  );
}

const planted: readonly {
  readonly fault: string;
  readonly only: (one: Case) => boolean;
  readonly seen: RegExp;
}[] = [
  {
    fault: 'linkable-cards.code.000_000.code/undocumented',
    only: ({ id }) => id === 'linkable-cards/succeeded',
    seen: /expected {3}000_000 with HTTP 200\n {2}came then {2}999_999 [^\n]*\n {2}comes now {2}"999_999"/,
  },
  {
    fault: 'ars-register.response.header.X-KM-Correlation-Id.presence/missing',
    only: ({ id }) => id === 'ars-register/succeeded',
    seen: /header X-KM-Correlation-Id\n {2}expected {3}a value\n {2}came then {2}missing\n {2}comes now {2}missing/,
  },
  {
    fault: 'account-delete.request.userId.range/too-small',
    only: ({ id }) => id === 'account-delete/request/userId/of-0',
    seen: /came then {2}HTTP 200 with 000_000[^\n]*\n {2}comes now {2}"000_000"/,
  },
  {
    fault: 'linkable-cards.request.header.X-KM-Time-Zone.presence/missing',
    only: ({ id }) => id === 'linkable-cards/request/header/X-KM-Time-Zone/missing',
    seen: /\/response\/code\n {2}expected {3}a rejection[^\n]*\n {2}came then {2}[^\n]*000_000[^\n]*\n {2}comes now {2}"000_000"/,
  },
  {
    fault: 'linkable-cards.request.physicalCardNo.length/too-long',
    only: ({ id }) => id === 'linkable-cards/request/physicalCardNo/of-17-characters',
    seen: /expected {3}a rejection[^\n]*\n {2}came then {2}HTTP \d+ with (\d+_\d+)[^\n]*\n {2}comes now {2}"\1"/,
  },
];

describe('the script of a ticket', () => {
  for (const { fault, only, seen } of planted) {
    it(`sends the request anew and gets what the run got: ${fault}`, async (context) => {
      const profile = await startSandboxHere(context, findFault(fault, contract).deviation());
      const { ledger, report } = await runThroughEngine(profile, { only });
      const [cause] = report.causes;
      assert.ok(cause, ledger.cases.map(({ id, reason }) => `${id}: ${reason}`).join('\n'));
      const folder = folderFor(context);
      const script = path.join(folder, 'repeat.mjs');
      const options = ['--run', runFolder(ledger, folder), '--target', profile, '--script', script];
      const { code, out, errors } = await runHere('ticket', cause.id, ...options);
      assert.deepEqual([code, errors], [0, '']);
      assert.ok(out.includes(`node ${script}`), out);
      const text = readFileSync(script, 'utf8');
      const keys = parseEnv(readFileSync(path.join(path.dirname(profile), 'sandbox.env'), 'utf8'));
      const body = prepared(text, profile);
      for (const secret of [...Object.values(body), keys.KONAPLATE_SECRET_KEY, keys.KONAPLATE_ACCESS_KEY]) {
        assert.ok(secret && !`${text}${out}`.includes(secret), 'nothing is written down that a report masks');
      }
      // Nothing of the project is near it.
      const env = { PATH: process.env.PATH, ...keys, ...body };
      const { stdout } = await run(process.execPath, [script], { cwd: folder, env });
      assert.match(stdout, seen);
    });
  }

  it('names every variable that is missing, and sends nothing', async (context) => {
    const profile = await startSandboxHere(context, findFault(planted[0]?.fault ?? '', contract).deviation());
    const { ledger, report } = await runThroughEngine(profile, {
      only: ({ id }) => id === 'linkable-cards/succeeded',
    });
    const folder = folderFor(context);
    const script = path.join(folder, 'repeat.mjs');
    const options = ['--run', runFolder(ledger, folder), '--target', profile, '--script', script];
    await runHere('ticket', report.causes[0]?.id ?? '', ...options);
    await assert.rejects(run(process.execPath, [script], { env: {} }), ({ code, stdout, stderr }) => {
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(
        stderr,
        /^Set these environment variables first: .*KONAPLATE_SERVER_PUBLIC_KEY.*KONAPLATE_BODY_/,
      );
      return true;
    });
  });

  it('is not written where the suite changes what it makes by itself, and the ticket says so', async (context) => {
    const id = 'linkable-cards.request.encryption/plain-accepted';
    const profile = await startSandboxHere(context, findFault(id, contract).deviation());
    const { ledger, report } = await runThroughEngine(profile, {
      only: (one) => one.api.id === 'linkable-cards' && one.kind === 'encryption',
    });
    const folder = folderFor(context);
    const script = path.join(folder, 'repeat.mjs');
    const options = ['--run', runFolder(ledger, folder), '--target', profile, '--script', script];
    const { code, out } = await runHere('ticket', report.causes[0]?.id ?? '', ...options);
    assert.equal(code, 0);
    assert.match(out, /Without it there is no script: it changes the encryption/);
    assert.throws(() => readFileSync(script));
  });
});

describe('a ticket', () => {
  const id = 'account-info/succeeded';
  const record = brokenRecord(id, {
    exchanges: [
      {
        request: {
          method: 'POST',
          url: 'https://sandbox.example/open-api/x',
          headers: [['X-KM-Correlation-Id', '260102030405-0a1b2c3']],
          body: '{"encData":"<JWE>"}',
          plaintext: '{"userId":"person-1"}',
        },
        response: {
          status: 200,
          headers: [['x-km-correlation-id', 'theirs']],
          body: 'a ``` fence\n# no heading',
        },
        duration: 12.4,
      },
    ],
  });
  const ledger = sampleLedger([record]);
  const [cause] = causesOf(ledger.cases, contract);
  assert.ok(cause);
  const text = ticket({ record, causes: [cause] }, ledger, contract);

  it('says what is wrong, where the page says so, what came, with which ids, and how to repeat it', () => {
    for (const part of [
      '# The message of 000_000 is "Fine \\& \\<dandy\\>", not "Success.".',
      '**Likely mend:** Send "Success." with 000_000.',
      '> 회원 등록 계좌 조회, line 260: "000_000 … Success."',
      '| `/response/description` | `"Success."` | `"Fine & <dandy>"` |',
      'sent `260102030405-0a1b2c3`, answered `theirs`; 12 ms',
      'begun at 2026-01-02T03:04:05.678Z',
      '(decrypted)\n{"userId":"person-1"}',
      `SHA-256 ${contract.digest}`,
      'npm run conformance -- --target sandbox --case account-info/succeeded',
    ]) {
      assert.ok(text.includes(part), `${part} is missing in\n${text}`);
    }
    // What a target sends ends no block.
    assert.match(text, /\n````http\nHTTP 200\n[\s\S]*# no heading\n````\n/);
  });

  it('has a waiver that waives all of the cause, ready to be pasted', () => {
    const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
    const { waivers } = parse(yaml);
    assert.equal(waivers.length, 1);
    const findings = cause.findings.map(({ finding }) => finding);
    const waived = waive(findings, [{ ...waivers[0], at: 'profile.yaml:1' }], '2026-01-03T00:00:00.000Z');
    assert.deepEqual(
      waived.map(({ outcome }) => outcome),
      ['waived'],
    );
  });

  it('has none for what can not be waived', () => {
    const warned: readonly Finding[] = record.findings.map((one) => ({ ...one, outcome: 'warns' }));
    assert.equal(waiverText(warned, 'why', '2026-01-02T00:00:00.000Z'), '');
  });

  it('is refused for what the run does not know, and for what conforms', async (context) => {
    const folder = runFolder(ledger, folderFor(context));
    const unknown = await runHere('ticket', 'account-info/suceeded', '--run', folder);
    assert.deepEqual([unknown.code, unknown.out], [2, '']);
    assert.match(unknown.errors, /no cause and no case "account-info\/suceeded" in this run \(did you mean/);
    const fine = await runHere('ticket', 'ars-inquiry/succeeded', '--run', folder);
    assert.equal(fine.code, 2);
    assert.match(fine.errors, /conforms in this run: there is nothing to write down/);
    const byCase = await runHere('ticket', id, '--run', folder);
    const byCause = await runHere('ticket', cause.id, '--run', folder);
    assert.equal(byCase.code, 0);
    assert.equal(byCase.out, byCause.out);
  });
});
