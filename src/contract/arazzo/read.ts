import path from 'node:path';
import type { Api } from '../model.ts';
import type { At, Report } from '../resolve.ts';
import { fieldsOf, type Schema } from '../schema.ts';
import type { DocumentFile } from '../shape.ts';
import type { Written } from '../written/documents.ts';
import { type Condition, ConditionError, expressionsIn, parseCondition } from './condition.ts';
import { type Expression, isExpression, parseExpression } from './expression.ts';
import type {
  Action,
  Criterion,
  Input,
  Move,
  OwnedRecord,
  Payload,
  Process,
  Step,
  Workflow,
  WorkflowDocument,
} from './model.ts';

type WrittenWorkflows = Written['workflow'];
type WrittenProcess = NonNullable<WrittenWorkflows['x-processes']>[string];
type WrittenRecord = NonNullable<WrittenWorkflows['x-records']>[string];
type WrittenWorkflow = WrittenWorkflows['workflows'][number];
type WrittenStep = WrittenWorkflow['steps'][number];
type WrittenAction = NonNullable<WrittenStep['onSuccess']>[number];

/** What a document of workflows speaks of, to hold it against. */
export interface Surroundings {
  readonly apis: readonly Api[];
  readonly hasClause: (id: string) => boolean;
  readonly hasInterpretation: (id: string) => boolean;
}

/** Reads one document of `specs/workflows`; whatever it names and is not there is reported. */
export function readWorkflows(
  file: DocumentFile<WrittenWorkflows>,
  surroundings: Surroundings,
  report: Report,
): WorkflowDocument {
  return new Reading(file, surroundings, report).document();
}

class Reading {
  readonly #file: DocumentFile<WrittenWorkflows>;
  readonly #surroundings: Surroundings;
  readonly #report: Report;
  readonly #apis = new Set<string>();

  constructor(file: DocumentFile<WrittenWorkflows>, surroundings: Surroundings, report: Report) {
    this.#file = file;
    this.#surroundings = surroundings;
    this.#report = report;
  }

