import { getPointer, type JsonObject, type JsonValue, withPointer } from '../../src/json/json.ts';
import { documented } from '../documented.ts';
import { answerFields } from '../generic/answer-fields.ts';
import { ownCodes } from '../own-codes.ts';
import type { Outcome, Situation } from '../stages.ts';
import { isFresh, keyAt, type Role, roleOf, subjectOf } from './roles.ts';

/**
 * What an API of a workflow does with a request that has passed all checks, by what the workflow's document says of
 * processes and records; undefined leaves it to what the contract says.
 */
export function actOverTime(at: Situation): Outcome | undefined {
  const role = roleOf(at.contract, at.api);
  return role && does[role.does](at, role);
}

type Act = (at: Situation, role: Role) => Outcome | undefined;

const does: Readonly<Record<Role['does'], Act>> = {
  start(at, role) {
    const { contract, world, parameters = {} } = at;
    const { process } = role;
    const { id: idAt } = process.start;
    const owner = subjectOf(role, parameters);
    // Those of the test data have no past, so that their requests can be repeated.
    const isPrepared = owner !== undefined && !isFresh(contract, role, parameters);
    const { oneAtATime } = process.promises;
    if (oneAtATime && !isPrepared && world.overTime.isBusy(process, owner)) {
      return documented(at.api, oneAtATime.code);
    }
    for (let nth = at.count; ; nth += 1) {
      const outcome = success(at, {}, nth);
      const id = idAt === undefined ? undefined : keyAt(outcome.fields, idAt);
      if (id !== undefined && world.overTime.find(process, id)) continue;
      world.overTime.start({ process, id, owner, request: parameters }, isPrepared);
      return outcome;
    }
  },
  look(at, { process }) {
    const { look } = process;
    if (!look) return undefined;
    const run = at.world.overTime.find(process, keyAt(at.parameters, look.id));
    if (!run) return look.unknown === undefined ? undefined : documented(at.api, look.unknown);
    const status = at.world.overTime.statusOf(run);
    return success(at, status === undefined ? {} : { [look.status]: status });
  },
  move(at, role) {
    if (role.does !== 'move') return undefined;
    const { process, move } = role;
    const run = at.world.overTime.find(process, keyAt(at.parameters, move.id));
    if (!run) return undefined;
    if (at.world.overTime.move(run, move)) return success(at);
    return move.refused === undefined ? failure() : documented(at.api, move.refused);
  },
  show(at, role) {
    if (role.does !== 'show') return undefined;
    const owner = subjectOf(role, at.parameters);
    const values =
      owner === undefined ? undefined : at.world.overTime.record(role.record, role.process, owner);
    if (!values) return isFresh(at.contract, role, at.parameters) ? failure() : undefined;
    const shown = [...role.record.show.values].flatMap(([name, pointer]) => {
      const value = values.get(name);
      return value === undefined ? [] : [[pointer, value] as const];
    });
    return success(at, Object.fromEntries(shown));
  },
  remove(at, role) {
    const owner = subjectOf(role, at.parameters);
    if (role.does !== 'remove' || owner === undefined) return undefined;
    at.world.overTime.remove(role.record, owner);
    return success(at);
  },
};

/** The first documented success, its answer made from the contract with some values at their JSON pointers. */
function success(
  { contract, api, parameters = {} }: Situation,
  values: Readonly<Record<string, JsonValue>> = {},
  nth = 0,
): Outcome {
  const row = api.codes.find(({ status }) => status < 300);
  if (!row) throw new Error(`${api.id} documents no success`);
  const made: JsonObject = answerFields(
    contract,
    api,
    parameters,
    { status: row.status, body: undefined },
    nth,
  );
  const fields = Object.entries(values).reduce<JsonObject>(
    (given, [pointer, value]) =>
      getPointer(given, pointer) === undefined && pointer.split('/').length > 2
        ? given
        : withPointer(given, pointer, value),
    made,
  );
  return documented(api, row.code, fields);
}

/** Undocumented; the code is the sandbox's choice. */
function failure(): Outcome {
  return { ...ownCodes.noAccount, fields: {} };
}
