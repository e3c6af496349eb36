import type { Action, Step, Workflow, WorkflowDocument } from '../contract/arazzo/model.ts';
import { isJsonObject, type JsonObject, type JsonValue, withPointer } from '../json/json.ts';
import { evaluated, filledIn, holds, type Scope } from './evaluate.ts';
import { type Asked, type Reply, shownReply, type Trace } from './trace.ts';

/** What a workflow is run with: the one who sends, and the clock. */
export interface Means {
  /**
   * Sends one request and gives its answer.
   *
   * @throws {NoAnswer} when no usable one came
   */
  readonly ask: (operation: string, body: JsonObject) => Promise<Reply>;
  /** Once it aborts no further request is made. */
  readonly signal: AbortSignal | undefined;
  /** Resolves behind so many milliseconds; rejects when the run is stopped. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Milliseconds for which one request is repeated at most. */
  readonly limit: number;
}

/** No answer came from which anything over time could be read. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

type Values = ReadonlyMap<string, JsonValue | undefined>;

/**
 * Runs a workflow step by step and writes down what it sees, up to where nothing more can be learnt. A step for whose
 * request a value is missing is left out. Without a usable answer it stops, and the trace says why.
 *
 * @param trace is filled on the way, so that it is there even when the run is stopped
 * @throws whatever `means` throws, but for NoAnswer
 */
export async function execute(
  document: WorkflowDocument,
  workflow: Workflow,
  inputs: Values,
  means: Means,
  trace: Trace,
): Promise<void> {
  try {
    await new Execution(document, means, trace).run(workflow, inputs);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    trace.trouble = error.message;
  }
}

/** How a step or a workflow came out. */
interface Result {
  readonly success: boolean;
  readonly outputs: Values;
}

const leftOut: Result = { success: true, outputs: new Map() };

class Execution {
  readonly #document: WorkflowDocument;
  readonly #means: Means;
  readonly #trace: Trace;

  constructor(document: WorkflowDocument, means: Means, trace: Trace) {
    this.#document = document;
    this.#means = means;
    this.#trace = trace;
  }

  async run(workflow: Workflow, inputs: Values): Promise<Result> {
    const steps = new Map<string, Values>();
    const scope: Scope = { inputs, steps };
    let success = true;
    for (let index = 0; index < workflow.steps.length; ) {
      const step = workflow.steps[index];
      if (!step) break;
      const { result, then } = await this.#step(step, scope);
      steps.set(step.id, result.outputs);
      if (then === 'end') {
        success = result.success;
        break;
      }
      index = then === 'next' ? index + 1 : workflow.steps.findIndex(({ id }) => id === then.goto);
    }
    return { success, outputs: mapped(workflow.outputs, (expression) => evaluated(expression, scope)) };
  }

  async #step(
    step: Step,
    scope: Scope,
  ): Promise<{ result: Result; then: 'next' | 'end' | { goto: string } }> {
    if (step.when && !holds(step.when, scope)) return { result: leftOut, then: 'next' };
    const { does } = step;
    const start = this.#means.now();
    let pause = 0;
    for (let tries = 1; ; tries += 1) {
      const outcome =
        does.kind === 'workflow' ? await this.#call(does, scope) : await this.#request(does, step, scope);
      if (!outcome) return { result: leftOut, then: 'next' };
      const { success, inside, asked } = outcome;
      const result = {
        success,
        outputs: mapped(step.outputs, (expression) => evaluated(expression, inside)),
      };
      const action = (success ? step.onSuccess : step.onFailure).find(({ criteria }) =>
        criteria.every((condition) => holds(condition, inside)),
      );
      if (action?.type !== 'retry') return { result, then: nextOf(action, success) };
      const waited = this.#means.now() - start;
      const left = this.#means.limit - waited;
      if (left <= 0 || tries > action.limit) {
        if (asked) asked.gaveUp = waited;
        return { result, then: 'end' };
      }
      pause = pause === 0 ? action.first : Math.min(pause * 2, action.longest);
      await this.#means.wait(Math.min(pause, left));
    }
  }

  async #call(
    { workflow: id, inputs }: Extract<Step['does'], { kind: 'workflow' }>,
    scope: Scope,
  ): Promise<StepOutcome | undefined> {
    const workflow = this.#document.workflows.get(id);
    if (!workflow) throw new Error(`no workflow ${id}; the contract should not have loaded`);
    const given = mapped(inputs, (payload) => filledIn(payload, scope));
    if ([...given.values()].includes(undefined)) return undefined;
    const { success, outputs } = await this.run(workflow, given);
    return { success, inside: { ...scope, outputs }, asked: undefined };
  }

  async #request(
    { operation, payload, replacements }: Extract<Step['does'], { kind: 'request' }>,
    { criteria }: Step,
    scope: Scope,
  ): Promise<StepOutcome | undefined> {
    const filled = filledIn(payload, scope);
    if (filled === undefined) return undefined;
    if (!isJsonObject(filled)) throw new Error(`the request to ${operation} is no JSON object`);
    let body = filled;
    for (const [pointer, replacement] of replacements) {
      const value = filledIn(replacement, scope);
      if (value !== undefined) body = withPointer(body, pointer, value);
    }
    this.#means.signal?.throwIfAborted();
    const asked: Asked = { operation, body, reply: undefined };
    this.#trace.asked.push(asked);
    const reply = await this.#means.ask(operation, body);
    asked.reply = reply;
    this.#expectReadable(operation, reply);
    const inside = { ...scope, reply };
    let success = true;
    for (const criterion of criteria) {
      const isMet = holds(criterion.condition, inside);
      if (criterion.clause !== undefined) this.#trace.criteria.push({ criterion, holds: isMet, reply });
      success &&= isMet;
    }
    return { success, inside, asked };
  }

  /** Neither an end nor under way: the page lists every code, and the clauses of the codes tell of it. */
  #expectReadable(operation: string, reply: Reply): void {
    const isLook = this.#document.processes.some(({ look }) => look?.operation === operation);
    if (isLook && !reply.documented) {
      throw new NoAnswer(
        `${operation}: ${shownReply(reply)}, which its page does not have; nothing can be followed`,
      );
    }
  }
}

/** What doing one step came to. */
interface StepOutcome {
  readonly success: boolean;
  readonly inside: Scope;
  /** Undefined for a workflow that was called. */
  readonly asked: Asked | undefined;
}

/** Without an action for it a success goes on, and a failure ends the workflow (Arazzo 1.0.1, section 4.6.5). */
function nextOf(
  action: Exclude<Action, { type: 'retry' }> | undefined,
  success: boolean,
): 'next' | 'end' | { goto: string } {
  if (action?.type === 'goto') return { goto: action.step };
  return action?.type === 'end' || !success ? 'end' : 'next';
}

function mapped<From, To>(map: ReadonlyMap<string, From>, to: (from: From) => To): ReadonlyMap<string, To> {
  return new Map([...map].map(([name, value]) => [name, to(value)]));
}
