import { getMember, type JsonObject } from '../../src/json/json.ts';
import type { Deviation, Situation } from '../stages.ts';
import type { Variant } from './variant.ts';

type Act = NonNullable<Deviation['act']>;

/** Other ways in which the registrations of members who are not prepared can go, each left open by the documents. */
export const registrationVariants: readonly Variant[] = [
  {
    id: 'registered-at-once',
    sentence: 'A registration has ended before it is answered, so that a second one is a change already.',
    deviation: { act: as(9002000900000000000n) },
  },
  {
    id: 'registrations-fail-by-code',
    sentence:
      'Every registration fails at the bank, which the inquiry tells by a code (ambiguity failed-registration).',
    deviation: { act: as(9002018900000000000n) },
  },
  {
    id: 'registrations-fail-by-status',
    sentence:
      'Every registration fails at the bank, which the inquiry tells by a status (ambiguity failed-registration).',
    deviation: {
      act: (at, act) => {
        const outcome = as(9002018900000000000n)(at, act);
        const isPrepared = /^20250101/.test(String(getMember(at.parameters ?? {}, 'regNo')));
        if (at.api.id !== 'ars-inquiry' || outcome.code !== '002_018' || isPrepared) return outcome;
        return {
          status: 200,
          code: '000_000',
          description: 'Success.',
          fields: { status: 'BANK_ACC_REG_FAILED' },
        };
      },
    },
  },
  {
    id: 'change-needs-a-deletion',
    sentence:
      'A member who has an account is told to delete it first: for what else a change may be refused is left open.',
    deviation: {
      act: (at, act) => {
        const member = freshMember(at);
        const hasOne = member !== undefined && at.world.accountOf(member) !== undefined;
        return at.api.id === 'ars-register' && hasOne
          ? { status: 400, code: '900_015', description: 'Delete the account first.', fields: {} }
          : act(at);
      },
    },
  },
];

/** Every member who is not prepared fares as one of those from `first` on, whose fate is in prepared.ts. */
function as(first: bigint): Act {
  return (at, act) => {
    const member = freshMember(at);
    if (member === undefined) return act(at);
    const stand: JsonObject = { ...at.parameters, userId: first + (member % 99_999_999_999n) };
    const outcome = act({ ...at, parameters: stand });
    const { userId } = outcome.fields;
    return userId === undefined ? outcome : { ...outcome, fields: { ...outcome.fields, userId: member } };
  };
}

/** The ids of the test data have nineteen digits; those that a case makes up have one less. */
function freshMember({ parameters = {} }: Situation): bigint | undefined {
  const id = getMember(parameters, 'userId');
  return typeof id === 'bigint' && id < 10n ** 18n ? id : undefined;
}
