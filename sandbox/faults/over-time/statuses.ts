import { documented } from '../../documented.ts';
import { wayOf } from '../../over-time/state.ts';
import { type Fault, fault } from '../fault.ts';
import { type Act, about, family, isNew, type Subject, statusIn, withStatus } from './subject.ts';

/** Statuses that go back, go on from an end, or never come to one. */
export function statusFaults({ process }: Subject): readonly Fault[] {
  const { look, promises } = process;
  const way = wayOf(process);
  const [begin] = way;
  const last = way.at(-1);
  const beforeLast = way.at(-2);
  if (!look || begin === undefined || last === undefined || beforeLast === undefined) return [];
  const failed = [...process.statuses].findLast(([, { end }]) => end === 'failed')?.[0];
  /** @param edit `time`: how often the end was told before */
  const changed = (
    how: string,
    sentence: string,
    breaks: string | undefined,
    edit: (status: string, time: number) => string,
  ): readonly Fault[] =>
    breaks === undefined
      ? []
      : [
          fault({
            how,
            family,
            sentence,
            breaks: [breaks],
            apis: [look.operation],
            deviation: () => {
              const times = new Map<string, number>();
              const act: Act = (at, next) => {
                const outcome = next(at);
                const status = statusIn(process, outcome);
                if (status === undefined) return outcome;
                const time = times.get(about(at)) ?? 0;
                if (status === last) times.set(about(at), time + 1);
                return withStatus(process, outcome, edit(status, time));
              };
              return { act };
            },
          }),
        ];
  const name = process.name;
  return [
    ...changed(
      'end-to-begin',
      `A ${name} that has ended is under way again at the next look.`,
      promises.order,
      (status, time) => (status === last && time === 1 ? begin : status),
    ),
    ...changed(
      'end-to-failure',
      `A ${name} that has succeeded has failed at the next look.`,
      failed === undefined ? undefined : promises.order,
      (status, time) => (status === last && time === 1 ? (failed ?? status) : status),
    ),
    ...changed(
      'back-to-begin',
      `A ${name} that had gone a step on is back at its beginning.`,
      way.length < 3 ? undefined : promises.order,
      (status, time) => {
        if (status !== last) return begin;
        return [beforeLast, begin][time] ?? status;
      },
    ),
    ...changed('never', `A ${name} stays under way for ever.`, promises.end, () => begin),
    ...changed(
      'stuck',
      `A ${name} never goes on from its last step.`,
      way.length < 3 ? undefined : promises.end,
      (status) => (status === last ? beforeLast : status),
    ),
  ];
}

/** Requests to take a process to another status that do nothing, or what they must not. */
export function moveFaults({ process, contract }: Subject): readonly Fault[] {
  const { look } = process;
  return process.moves.flatMap((move) => {
    const api = contract.apis.find(({ id }) => id === move.operation);
    const success = api?.codes.find(({ status }) => status < 300)?.code;
    if (!api || success === undefined || !look) return [];
    const { refused } = move;
    return [
      fault({
        how: 'does-nothing',
        family,
        sentence: `To take a ${process.name} to ${move.to} is confirmed and does nothing.`,
        breaks: [move.clause],
        apis: [api.id],
        deviation: { act: (at, act) => (isNew(at) ? documented(api, success) : act(at)) },
      }),
      ...(refused === undefined
        ? []
        : [
            fault({
              how: 'always-refused',
              family,
              sentence: `No ${process.name} but a prepared one can be taken to ${move.to}.`,
              breaks: [move.clause],
              apis: [api.id],
              deviation: { act: (at, act) => (isNew(at) ? documented(api, refused) : act(at)) },
            }),
            fault({
              how: 'of-one-that-ended',
              family,
              sentence: `A ${process.name} that has ended can be taken to ${move.to} as well, so it is said.`,
              breaks: [move.clause],
              apis: [api.id],
              deviation: {
                act: (at, act) => {
                  const outcome = act(at);
                  return isNew(at) && outcome.code === refused ? documented(api, success) : outcome;
                },
              },
            }),
          ]),
    ];
  });
}
