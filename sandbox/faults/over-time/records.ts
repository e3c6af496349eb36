import { getPointer, type JsonValue } from '../../../src/json/json.ts';
import { documented } from '../../documented.ts';
import { wayOf } from '../../over-time/state.ts';
import { ownCodes } from '../../own-codes.ts';
import type { Deviation, Outcome } from '../../stages.ts';
import { rounded } from '../echoes.ts';
import { type Fault, fault } from '../fault.ts';
import {
  type Act,
  about,
  aboutAnother,
  does,
  family,
  isNew,
  isSuccess,
  otherEnd,
  type Subject,
  statusIn,
  withOutcomeValue,
  withStatus,
} from './subject.ts';

/** What is shown of an owner's record. */
export function recordFaults({ process, record, start }: Subject): readonly Fault[] {
  const clause = record?.promises.shown;
  if (!record || clause === undefined) return [];
  const { show } = record;
  const [identity, ...others] = [...show.values];
  if (!identity) return [];
  const [identityName, identityAt] = identity;
  const last = wayOf(process).at(-1);
  const failed = [...process.statuses].findLast(([, { end }]) => end === 'failed')?.[0];
  const one = (how: string, sentence: string, deviation: () => Deviation, api = show.operation): Fault =>
    fault({ how, family, sentence, breaks: [clause], apis: [api], deviation });
  const shown = (pointer: string, edit: (value: JsonValue) => JsonValue) => (): Deviation => ({
    act: (at, next) => {
      const outcome = next(at);
      const value = getPointer(outcome.fields, pointer);
      return isNew(at) && value !== undefined ? withOutcomeValue(outcome, pointer, edit(value)) : outcome;
    },
  });
  const name = record.name;
  return [
    one('stale', `The ${name} is shown as it was when it was first asked for.`, () => {
      const first = new Map<string, Outcome>();
      const act: Act = (at, next) => {
        const outcome = next(at);
        if (!isSuccess(outcome)) return outcome;
        const seen = first.get(about(at)) ?? outcome;
        first.set(about(at), seen);
        return seen;
      };
      return { act };
    }),
    one('not-there', `The ${name} that came just now is not found.`, () => ({
      act: (at, next) => (isNew(at) ? { ...ownCodes.noAccount, fields: {} } : next(at)),
    })),
    one('last-digit', `The ${name} is shown with another last digit.`, shown(identityAt, otherEnd)),
    ...(show.masked.includes(identityName)
      ? [
          one(
            'last-digit-of-a-masked-one',
            `The ${name} is shown with stars in its middle and another last digit.`,
            shown(identityAt, (value) =>
              typeof value === 'string' ? otherEnd(value.replace(/(?<=.{3}).(?=.{3})/gu, '*')) : value,
            ),
          ),
        ]
      : []),
    ...others.map(([other, pointer]) =>
      one(`another-${other}`, `The ${name} is shown with another ${other}.`, shown(pointer, otherEnd)),
    ),
    ...(process.look && last !== undefined && failed !== undefined
      ? [
          one(
            'although-failed',
            `A ${process.name} that failed leaves its ${name} behind as if it had succeeded.`,
            () => ({
              act: (at, next) => {
                const outcome = next(at);
                return isNew(at) && statusIn(process, outcome) === last
                  ? withStatus(process, outcome, failed)
                  : outcome;
              },
            }),
            process.look.operation,
          ),
        ]
      : []),
    one(
      'of-a-rounded-id',
      `A ${process.name} belongs to the owner whose id is the rounded one, unless it is a prepared one; the ${name} of the one who asked is not found.`,
      () => ({ act: (at, next) => next(isNew(at) ? aboutAnother(at, roundedId) : at) }),
      start.id,
    ),
  ];
}

/** Removals that do nothing, or too much. */
export function removalFaults({ process, record, contract, start }: Subject): readonly Fault[] {
  const clause = record?.promises.removed;
  const remove = contract.apis.find(({ id }) => id === record?.remove?.operation);
  const success = remove?.codes.find(({ status }) => status < 300)?.code;
  if (!record || clause === undefined || !remove || success === undefined) return [];
  const name = record.name;
  const one = (how: string, sentence: string, deviation: Deviation | (() => Deviation), apis = [remove.id]) =>
    fault({ how, family, sentence, breaks: [clause], apis, deviation });
  const shows = [record.show.operation];
  return [
    one('does-nothing', 'A removal is confirmed and does nothing.', {
      act: () => documented(remove, success),
    }),
    one('rounded-id', `The ${name} of the owner with the rounded id is removed.`, {
      act: (at, next) => next(aboutAnother(at, roundedId)),
    }),
    one(
      'of-everybody',
      `A removal takes the ${name} of everybody with it, but for the prepared ones.`,
      () => {
        const owners = new Map<string, JsonValue>();
        const act: Act = (at, next) => {
          if (does(at, 'start') && isNew(at)) {
            const owner = getPointer(at.parameters ?? {}, process.start.owner ?? '');
            if (owner !== undefined) owners.set(about(at), owner);
          }
          if (does(at, 'remove') && isNew(at)) {
            for (const owner of owners.values()) next(aboutAnother(at, () => owner));
          }
          return next(at);
        };
        return { act };
      },
      [start.id, remove.id],
    ),
    one(
      'comes-back',
      `A removed ${name} is not found at first, and shown again at the next look.`,
      () => {
        const last = new Map<string, Outcome>();
        const looked = new Set<string>();
        const act: Act = (at, next) => {
          const outcome = next(at);
          if (isSuccess(outcome)) last.set(about(at), outcome);
          const seen = last.get(about(at));
          if (isSuccess(outcome) || !seen || !isNew(at)) return outcome;
          if (looked.has(about(at))) return seen;
          looked.add(about(at));
          return outcome;
        };
        return { act };
      },
      shows,
    ),
    one(
      'still-shown',
      `A removed ${name} is shown as it was last seen.`,
      () => {
        const last = new Map<string, Outcome>();
        const act: Act = (at, next) => {
          const outcome = next(at);
          if (isSuccess(outcome)) last.set(about(at), outcome);
          return last.get(about(at)) ?? outcome;
        };
        return { act };
      },
      shows,
    ),
  ];
}

/** What a double makes of an exact id; any other value stays. */
function roundedId(id: JsonValue): JsonValue {
  return typeof id === 'bigint' ? rounded(id) : id;
}
