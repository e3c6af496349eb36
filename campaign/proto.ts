import { startSandbox } from '../sandbox/start.ts';
import { makeCredentials } from '../sandbox/credentials.ts';
import { contractFolders, loadContract } from '../src/contract/load.ts';
import { allCases } from '../src/cases/all-cases.ts';
import { readProfile } from '../src/run/plan.ts';
import { root } from '../src/run/settings.ts';
import { runCase } from '../src/run/run-case.ts';
import { createHttpClient } from '../src/wire/client.ts';
import { createRedactor } from '../src/report/redact.ts';
const contract = loadContract(contractFolders(root));
const credentials = await makeCredentials();
for (let i = 0; i < 4; i++) {
  const sandbox = await startSandbox({ contract, credentials });
  const profile = readProfile(sandbox.profilePath, contract, {});
  if (profile.kind !== 'ready') throw new Error();
  const cases = allCases(contract, profile);
  const client = createHttpClient();
  const session = { contract, profile, client, redactor: createRedactor({ secrets: [] }), now: () => new Date(), randomFor: () => Math.random };
  const t = performance.now();
  const byKind: Record<string, [number, number]> = {};
  const bad = [];
  for (const one of cases) { const r = await runCase(one, session as never); const k = `${one.api.id} ${one.kind}`; (byKind[k] ??= [0, 0])[0]++; (byKind[k] ?? [0,0])[1] += r.duration; if (r.outcome !== 'conforms') bad.push([r.id, r.outcome, r.reason]); }
  console.log(i, cases.length, performance.now() - t);
  if (i === 3) { console.log(byKind, bad); }
  await client.close(); await sandbox.close();
}
