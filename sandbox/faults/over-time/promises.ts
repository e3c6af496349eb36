import type { WorkflowDocument } from '../../../src/contract/arazzo/model.ts';
import type { Contract } from '../../../src/contract/model.ts';

/** How a code is lost: by another one in its place in whatever way, by a documented other outcome, by a bad value's code. */
export type LostBy = 'any' | 'another-outcome' | 'bad-value';

/** The promises over time that can't be kept when an API answers otherwise where it should answer with a code. */
export function promisesLost(
  { workflows, apis }: Contract,
  api: string,
  code: string,
  by: LostBy,
): readonly string[] {
  const row = apis.find(({ id }) => id === api)?.codes.find((one) => one.code === code);
  const isSuccess = row !== undefined && row.status < 300;
  const lost = workflows.flatMap((document) =>
    isSuccess ? lostWithSuccess(document, api, by) : lostWithRefusal(document, api, code, by),
  );
  return [
    ...lost,
    ...(isSuccess && by === 'another-outcome' ? idsLost({ workflows, apis }, api) : []),
  ].flatMap((clause) => clause ?? []);
}

/** Where nothing but a code for an unknown id can come in place of a success, it says that the id is unknown. */
function idsLost(
  { workflows, apis }: Pick<Contract, 'workflows' | 'apis'>,
  api: string,
): readonly (string | undefined)[] {
  const codes = apis.find(({ id }) => id === api)?.codes ?? [];
  const unknown = unknownCodes({ workflows });
  if (!codes.every(({ status, code }) => status < 300 || unknown.includes(code))) return [];
  return workflows.flatMap(({ processes }) =>
    processes.filter(({ look }) => look?.operation === api).map(({ promises }) => promises.idIsKnown),
  );
}

/** Codes that say of something that it is not known: in place of a success they break that it is there. */
export function unknownCodes({ workflows }: Pick<Contract, 'workflows'>): readonly string[] {
  return workflows.flatMap(({ processes }) => processes.flatMap(({ look }) => look?.unknown ?? []));
}

function lostWithRefusal(
  { processes }: WorkflowDocument,
  api: string,
  code: string,
  by: LostBy,
): readonly (string | undefined)[] {
  if (by !== 'any') return [];
  return processes.flatMap(({ start, moves, promises: { oneAtATime } }) => [
    ...(start.operation === api && oneAtATime?.code === code ? [oneAtATime.clause] : []),
    ...moves.filter((move) => move.operation === api && move.refused === code).map(({ clause }) => clause),
  ]);
}

/** What is said to have failed must leave nothing, and what succeeded must be shown. */
function lostWithSuccess(
  { processes, records, workflows }: WorkflowDocument,
  api: string,
  by: LostBy,
): readonly (string | undefined)[] {
  const proved = [...workflows.values()].flatMap(({ steps }) =>
    steps.flatMap(({ does, criteria }) =>
      does.kind === 'request' && does.operation === api ? criteria.map(({ clause }) => clause) : [],
    ),
  );
  const moved = processes.flatMap(({ look, moves }) =>
    moves.filter((move) => look?.operation === api || move.operation === api).map(({ clause }) => clause),
  );
  if (by === 'another-outcome') {
    const made = processes.filter(({ look }) => look?.operation === api).map(({ name }) => name);
    return [
      ...records.filter(({ process }) => made.includes(process)).map(({ promises }) => promises.shown),
      ...moved,
      ...proved,
    ];
  }
  if (by === 'bad-value') {
    return [
      ...records.filter(({ show }) => show.operation === api).map(({ promises }) => promises.shown),
      ...moved,
      ...proved,
    ];
  }
  return proved;
}
