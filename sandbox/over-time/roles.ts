import type { Move, OwnedRecord, Process, WorkflowDocument } from '../../src/contract/arazzo/model.ts';
import type { Api, Contract } from '../../src/contract/model.ts';
import { getPointer, type JsonObject, type JsonValue, stringifyJson } from '../../src/json/json.ts';
import { preparedScenarios } from '../generic/scenarios.ts';

/** What the requests of an API do to what a workflow speaks of. */
export type Role =
  | { readonly does: 'start' | 'look'; readonly process: Process }
  | { readonly does: 'move'; readonly process: Process; readonly move: Move }
  | { readonly does: 'show' | 'remove'; readonly process: Process; readonly record: OwnedRecord };

/** What an API does in the workflows of a contract; undefined when none of them has it. */
export function roleOf({ workflows }: Contract, { id }: Pick<Api, 'id'>): Role | undefined {
  return workflows.flatMap(rolesIn).find(([operation]) => operation === id)?.[1];
}

/** Every API that a document gives a role. */
export function rolesIn({ processes, records }: WorkflowDocument): readonly (readonly [string, Role])[] {
  return processes.flatMap((process) => [
    [process.start.operation, { does: 'start', process }] as const,
    ...(process.look ? [[process.look.operation, { does: 'look', process }] as const] : []),
    ...process.moves.map((move) => [move.operation, { does: 'move', process, move }] as const),
    ...records
      .filter((record) => record.process === process.name)
      .flatMap((record) => [
        [record.show.operation, { does: 'show', process, record }] as const,
        ...(record.remove ? [[record.remove.operation, { does: 'remove', process, record }] as const] : []),
      ]),
  ]);
}

/** Where in a request of this role it stands whom or what it is about; undefined where nothing does. */
export function subjectAt(role: Role): string | undefined {
  switch (role.does) {
    case 'start':
      return role.process.start.owner;
    case 'look':
      return role.process.look?.id;
    case 'move':
      return role.move.id;
    case 'show':
      return role.record.show.owner;
    case 'remove':
      return role.record.remove?.owner;
  }
}

/** Whom or what a request is about, as a text. */
export function subjectOf(role: Role, request: JsonObject | undefined): string | undefined {
  const pointer = subjectAt(role);
  return pointer === undefined ? undefined : keyAt(request, pointer);
}

/** The value at a JSON pointer as a text by which it is known again. */
export function keyAt(value: JsonValue | undefined, pointer: string): string | undefined {
  const found = value === undefined ? undefined : getPointer(value, pointer);
  if (found === undefined || found === null || found === '') return undefined;
  return typeof found === 'string' ? found : stringifyJson(found);
}

/** Whether a request is about somebody or something that no prepared request is about. */
export function isFresh(contract: Contract, role: Role, request: JsonObject | undefined): boolean {
  const subject = subjectOf(role, request);
  return subject !== undefined && !subjectsOfTestData(contract).has(subject);
}

/** Everybody and everything that the prepared requests of the APIs of workflows are about. */
function subjectsOfTestData(contract: Contract): ReadonlySet<string> {
  const known = subjects.get(contract) ?? new Set(preparedSubjects(contract));
  subjects.set(contract, known);
  return known;
}

const subjects = new WeakMap<Contract, ReadonlySet<string>>();

function preparedSubjects(contract: Contract): readonly string[] {
  const { testData } = preparedScenarios(contract);
  return contract.apis.flatMap((api) => {
    const role = roleOf(contract, api);
    return role ? api.scenarios.flatMap(({ id }) => subjectOf(role, testData.get(id)) ?? []) : [];
  });
}
