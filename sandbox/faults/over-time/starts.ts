import { clauseId } from '../../../src/contract/clauses.ts';
import { stringifyJson } from '../../../src/json/json.ts';
import { documented } from '../../documented.ts';
import { ownCodes } from '../../own-codes.ts';
import type { Situation } from '../../stages.ts';
import { type Fault, fault } from '../fault.ts';
import {
  type Act,
  about,
  accepted,
  does,
  family,
  idIn,
  isNew,
  isSuccess,
  otherEnd,
  type Subject,
  withOutcomeValue,
} from './subject.ts';

/** Who may start something, and when: what one that is under way does to the next one, and to others. */
export function startFaults(subject: Subject): readonly Fault[] {
  const { process, start, record } = subject;
  const promise = process.promises.oneAtATime;
  if (!promise) return [];
  const { clause, code } = promise;
  const name = process.name;
  const isRefused = (outcome: { readonly code: string }) => outcome.code === code;
  const ownScenarios = start.scenarios
    .filter((one) => one.code === code)
    .map(({ id }) => clauseId.scenario(id));
  const successes = start.scenarios.filter(({ status }) => status < 300);
  const success = successes[0]?.code;
  return [
    fault({
      how: 'second-accepted',
      family,
      sentence: `A second ${name} of an owner is accepted while the first is under way, unless it is the prepared one.`,
      breaks: [clause],
      apis: [start.id],
      deviation: {
        act: (at, act) => {
          const outcome = act(at);
          return isRefused(outcome) && isNew(at) ? accepted(subject, at) : outcome;
        },
      },
    }),
    fault({
      how: 'always-accepted',
      family,
      sentence: `Every ${name} is accepted, whatever is under way; the prepared one with it, so that its code can never come.`,
      breaks: [clause, clauseId.code(start.id, code, 'code'), ...ownScenarios],
      apis: [start.id],
      deviation: {
        act: (at, act) => {
          const outcome = act(at);
          return isRefused(outcome) ? accepted(subject, at) : outcome;
        },
      },
    }),
    fault({
      how: 'refused-with-another-code',
      family,
      sentence: `A second ${name} is refused with a code that no page has, unless it is the prepared one.`,
      breaks: [clause],
      apis: [start.id],
      deviation: {
        act: (at, act) => {
          const outcome = act(at);
          return isRefused(outcome) && isNew(at) ? { ...ownCodes.underWay, fields: {} } : outcome;
        },
      },
    }),
    fault({
      how: 'another-value-accepted',
      family,
      sentence: `While a ${name} is under way a second one about the same is refused, and one about something else is accepted.`,
      breaks: [clause],
      apis: [start.id],
      deviation: () => {
        const underWay = new Map<string, string>();
        const act: Act = (at, next) => {
          const outcome = next(at);
          if (!isNew(at)) return outcome;
          const isOther = underWay.get(about(at)) !== asked(at);
          if (isRefused(outcome) && isOther) return accepted(subject, at);
          if (isSuccess(outcome)) underWay.set(about(at), asked(at));
          return outcome;
        };
        return { act };
      },
    }),
    fault({
      how: 'blocks-the-next-owner',
      family,
      sentence: `Behind a ${name} that was refused with ${code}, that of the next owner is refused as well.`,
      breaks: [clause],
      apis: [start.id],
      deviation: () => {
        let refused: string | undefined;
        const act: Act = (at, next) => {
          if (!isNew(at)) return next(at);
          const isNext = refused !== undefined && refused !== about(at);
          const outcome = isNext ? documented(start, code) : next(at);
          refused = !isNext && isRefused(outcome) ? about(at) : undefined;
          return outcome;
        };
        return { act };
      },
    }),
    ...(success === undefined
      ? []
      : [
          fault({
            how: 'every-start-refused',
            family: 'wrong reason',
            sentence: `Every ${name} is refused as if one were under way.`,
            breaks: [
              clauseId.code(start.id, success, 'code'),
              ...successes.map(({ id }) => clauseId.scenario(id)),
            ],
            deviation: { act: () => documented(start, code) },
          }),
        ]),
    ...(record?.promises.replaced === undefined
      ? []
      : [
          fault({
            how: 'replacement-refused',
            family,
            sentence: `Whoever has the ${record.name} can get no other one: it is answered as if the first ${name} were under way for ever.`,
            breaks: [record.promises.replaced],
            apis: [start.id],
            deviation: () => {
              const started = new Set<string>();
              const act: Act = (at, next) => {
                const outcome = next(at);
                if (!isNew(at) || !isSuccess(outcome)) return outcome;
                if (started.has(about(at))) return documented(start, code);
                started.add(about(at));
                return outcome;
              };
              return { act };
            },
          }),
        ]),
  ];
}

