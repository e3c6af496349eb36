/**
 * The same faults, served the same way, against four other tools and this suite.
 *
 *   npm run bench:peers [-- --all | --every N] [--by-family] [--peer ID]
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { table } from '../numbers.ts';
import { comparisonRows, familyRows, type Line, ownLine, peerLine } from './comparison.ts';
import { makeGiven } from './given.ts';
import { oneRunOf, ownRun } from './one-run.ts';
import { help, OptionError, readOptions } from './options.ts';
import { ownPass } from './ours.ts';
import { passOf } from './pass.ts';
import { peers } from './peers.ts';
import { openStage } from './stage.ts';
import { chosenFaults, targetsOf } from './targets.ts';

const USAGE = 2;
const COULD_NOT = 3;

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(help);
    return 0;
  }
  if (!existsSync(path.join(import.meta.dirname, 'node_modules'))) {
    process.stderr.write('The peers are not installed: npm ci --ignore-scripts --prefix bench/peers\n');
    return USAGE;
  }
  const { every, jobs: processes, reports } = options;
  const stage = await openStage();
  const given = makeGiven(stage.contract, stage.profile, stage.prefix);
  const faults = chosenFaults(stage.contract, every);
  const targets = targetsOf(stage.contract, faults);
  const variants = targets.length - faults.length;
  const wanted = peers.filter(({ id }) => options.peers.includes(id));
  mkdirSync(reports, { recursive: true });

  const lines: Line[] = [];
  const broken: { id: string; problem: string }[] = [];
  for (const peer of wanted) {
    const folder = path.join(reports, peer.id);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    try {
      await peer.setUp(folder, given);
      const run = await oneRunOf(peer, folder, stage);
      const told = progress(peer.name, targets.length);
      const pass = await passOf(peer, folder, targets, { stage, processes, told });
      lines.push(peerLine(peer, pass, targets, run));
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      process.stderr.write(`${peer.name} could not be run: ${problem}\n`);
      broken.push({ id: peer.id, problem });
    }
  }
  const run = await ownRun();
  const told = progress('konaplate-conformance', targets.length);
  const own = await ownPass(stage.contract, faults, targets, { processes, told });
  lines.push(ownLine(own, targets, run));

  const which = every === 1 ? 'all faults' : `every ${every}th fault of each family`;
  process.stdout.write(
    [
      `${faults.length} faults (${which}) and ${variants} conformant variants; ${processes} processes side by side.`,
      `Each tool runs over HTTP, against a fault only what it can affect; a failure counts that is not there without a fault.`,
      '',
      table(comparisonRows(lines, { faults: faults.length, variants })),
      `Of its ${own.caught.size} faults konaplate-conformance names the broken clause in ${own.named.size}; the peers have no clauses to name.`,
      ...(options.byFamily ? ['', table(familyRows(lines, faults))] : []),
      `What each peer was given: ${path.relative(process.cwd(), reports)}/<peer>/ and bench/peers/README.md`,
      '',
    ].join('\n'),
  );
  writeFileSync(
    path.join(reports, 'peers.json'),
    `${JSON.stringify(
      {
        peers: 1,
        documents: stage.contract.digest,
        processes,
        every,
        faults: faults.map(({ id, family }) => ({ id, family })),
        variants,
        named: [...own.named],
        lines,
        broken,
      },
      null,
      1,
    )}\n`,
  );
  return broken.length > 0 ? COULD_NOT : 0;
}

function progress(name: string, all: number): () => void {
  let count = 0;
  return () => {
    count += 1;
    if (process.stderr.isTTY)
      process.stderr.write(count === all ? '\r\x1b[K' : `\r${name}: ${count} of ${all}`);
  };
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof OptionError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(USAGE);
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(COULD_NOT);
}