  document(): WorkflowDocument {
    const { value, shownAs } = this.#file;
    const processes = Object.entries(value['x-processes'] ?? {}).map(([name, written]) =>
      this.#process(name, { value: written, path: ['x-processes', name] }),
    );
    const records = Object.entries(value['x-records'] ?? {}).map(([name, written]) =>
      this.#record(name, { value: written, path: ['x-records', name] }, processes),
    );
    const called = new Set(
      value.workflows.flatMap(({ steps }) => steps.flatMap(({ workflowId = [] }) => workflowId)),
    );
    const workflows = new Map<string, Workflow>();
    for (const [index, written] of value.workflows.entries()) {
      const at = ['workflows', String(index)];
      if (workflows.has(written.workflowId)) {
        this.#report([...at, 'workflowId'], `"${written.workflowId}" stands twice`);
      }
      workflows.set(
        written.workflowId,
        this.#workflow({ value: written, path: at }, called.has(written.workflowId)),
      );
    }
    return {
      id: path.basename(shownAs, '.yaml'),
      title: value.info.title,
      processes,
      records,
      workflows,
      apis: [...this.#apis],
    };
  }

  #process(name: string, { value, path: at }: At<WrittenProcess>): Process {
    const { start, look, moves = [], promises = {}, interpretations = {} } = value;
    const startApi = this.#api(start.operationId, [...at, 'start', 'operationId']);
    this.#inRequest(startApi, start.owner, [...at, 'start', 'owner']);
    this.#inAnswer(startApi, start.id, [...at, 'start', 'id']);
    for (const [key, pointer] of Object.entries(start.values ?? {})) {
      this.#inRequest(startApi, pointer, [...at, 'start', 'values', key]);
    }
    const statuses = new Map(
      Object.entries(value.statuses ?? {}).map(([status, { next = [], end }]) => {
        for (const [index, one] of next.entries()) {
          if (!Object.hasOwn(value.statuses ?? {}, one)) {
            this.#report(
              [...at, 'statuses', status, 'next', String(index)],
              `no status "${one}" is listed here`,
            );
          }
        }
        return [status, { next, end }] as const;
      }),
    );
    if (look) {
      const api = this.#api(look.operationId, [...at, 'look', 'operationId']);
      this.#inRequest(api, look.id, [...at, 'look', 'id']);
      this.#inAnswer(api, look.status, [...at, 'look', 'status']);
      this.#code(api, look.unknown, [...at, 'look', 'unknown']);
      for (const [index, code] of (look.failed ?? []).entries()) {
        this.#code(api, code, [...at, 'look', 'failed', String(index)]);
      }
      if (statuses.size === 0) this.#report([...at, 'look'], 'what can be looked at has statuses; list them');
      if (start.id === undefined) {
        this.#report([...at, 'start'], 'what can be looked at has an "id" in the answer to its start');
      }
    }
    return {
      name,
      start: {
        operation: start.operationId,
        owner: start.owner,
        id: start.id,
        values: new Map(Object.entries(start.values ?? {})),
      },
      look: look && {
        operation: look.operationId,
        id: look.id,
        status: look.status,
        unknown: look.unknown,
        failed: look.failed ?? [],
      },
      statuses,
      moves: moves.map((written, index): Move => {
        const place = [...at, 'moves', String(index)];
        const { operationId: operation, id, from, to, refused, clause } = written;
        const api = this.#api(operation, [...place, 'operationId']);
        this.#inRequest(api, id, [...place, 'id']);
        this.#code(api, refused, [...place, 'refused']);
        this.#clause(clause, [...place, 'clause']);
        for (const status of [...from, to]) {
          if (!statuses.has(status)) this.#report(place, `no status "${status}" is listed for ${name}`);
        }
        return { operation, id, from, to, refused, clause };
      }),
      promises: {
        oneAtATime: promises.oneAtATime && {
          clause: this.#clause(promises.oneAtATime.clause, [...at, 'promises', 'oneAtATime', 'clause']),
          code: this.#code(startApi, promises.oneAtATime.code, [...at, 'promises', 'oneAtATime', 'code']),
        },
        idIsUnique: this.#optionalClause(promises.idIsUnique, [...at, 'promises', 'idIsUnique']),
        idIsKnown: this.#optionalClause(promises.idIsKnown, [...at, 'promises', 'idIsKnown']),
        order: this.#optionalClause(promises.order, [...at, 'promises', 'order']),
        end: this.#optionalClause(promises.end, [...at, 'promises', 'end']),
      },
      interpretations: {
        started: this.#interpretations(interpretations.started, [...at, 'interpretations', 'started']),
        failed: this.#interpretations(interpretations.failed, [...at, 'interpretations', 'failed']),
      },
    };
  }

  #record(name: string, { value, path: at }: At<WrittenRecord>, processes: readonly Process[]): OwnedRecord {
    const { of, show, remove, promises = {}, interpretations = {} } = value;
    const maker = processes.find((process) => process.name === of);
    if (!maker) this.#report([...at, 'of'], `no process "${of}" in x-processes`);
    else if (maker.start.owner === undefined) {
      this.#report([...at, 'of'], `the process "${of}" has no owner, so that nobody can have its ${name}`);
    }
    const api = this.#api(show.operationId, [...at, 'show', 'operationId']);
    this.#inRequest(api, show.owner, [...at, 'show', 'owner']);
    for (const [key, pointer] of Object.entries(show.values)) {
      this.#inAnswer(api, pointer, [...at, 'show', 'values', key]);
      if (maker && !maker.start.values.has(key)) {
        this.#report([...at, 'show', 'values', key], `no value "${key}" among those of the process "${of}"`);
      }
    }
    if (remove) {
      const remover = this.#api(remove.operationId, [...at, 'remove', 'operationId']);
      this.#inRequest(remover, remove.owner, [...at, 'remove', 'owner']);
    }
    return {
      name,
      process: of,
      show: {
        operation: show.operationId,
        owner: show.owner,
        values: new Map(Object.entries(show.values)),
        masked: show.masked ?? [],
      },
      remove: remove && { operation: remove.operationId, owner: remove.owner },
      promises: {
        shown: this.#optionalClause(promises.shown, [...at, 'promises', 'shown']),
        replaced: this.#optionalClause(promises.replaced, [...at, 'promises', 'replaced']),
        removed: this.#optionalClause(promises.removed, [...at, 'promises', 'removed']),
      },
      interpretations: {
        absent: this.#interpretations(interpretations.absent, [...at, 'interpretations', 'absent']),
      },
    };
  }

  #workflow({ value, path: at }: At<WrittenWorkflow>, isCalled: boolean): Workflow {
    const { workflowId, summary, inputs, steps, outputs = {} } = value;
    const read = new Map<string, Input>();
    for (const [name, written] of Object.entries(inputs?.properties ?? {})) {
      read.set(name, this.#input(written, [...at, 'inputs', 'properties', name]));
    }
    const known = { inputs: read, steps: new Set(steps.map(({ stepId }) => stepId)) };
    if (known.steps.size < steps.length) this.#report([...at, 'steps'], 'a stepId stands twice');
    if (!isCalled && ![...read.values()].some(({ kind }) => kind === 'prepared')) {
      this.#report(
        [...at, 'inputs'],
        'a workflow that no other one calls starts from a prepared request: give it an input with "x-prepared"',
      );
    }
    return {
      id: workflowId,
      summary,
      inputs: read,
      steps: steps.map((step, index) =>
        this.#step({ value: step, path: [...at, 'steps', String(index)] }, known),
      ),
      outputs: this.#outputs(outputs, [...at, 'outputs'], known),
      isCalled,
    };
  }

  #input(
    {
      'x-prepared': prepared,
      'x-fresh': fresh,
      'x-other': other,
      minimum,
      maximum,
    }: NonNullable<WrittenWorkflow['inputs']>['properties'][string],
    at: readonly string[],
  ): Input {
    if (prepared !== undefined) {
      this.#api(prepared, [...at, 'x-prepared']);
      return { kind: 'prepared', api: prepared };
    }
    if (fresh) {
      if (minimum === undefined || maximum === undefined || minimum > maximum) {
        this.#report(at, 'a fresh integer needs "minimum" and "maximum", the lower one first');
      }
      return { kind: 'fresh', from: BigInt(minimum ?? 0), to: BigInt(maximum ?? 0) };
    }
    return other ? { kind: 'other', of: other.of, by: other.by } : { kind: 'given' };
  }

  #step({ value, path: at }: At<WrittenStep>, known: Known): Step {
    const { stepId, outputs = {} } = value;
    const when = value['x-when'];
    return {
      id: stepId,
      when: when === undefined ? undefined : this.#condition(when, [...at, 'x-when'], known),
      does: this.#does(value, at, known),
      criteria: (value.successCriteria ?? []).flatMap((written, index) =>
        this.#criterion(written, [...at, 'successCriteria', String(index)], known),
      ),
      onSuccess: (value.onSuccess ?? []).map((written, index) =>
        this.#action(written, [...at, 'onSuccess', String(index)], known),
      ),
      onFailure: (value.onFailure ?? []).map((written, index) =>
        this.#action(written, [...at, 'onFailure', String(index)], known),
      ),
      outputs: this.#outputs(outputs, [...at, 'outputs'], known),
    };
  }

  #does(
    { operationId, workflowId, requestBody, parameters = [] }: WrittenStep,
    at: readonly string[],
    known: Known,
  ): Step['does'] {
    if ((operationId === undefined) === (workflowId === undefined)) {
      this.#report(at, 'a step has either an "operationId" or a "workflowId"');
    }
    if (workflowId !== undefined) {
      const called = this.#file.value.workflows.find((one) => one.workflowId === workflowId);
      if (!called) this.#report([...at, 'workflowId'], `no workflow "${workflowId}" in this document`);
      const inputs = new Map<string, Payload>();
      for (const [index, { name, value }] of parameters.entries()) {
        const place = [...at, 'parameters', String(index)];
        if (called && !Object.hasOwn(called.inputs?.properties ?? {}, name)) {
          this.#report([...place, 'name'], `the workflow "${workflowId}" has no input "${name}"`);
        }
        inputs.set(name, this.#payload(value, [...place, 'value'], known));
      }
      return { kind: 'workflow', workflow: workflowId, inputs };
    }
    const operation = operationId ?? '';
    this.#api(operation, [...at, 'operationId']);
    const replacements = new Map<string, Payload>();
    for (const [index, { target, value }] of (requestBody?.replacements ?? []).entries()) {
      const place = [...at, 'requestBody', 'replacements', String(index)];
      replacements.set(target, this.#payload(value, [...place, 'value'], known));
    }
    return {
      kind: 'request',
      operation,
      payload: this.#payload(requestBody?.payload ?? {}, [...at, 'requestBody', 'payload'], known),
      replacements,
    };
  }

  #criterion(
    { condition, 'x-clause': clause }: NonNullable<WrittenStep['successCriteria']>[number],
    at: readonly string[],
    known: Known,
  ): readonly Criterion[] {
    const read = this.#condition(condition, [...at, 'condition'], known);
    if (!read) return [];
    const body = expressionsIn(read).find((one) => one.kind === 'body');
    return [
      {
        condition: read,
        text: condition,
        place: body ? body.pointer : 'HTTP status',
        clause: this.#optionalClause(clause, [...at, 'x-clause']),
      },
    ];
  }

  #action(written: WrittenAction, at: readonly string[], known: Known): Action {
    const criteria = (written.criteria ?? []).flatMap(
      ({ condition }, index) =>
        this.#condition(condition, [...at, 'criteria', String(index), 'condition'], known) ?? [],
    );
    if (written.type === 'end') return { type: 'end', criteria };
    if (written.type === 'goto') {
      const { stepId = '' } = written;
      if (!known.steps.has(stepId)) this.#report([...at, 'stepId'], `no step "${stepId}" in this workflow`);
      return { type: 'goto', step: stepId, criteria };
    }
    const longest = (written.retryAfter ?? 1) * 1000;
    const first = (written['x-retryFirst'] ?? written.retryAfter ?? 1) * 1000;
    return { type: 'retry', first, longest, limit: written.retryLimit ?? 1, criteria };
  }

  #outputs(
    written: Readonly<Record<string, string>>,
    at: readonly string[],
    known: Known,
  ): ReadonlyMap<string, Expression> {
    return new Map(
      Object.entries(written).flatMap(([name, text]) => {
        const expression = this.#expression(text, [...at, name], known);
        return expression ? [[name, expression] as const] : [];
      }),
    );
  }

  #payload(value: unknown, at: readonly string[], known: Known): Payload {
    if (isExpression(value)) {
      const expression = this.#expression(value, at, known);
      return expression ? { kind: 'expression', expression } : { kind: 'literal', value };
    }
    if (Array.isArray(value)) {
      return {
        kind: 'list',
        items: value.map((item: unknown, index) => this.#payload(item, [...at, String(index)], known)),
      };
    }
    if (typeof value === 'object' && value !== null) {
      return {
        kind: 'object',
        members: new Map(
          Object.entries(value).map(([name, member]) => [name, this.#payload(member, [...at, name], known)]),
        ),
      };
    }
    switch (typeof value) {
      case 'string':
      case 'number':
      case 'bigint':
      case 'boolean':
        return { kind: 'literal', value };
      default:
        return { kind: 'literal', value: null };
    }
  }

  #condition(text: string, at: readonly string[], known: Known): Condition | undefined {
    try {
      const condition = parseCondition(text);
      for (const expression of expressionsIn(condition)) this.#expectKnown(expression, at, known);
      return condition;
    } catch (error) {
      if (!(error instanceof ConditionError)) throw error;
      this.#report(at, error.message);
      return undefined;
    }
  }

  #expression(text: string, at: readonly string[], known: Known): Expression | undefined {
    const expression = parseExpression(text);
    if (!expression) {
      this.#report(
        at,
        `"${text}" is no runtime expression that is known here: $statusCode, $response.body#/…, $inputs.…, $outputs.…, $steps.….outputs.…`,
      );
      return undefined;
    }
    this.#expectKnown(expression, at, known);
    return expression;
  }

  #expectKnown(expression: Expression, at: readonly string[], { inputs, steps }: Known): void {
    if (expression.kind === 'input' && !inputs.has(expression.name)) {
      this.#report(at, `no input "${expression.name}"; there are ${[...inputs.keys()].join(', ')}`);
    }
    if (expression.kind === 'step-output' && !steps.has(expression.step)) {
      this.#report(at, `no step "${expression.step}" in this workflow`);
    }
  }

  #api(id: string, at: readonly string[]): Api | undefined {
    const { apis } = this.#surroundings;
    const api = apis.find((one) => one.id === id);
    if (api) this.#apis.add(id);
    else
      this.#report(
        at,
        `no operationId "${id}" in the OpenAPI document; there are ${apis.map((one) => one.id).join(', ')}`,
      );
    return api;
  }

  #inRequest(api: Api | undefined, pointer: string | undefined, at: readonly string[]): void {
    if (api) this.#field(api, api.request.body.schema, 'request', pointer, at);
  }

  #inAnswer(api: Api | undefined, pointer: string | undefined, at: readonly string[]): void {
    const success = api?.responses.find(({ status }) => status < 300);
    if (api && success) this.#field(api, success.body.schema, 'answer', pointer, at);
  }

  #field(
    api: Api,
    schema: Schema,
    side: 'request' | 'answer',
    pointer: string | undefined,
    at: readonly string[],
  ): void {
    if (pointer === undefined) return;
    const wanted = pointer.slice(1).replaceAll('/', '.');
    const fields = fieldsOf(schema);
    if (fields.some(({ path: one }) => one === wanted)) return;
    this.#report(
      at,
      `no field ${pointer} in the ${side} of ${api.id}; there are ${fields.map((one) => `/${one.path.replaceAll('.', '/')}`).join(', ')}`,
    );
  }

  #code<Code extends string | undefined>(api: Api | undefined, code: Code, at: readonly string[]): Code {
    if (api && code !== undefined && !api.codes.some((row) => row.code === code)) {
      this.#report(
        at,
        `no code ${code} for ${api.id}; there are ${api.codes.map((row) => row.code).join(', ')}`,
      );
    }
    return code;
  }

  #clause(id: string, at: readonly string[]): string {
    if (!this.#surroundings.hasClause(id)) this.#report(at, `no clause "${id}"; npm run clauses lists them`);
    return id;
  }

  #optionalClause(id: string | undefined, at: readonly string[]): string | undefined {
    return id === undefined ? undefined : this.#clause(id, at);
  }

  #interpretations<Ids extends Readonly<Record<string, string>>>(
    ids: Ids | undefined,
    at: readonly string[],
  ): Ids | undefined {
    for (const [name, id] of Object.entries(ids ?? {})) {
      if (!this.#surroundings.hasInterpretation(id)) {
        this.#report([...at, name], `no interpretation "${id}" in specs/ambiguities.yaml`);
      }
    }
    return ids;
  }
}

/** What expressions of one workflow may name. */
interface Known {
  readonly inputs: ReadonlyMap<string, Input>;
  readonly steps: ReadonlySet<string>;
}