/** Ids that are given twice, or that no look knows. */
export function idFaults({ process, start, contract }: Subject): readonly Fault[] {
  const { idIsUnique, idIsKnown } = process.promises;
  const { look } = process;
  const { id: idAt } = process.start;
  if (!look || idAt === undefined) return [];
  const shared = (keyOf: (at: Situation) => string) => () => {
    const given = new Map<string, string>();
    /** An id that was given twice → the one that it was last given for. */
    const latest = new Map<string, string>();
    const act: Act = (at, next) => {
      if (does(at, 'look')) {
        const parameters = withOutcomeValue(
          { status: 200, code: '', description: '', fields: at.parameters ?? {} },
          look.id,
          latest.get(about(at)) ?? about(at),
        ).fields;
        return next({ ...at, parameters });
      }
      const outcome = next(at);
      const id = idIn(process, outcome);
      if (id === undefined) return outcome;
      const first = given.get(keyOf(at)) ?? id;
      given.set(keyOf(at), first);
      latest.set(first, id);
      return withOutcomeValue(outcome, idAt, first);
    };
    return { act };
  };
  const apis = [start.id, look.operation];
  const unknown = (how: string, sentence: string, change: (id: string) => string) =>
    idIsKnown === undefined
      ? []
      : [
          fault({
            how,
            family,
            sentence,
            breaks: [idIsKnown],
            apis: [start.id],
            deviation: {
              act: (at, act) => {
                const outcome = act(at);
                const id = idIn(process, outcome);
                return id === undefined ? outcome : withOutcomeValue(outcome, idAt, change(id));
              },
            },
          }),
        ];
  const lookApi = contract.apis.find(({ id }) => id === look.operation);
  const [known, ...others] = (lookApi?.codes ?? []).filter(({ code }) => code !== look.unknown);
  return [
    ...(idIsUnique === undefined
      ? []
      : [
          fault({
            how: 'same-for-an-owner',
            family,
            sentence: `An owner gets the id of the first ${process.name} for every later one.`,
            breaks: [idIsUnique],
            apis,
            deviation: shared(about),
          }),
          fault({
            how: 'same-for-all',
            family,
            sentence: `Every ${process.name} gets the id of the very first one, and stands behind it from then on.`,
            breaks: [idIsUnique],
            apis,
            deviation: shared(() => 'all'),
          }),
        ]),
    ...unknown('off-by-one', 'The id that is given has another end than the one that is kept.', (id) =>
      String(otherEnd(id)),
    ),
    ...unknown('in-letters', 'The id that is given ends in letters that no look knows.', (id) =>
      id.replace(/\d(?=\d{0,3}$)/g, (digit) => 'ABCDEFGHIJ'[Number(digit)] ?? 'K'),
    ),
    ...(lookApi && look.unknown !== undefined && idIsKnown !== undefined
      ? [
          fault({
            how: 'every-id-unknown',
            family: 'wrong reason',
            sentence: `Every id of a ${process.name} is unknown, prepared or not; the one that a start just gave too.`,
            breaks: [
              clauseId.code(lookApi.id, known?.code ?? '', 'code'),
              idIsKnown,
              ...others.map(({ code }) => clauseId.code(lookApi.id, code, 'code')),
              ...lookApi.scenarios
                .filter(({ code }) => code !== look.unknown)
                .map(({ id }) => clauseId.scenario(id)),
            ],
            apis: [lookApi.id],
            deviation: { act: () => documented(lookApi, look.unknown ?? '') },
          }),
        ]
      : []),
  ];
}

/** What a start is about, besides its owner. */
function asked({ parameters = {} }: Situation): string {
  return stringifyJson(parameters);
}
