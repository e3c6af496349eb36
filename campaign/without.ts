import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { allFaults } from '../sandbox/faults/catalogue.ts';
import { contractFolders, loadContract } from '../src/contract/load.ts';
import { root } from '../src/run/settings.ts';
import type { Trial } from './trial.ts';
import { withoutEachCheck } from './without-check.ts';

// What would be missed without each check of the judge, from the findings of the last whole campaign:
//   npm run faults && npx tsx campaign/without.ts
const file = path.join(root, 'reports/faults/trials.json');
if (!existsSync(file)) {
  process.stderr.write('reports/faults/trials.json is not there; run "npm run faults" first\n');
  process.exit(2);
}
const trials: readonly Trial[] = JSON.parse(readFileSync(file, 'utf8'));
const contract = loadContract(contractFolders(root));
const table = withoutEachCheck(allFaults(contract), trials, contract);
for (const { check, missed } of table) {
  const [first = 'none: nothing depends on it', ...more] = missed;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  process.stdout.write(`${check.padEnd(42)}${String(missed.length).padStart(5)}  ${first}${others}\n`);
}
process.exitCode = table.some(({ missed }) => missed.length === 0) ? 1 : 0;
