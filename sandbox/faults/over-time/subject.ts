import type { OwnedRecord, Process, WorkflowDocument } from '../../../src/contract/arazzo/model.ts';
import type { Api, Contract } from '../../../src/contract/model.ts';
import { getPointer, type JsonValue, withPointer } from '../../../src/json/json.ts';
import { documented } from '../../documented.ts';
import { answerFields } from '../../generic/answer-fields.ts';
import { isFresh, keyAt, type Role, roleOf, subjectAt, subjectOf } from '../../over-time/roles.ts';
import type { Deviation, Outcome, Situation } from '../../stages.ts';

export type Act = NonNullable<Deviation['act']>;

export const family = 'over time';

/** One kind of process, with the record that it makes, as the faults see it. */
export interface Subject {
  readonly contract: Contract;
  readonly document: WorkflowDocument;
  readonly process: Process;
  readonly record: OwnedRecord | undefined;
  /** The API that starts it. */
  readonly start: Api;
}

/** Every kind of process of a contract. */
export function subjectsIn(contract: Contract): readonly Subject[] {
  return contract.workflows.flatMap((document) =>
    document.processes.flatMap((process) => {
      const start = contract.apis.find(({ id }) => id === process.start.operation);
      const record = document.records.find((one) => one.process === process.name);
      return start ? [{ contract, document, process, record, start }] : [];
    }),
  );
}

/** What a request does, and whom or what it is about. */
export function roleAt(at: Situation): Role | undefined {
  return roleOf(at.contract, at.api);
}

export function does(at: Situation, what: Role['does']): boolean {
  return roleAt(at)?.does === what;
}

/** The text by which whom or what a request is about is known again; empty for nobody. */
export function about(at: Situation): string {
  const role = roleAt(at);
  return (role && subjectOf(role, at.parameters)) ?? '';
}

/** Not about anybody or anything of the test data. */
export function isNew(at: Situation): boolean {
  const role = roleAt(at);
  return role !== undefined && isFresh(at.contract, role, at.parameters);
}

/** The request about somebody or something else. */
export function aboutAnother(at: Situation, edit: (subject: JsonValue) => JsonValue): Situation {
  const role = roleAt(at);
  const pointer = role && subjectAt(role);
  const subject = pointer === undefined ? undefined : getPointer(at.parameters ?? {}, pointer);
  if (pointer === undefined || subject === undefined) return at;
  const parameters = withPointer(at.parameters ?? {}, pointer, edit(subject));
  return { ...at, parameters };
}

/** The id that the outcome of a start gives. */
export function idIn(process: Process, { fields }: Outcome): string | undefined {
  return process.start.id === undefined ? undefined : keyAt(fields, process.start.id);
}

/** The status that the outcome of a look shows. */
export function statusIn(process: Process, { fields }: Outcome): string | undefined {
  return process.look && keyAt(fields, process.look.status);
}

export function withStatus(process: Process, outcome: Outcome, status: string): Outcome {
  return process.look ? withOutcomeValue(outcome, process.look.status, status) : outcome;
}

/** The outcome with another value at a JSON pointer, if there is one. */
export function withOutcomeValue(outcome: Outcome, pointer: string, value: JsonValue): Outcome {
  return getPointer(outcome.fields, pointer) === undefined
    ? outcome
    : { ...outcome, fields: withPointer(outcome.fields, pointer, value) };
}

/** A start that is accepted, with an id that nothing has. */
export function accepted({ contract, start }: Subject, { parameters = {}, count }: Situation): Outcome {
  const row = start.codes.find(({ status }) => status < 300);
  const fields = answerFields(
    contract,
    start,
    parameters,
    { status: row?.status ?? 200, body: undefined },
    1_000_000 + count,
  );
  return documented(start, row?.code ?? '', fields);
}

/** A text or an integer with another last digit, or another last letter. */
export function otherEnd(value: JsonValue): JsonValue {
  if (typeof value === 'bigint') return value + 1n;
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string') return value;
  return value.replace(/[0-9a-z]$/i, (last) =>
    /\d/.test(last) ? String((Number(last) + 5) % 10) : last.toLowerCase() === 'x' ? 'y' : 'x',
  );
}

export function isSuccess(outcome: Outcome): boolean {
  return outcome.status < 300;
}
