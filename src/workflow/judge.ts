import type { WorkflowDocument } from '../contract/arazzo/model.ts';
import { Evidence, type Judgement, unjudged } from '../judge/evidence.ts';
import { isIntruder, judgeProcesses } from './judge-processes.ts';
import { judgeRecords, type Records, recordsIn, showsExpected } from './judge-records.ts';
import { placed, type Started, startedIn } from './started.ts';
import { answeredBy, shownReply, type Trace } from './trace.ts';

/**
 * Judges what was seen of a workflow, or of any other sequence of requests, by what its document promises of processes
 * and records. What cannot be known, since something else was under way, is not judged.
 */
export function judgeTrace(document: WorkflowDocument, trace: Trace): Judgement {
  const started = new Map(document.processes.map((process) => [process.name, startedIn(trace, process)]));
  const noStart = judgeNoStart(trace, [...started.values()].flat());
  if (noStart) return noStart;
  const evidence = new Evidence();
  const owned = document.records.map((record) => {
    const processes = started.get(record.process) ?? [];
    return { processes, records: recordsIn(placed(trace), record, processes) };
  });
  judgeClaims(trace, started, owned, evidence);
  for (const process of document.processes) {
    judgeProcesses(process, started.get(process.name) ?? [], evidence);
  }
  for (const { records, processes } of owned) judgeRecords(records, processes, evidence);
  for (const { criterion, holds, reply } of trace.criteria) {
    if (criterion.clause === undefined || (reply.claim?.findings.length ?? 0) > 0) continue;
    evidence.check(
      'workflow.criterion',
      holds,
      criterion.clause,
      criterion.place,
      criterion.text,
      shownReply(reply),
      answeredBy(reply),
    );
  }
  const judgement = evidence.judgement();
  const { trouble } = trace;
  if (trouble === undefined) return judgement;
  return judgement.outcome === 'violates'
    ? { ...judgement, trouble }
    : { ...judgement, outcome: 'target-error', reason: trouble };
}

/** A first process that was refused, or that can't be followed: nothing over time can be seen. */
function judgeNoStart({ asked, trouble }: Trace, started: readonly Started[]): Judgement | undefined {
  const first = started.toSorted((one, other) => one.at - other.at)[0];
  if (!first) {
    return trouble !== undefined || asked.length === 0
      ? unjudged('target-error', trouble ?? 'no answer')
      : undefined;
  }
  if (first.accepted) return undefined;
  const { reply } = first.answer;
  const { name, start } = first.process;
  const came = reply.success
    ? `accepted (${shownReply(reply)}) without its id: ${start.id} is missing, so that it can't be followed`
    : `answered with ${shownReply(reply)}`;
  const reason = `a fresh ${name} was ${came}; nothing over time can be seen`;
  // What the answer breaks by itself is told all the same, and is told nowhere else.
  const broken = reply.claim?.outcome === 'violates' ? reply.claim : undefined;
  return broken ? { ...broken, trouble: reason } : unjudged('setup-error', reason);
}

/** What each answer is by what it claims to be, save where another promise tells what is wrong with it. */
function judgeClaims(
  trace: Trace,
  started: ReadonlyMap<string, readonly Started[]>,
  owned: readonly { readonly records: Records }[],
  evidence: Evidence,
): void {
  const intruders = new Set(
    [...started.values()].flatMap((all) => all.filter((one) => isIntruder(one, all)).map(({ at }) => at)),
  );
  const unexpected = new Set(
    owned.flatMap(({ records }) =>
      records.shown.filter((one) => !showsExpected(records, one)).map(({ at }) => at),
    ),
  );
  for (const { at, answer } of placed(trace)) {
    const { claim } = answer.reply;
    if (claim && !intruders.has(at) && !unexpected.has(at)) evidence.adds(claim);
  }
}
