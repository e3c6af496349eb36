import type { CaseRecord, LedgerHeader } from '../../record/record.ts';
import { assembleLedger, type Ledger, type ReadLedger } from './ledger.ts';

/** What reading the ledger of one shard came to, and the folder it was in. */
export interface ShardLedger {
  readonly folder: string;
  readonly ledger: ReadLedger;
}

/**
 * The ledgers of all shards of one run as the one ledger of a run without shards: the same cases, findings and order.
 * A shard that is missing or broke off makes it incomplete.
 *
 * @returns the ledger, or in one line why these are not the shards of one run
 */
export function mergeLedgers(
  shards: readonly ShardLedger[],
): { readonly ledger: Ledger } | { readonly mistake: string } {
  const read: { folder: string; header: LedgerHeader; ledger: ReadLedger; part: number; of: number }[] = [];
  for (const { folder, ledger } of shards) {
    const { header } = ledger;
    if (!header) return { mistake: `${folder}: expected the ledger of a run; ${whyIncomplete(ledger)}` };
    const [, part, of] = /^(\d+)\/(\d+)$/.exec(header.selection.shard ?? '') ?? [];
    if (part === undefined || of === undefined)
      return { mistake: `${folder}: expected a run with --shard x/y, which alone can be merged with others` };
    read.push({ folder, header, ledger, part: Number(part), of: Number(of) });
  }
  const [first, ...others] = read;
  if (!first) return { mistake: 'there is no ledger to merge' };
  for (const other of others) {
    if (other.header.runId !== first.header.runId)
      return {
        mistake: `${other.folder}: the run ${other.header.runId}, and ${first.folder} is one of the run ${first.header.runId}; give every shard of one run the same --run-id`,
      };
    const difference = differenceOf(first.header, other.header);
    if (difference !== undefined)
      return { mistake: `${other.folder}: ${difference} than in ${first.folder}: not the same run` };
    if (other.of !== first.of)
      return { mistake: `${other.folder}: a part of ${other.of}, ${first.folder} one of ${first.of}` };
  }
  const twice = read.find(({ part }, index) => read.findIndex((one) => one.part === part) !== index);
  if (twice)
    return { mistake: `${twice.folder}: shard ${twice.part}/${twice.of} stands in another folder too` };
  const unplaced = read.find(({ ledger }) => ledger.cases.some(({ position }) => position === undefined));
  if (unplaced)
    return { mistake: `${unplaced.folder}: its records do not tell their places among all cases` };

  const records = read.flatMap(({ ledger }) => ledger.cases).sort((a, b) => placeOf(a) - placeOf(b));
  const planned = records.map(({ id }) => id);
  const missing = Array.from({ length: first.of }, (_, index) => index + 1).filter(
    (part) => !read.some((one) => one.part === part),
  );
  const { shard: _, ...selection } = first.header.selection;
  const notes = [...new Set(read.flatMap(({ header }) => header.notes ?? []))];
  const ledger = assembleLedger({
    header: {
      ...first.header,
      ...(notes.length > 0 && { notes }),
      startedAt: read.map(({ header }) => header.startedAt).sort()[0] ?? first.header.startedAt,
      selection,
      cases: { planned: new Set(planned).size, all: first.header.cases.all },
    },
    planned,
    records,
    problems: [
      ...missing.map((part) => `shard ${part}/${first.of} is missing`),
      ...read.flatMap(({ part, ledger: one }) => problemsOf(one).map((text) => `shard ${part}: ${text}`)),
    ],
    missing: (id) => {
      throw new Error(`${id} was planned from its own record`);
    },
    finishedAt:
      read
        .map(({ header, ledger: one }) => finishedAt(one, header))
        .sort()
        .at(-1) ?? '',
  });
  return { ledger };
}

function placeOf({ position = 0 }: CaseRecord): number {
  return position;
}

function whyIncomplete(ledger: ReadLedger): string {
  return ledger.state === 'incomplete' ? ledger.why : 'it has no header';
}

function problemsOf(ledger: ReadLedger): readonly string[] {
  return ledger.state === 'complete' ? ledger.footer.problems : [ledger.why];
}

function finishedAt(ledger: ReadLedger, { startedAt }: LedgerHeader): string {
  return ledger.state === 'complete' ? ledger.footer.finishedAt : startedAt;
}

/** What must be the same of all shards of a run, in words; undefined when all is. */
function differenceOf(a: LedgerHeader, b: LedgerHeader): string | undefined {
  const { shard: _a, ...chosenA } = a.selection;
  const { shard: _b, ...chosenB } = b.selection;
  const same: readonly (readonly [what: string, a: unknown, b: unknown])[] = [
    ['another version of the suite', a.tool, b.tool],
    ['other documents', a.documents.digest, b.documents.digest],
    ['another target', targetOf(a), targetOf(b)],
    ['another seed', a.seed, b.seed],
    ['other waivers', a.waivers, b.waivers],
    ['another choice of cases', chosenA, chosenB],
    ['another number of cases', a.cases.all, b.cases.all],
  ];
  return same.find(([, one, other]) => JSON.stringify(one) !== JSON.stringify(other))?.[0];
}

/** Without its address: a launched target has another one each time, and the digest has any other. */
function targetOf({ target }: LedgerHeader): unknown {
  return [target.name, target.file, target.digest];
}
