import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serialize } from 'node:v8';
import { startSandbox } from '../sandbox/start.ts';
import { preparedRequests } from '../sandbox/test-data.ts';
import { clausesOf } from '../src/contract/clauses.ts';
import { contractFolders, loadContract } from '../src/contract/load.ts';
import type { Api, Contract } from '../src/contract/model.ts';
import { sharedContractVariable } from '../src/contract/shared-contract.ts';
import { stringifyJson } from '../src/json/json.ts';
import { root } from '../src/run/settings.ts';

/** A contract so many times as large, and a target that serves it, in this process. */
export interface RepeatedTarget {
  readonly profile: string;
  /** What hands the contract to a run. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** The contract with each API so many times: the first as it is, the others with suffixed ids and paths. */
export function repeated(contract: Contract, times: number): Contract {
  const apis = Array.from({ length: times }, (_, index) =>
    contract.apis.map((api) => (index === 0 ? api : copyOf(api, `-${index + 1}`))),
  ).flat();
  return { ...contract, apis, clauses: new Map(apis.flatMap(clausesOf).map((one) => [one.id, one])) };
}

function copyOf(api: Api, suffix: string): Api {
  const id = `${api.id}${suffix}`;
  return {
    ...api,
    id,
    path: `${api.path}${suffix}`,
    scenarios: api.scenarios.map((one) => ({ ...one, id: one.id.replace(`${api.id}/`, `${id}/`) })),
  };
}

/**
 * The embedded target for the repeated contract: each copy is served as the API that it is a copy of, with the same
 * members and cards.
 */
export async function startRepeated(times: number): Promise<RepeatedTarget> {
  const contract = loadContract(contractFolders(root));
  const large = repeated(contract, times);
  const original = (api: Api): Api =>
    contract.apis.find(({ id }) => api.id === id || api.id.replace(/-\d+$/, '') === id) ?? api;
  const sandbox = await startSandbox({
    contract: large,
    deviation: { act: (at, act) => act({ ...at, api: original(at.api) }) },
  });
  const dir = mkdtempSync(path.join(tmpdir(), 'konaplate-bench-'));
  const profile = path.join(dir, 'repeated.yaml');
  const handed = path.join(dir, 'contract');
  writeFileSync(profile, profileText(sandbox.profilePath, large));
  writeFileSync(handed, serialize(large));
  return {
    profile,
    env: { [sharedContractVariable]: handed },
    stop: async () => {
      rmSync(dir, { recursive: true, force: true });
      await sandbox.close();
    },
  };
}

/** The prepared requests of each copy are those of its original. JSON is YAML. */
function profileText(base: string, { apis }: Contract): string {
  const bodies = preparedRequests();
  const lines = apis.flatMap(({ scenarios }) =>
    scenarios.flatMap(({ id }) => {
      const body = bodies.get(id) ?? bodies.get(id.replace(/-\d+\//, '/'));
      return body === undefined ? [] : [`  ${JSON.stringify(id)}: ${stringifyJson(body)}`];
    }),
  );
  return `extends: ${JSON.stringify(base)}\nname: repeated\ntestData:\n${lines.join('\n')}\n`;
}
