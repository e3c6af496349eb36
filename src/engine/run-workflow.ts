import { setTimeout as wait } from 'node:timers/promises';
import type { Case } from '../cases/case.ts';
import type { Input, Workflow, WorkflowDocument } from '../contract/arazzo/model.ts';
import { getPointer, isJsonObject, type JsonObject, type JsonValue, withPointer } from '../json/json.ts';
import { unjudged } from '../judge/evidence.ts';
import { judgeClaim } from '../judge/scenario.ts';
import type { ShownExchange } from '../record/record.ts';
import type { RedactorOptions } from '../redact/redactor.ts';
import { cleanUp } from '../workflow/clean-up.ts';
import { execute, NoAnswer } from '../workflow/execute.ts';
import { judgeTrace } from '../workflow/judge.ts';
import { emptyTrace, type Reply } from '../workflow/trace.ts';
import type { CaseResult } from './case-result.ts';
import type { Change } from './change.ts';
import { abortedAfter, interrupted } from './interrupted.ts';
import { type SendingOptions, type Sent, send } from './send.ts';
import type { Session } from './session.ts';
import { Stopped } from './traffic.ts';

/** For how long after an interruption what was started is followed, and for how long it is removed; milliseconds. */
const patience = { following: 5_000, removing: 10_000 };

/** Milliseconds between two looks while the end of something is waited for after an interruption. */
const lookEvery = 50;

/** Runs a workflow with data of its own, judges what was seen, and leaves nothing behind. */
export async function runWorkflow(
  one: Case,
  { document, workflow }: { readonly document: WorkflowDocument; readonly workflow: Workflow },
  prepared: JsonObject,
  session: Session,
): Promise<CaseResult> {
  const exchanges: ShownExchange[] = [];
  const sensitive: RedactorOptions[] = [];
  const notes = new Set<string>();
  const changes: Change[] = [];
  const { signal, profile } = session;
  const soon = abortedAfter(signal, patience.following);
  const asking = asker(one, session, (sent) => {
    exchanges.push(sent.shown);
    sensitive.push(sent.sensitive);
    for (const note of sent.notes) notes.add(note);
    changes.push(...sent.changes);
  });
  const starts = new Set(document.processes.map(({ start }) => start.operation));
  const trace = emptyTrace();
  const wasInterrupted = () => signal?.aborted === true;
  let brokenOff: string | undefined;
  try {
    await execute(
      document,
      workflow,
      inputsFor(workflow, prepared, session.randomFor(`${one.id} inputs`)),
      {
        signal,
        // The answer to a start is waited for even when the run is stopped: its id says what is to be cleaned up.
        ask: (operation, body) => asking(operation, body, { signal: starts.has(operation) ? soon : signal }),
        wait: (milliseconds) => wait(milliseconds, undefined, { ...(signal && { signal }) }),
        now: () => performance.now(),
        limit: profile.timeouts.workflow,
      },
      trace,
    );
  } catch (error) {
    if (error instanceof Stopped) trace.trouble = error.message;
    else if (wasInterrupted()) trace.trouble = interrupted;
    else throw error;
    brokenOff = trace.trouble;
  }
  const judgement = judgeTrace(document, trace);
  // A target that has gone keeps nobody waiting for long, and is told all the same what is to be removed.
  const late = session.traffic.stopped === undefined ? undefined : AbortSignal.timeout(patience.removing);
  const remains = await cleanUp(document, trace, {
    ask: (operation, body) =>
      asking(operation, body, {
        signal: late ?? abortedAfter(signal, patience.removing),
        cleaning: true,
      }),
    look: (operation, body) => asking(operation, body, { signal: soon, cleaning: true }),
    follow: wasInterrupted()
      ? async (look) => {
          while (!(await look())) await wait(lookEvery, undefined, { signal: soon });
        }
      : undefined,
  });
  return {
    judgement:
      brokenOff !== undefined && judgement.outcome !== 'violates'
        ? unjudged('not-exercised', brokenOff)
        : judgement,
    exchanges,
    sensitive,
    notes: [...notes],
    changes,
    ...remains,
  };
}

type Ask = (operation: string, body: JsonObject, options: SendingOptions) => Promise<Reply>;

/** Asks until its signal aborts, and throws its reason then. */
function asker(one: Case, session: Session, keep: (sent: Sent) => void): Ask {
  let count = 0;
  const { contract, profile } = session;
  const { envelope } = profile.wire;
  return async (id, body, options) => {
    const api = contract.apis.find((candidate) => candidate.id === id);
    if (!api) throw new Error(`no API ${id}`);
    const request = { api, id: `${one.id} ${count}` };
    count += 1;
    const sent = await send(request, { ready: true, body, mutation: undefined }, session, options);
    keep(sent);
    const { opened, reception } = sent;
    const { outcome } = sent.exchange;
    if (!reception.usable) throw new NoAnswer(`${id}: ${reception.why}`);
    const { status } = reception.response;
    const code = reception.envelope?.code;
    if (typeof code !== 'string') throw new NoAnswer(`${id}: HTTP ${status} and no code`);
    if (opened.form !== 'plain' && opened.form !== 'encrypted') {
      throw new NoAnswer(`${id}: HTTP ${status} with a message that can't be opened`);
    }
    const row = api.codes.find((candidate) => candidate.code === code);
    const [documented] = api.platform.envelope.places;
    return {
      status,
      code,
      codeAt: reception.envelope?.codeAt ?? documented.code,
      documented: row !== undefined,
      success: row !== undefined && row.status < 300,
      // Wherever the target has its code, conditions find it where the OpenAPI document has it.
      body: isJsonObject(opened.value) ? withPointer(opened.value, documented.code, code) : opened.value,
      claim: judgeClaim({ api, sent: body, outcome, opened, envelope }),
    };
  };
}

/** The inputs of a workflow; the same random numbers make the same ones. */
function inputsFor(
  { inputs }: Workflow,
  prepared: JsonObject,
  random: () => number,
): ReadonlyMap<string, JsonValue | undefined> {
  return new Map([...inputs].map(([name, input]) => [name, inputFor(input, prepared, random)]));
}

function inputFor(input: Input, prepared: JsonObject, random: () => number): JsonValue | undefined {
  switch (input.kind) {
    case 'prepared':
      return prepared;
    case 'fresh':
      return freshInteger(input, random);
    case 'other':
      return otherValue(getPointer(prepared, input.of), input.by);
    case 'given':
      return undefined;
  }
}

/** One that a floating-point number can't hold, where the range has any: an id that is rounded anywhere is another one. */
function freshInteger(
  { from, to }: { readonly from: bigint; readonly to: bigint },
  random: () => number,
): bigint {
  const size = to - from + 1n;
  const drawn = (BigInt(Math.floor(random() * 2 ** 48)) << 48n) | BigInt(Math.floor(random() * 2 ** 48));
  const integer = from + (drawn % size);
  if (BigInt(Number(integer)) !== integer || to <= BigInt(Number.MAX_SAFE_INTEGER)) return integer;
  return integer < to ? integer + 1n : integer - 1n;
}

/** A text or an integer of the same form: its last digit is another one. */
function otherValue(value: JsonValue | undefined, by: number): JsonValue | undefined {
  const changed = (text: string) => text.replace(/\d(?=\D*$)/u, (digit) => String((Number(digit) + by) % 10));
  if (typeof value === 'string') return changed(value);
  return typeof value === 'bigint' || Number.isInteger(value) ? BigInt(changed(String(value))) : undefined;
}
