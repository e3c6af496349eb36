import { clauseId } from '../../src/contract/clauses.ts';
import type { Api, Contract } from '../../src/contract/model.ts';
import { getMember, type JsonObject } from '../../src/json/json.ts';
import { documented } from '../documented.ts';
import type { Deviation, Outcome, Situation } from '../stages.ts';
import { rounded } from './echoes.ts';
import { type Fault, fault } from './fault.ts';

type Act = NonNullable<Deviation['act']>;

/** Promises that only several requests together can show to be broken. */
export function overTimeFaults({ apis }: Contract): readonly Fault[] {
  const register = apis.find(({ id }) => id === 'ars-register');
  if (!register) return [];
  return [
    ...registrationFaults(register),
    ...memberFaults(register),
    ...numberFaults(),
    ...statusFaults(),
    ...accountFaults(),
    ...deletionFaults(),
  ];
}

const family = 'over time';
const oneAtATime = clauseId.behaviour('ars-register', 'one-at-a-time');
const isChanged = clauseId.behaviour('ars-register', 'registered-account-is-changed');
const isUnique = clauseId.behaviour('ars-register', 'number-is-unique');
const isInquiryInput = clauseId.behaviour('ars-register', 'number-is-inquiry-input');
const neverBack = clauseId.behaviour('ars-inquiry', 'statuses-never-go-back');
const comesToAnEnd = clauseId.behaviour('ars-inquiry', 'comes-to-an-end');
const showsAccount = clauseId.behaviour('account-info', 'shows-registered-account');
const isGone = clauseId.behaviour('account-delete', 'account-is-gone');

function registrationFaults(register: Api): readonly Fault[] {
  const accepted = (regNo: string) => documented(register, '000_000', { bankAccRegNo: regNo });
  return [
    fault({
      how: 'second-accepted',
      family,
      sentence:
        'A second registration of a member is accepted while the first is under way, unless it is the prepared one.',
      breaks: [oneAtATime],
      deviation: {
        act: (at, act) => {
          const outcome = act(at);
          return outcome.code === '002_013' && !isPrepared(at) ? accepted(freeNumber(at)) : outcome;
        },
      },
    }),
    fault({
      how: 'always-accepted',
      family,
      sentence:
        'Every registration is accepted, whatever is under way; the prepared one with it, so that its code can never come.',
      breaks: [
        oneAtATime,
        clauseId.code('ars-register', '002_013', 'code'),
        clauseId.scenario('ars-register/still-in-progress'),
      ],
      deviation: {
        act: (at, act) => {
          const outcome = act(at);
          return outcome.code === '002_013' ? accepted(freeNumber(at)) : outcome;
        },
      },
    }),
    fault({
      how: 'refused-with-another-code',
      family,
      sentence:
        'A second registration is refused with a code that no page has, unless it is the prepared one.',
      breaks: [oneAtATime],
      deviation: {
        act: (at, act) => {
          const outcome = act(at);
          return outcome.code === '002_013' && !isPrepared(at)
            ? { status: 409, code: '900_014', description: 'Please wait.', fields: {} }
            : outcome;
        },
      },
    }),
  ];
}

/** Who may register when: what the first registration of a member does to the next one, and to other members. */
function memberFaults(register: Api): readonly Fault[] {
  const refused = documented(register, '002_013');
  const accountIn = ({ parameters = {} }: Situation) => String(getMember(parameters, 'bankAccount'));
  return [
    fault({
      how: 'change-refused',
      family,
      sentence:
        'A member who has an account can register no other one: it is answered as if the first were under way for ever.',
      breaks: [isChanged],
      deviation: {
        act: (at, next) =>
          isFresh(at) && at.world.accountOf(BigInt(memberOf(at))) !== undefined ? refused : next(at),
      },
    }),
    fault({
      how: 'another-account-accepted',
      family,
      sentence:
        'While a registration is under way a second one of the same account is refused, and one of another account is accepted.',
      breaks: [oneAtATime],
      deviation: () => {
        const underWay = new Map<string, string>();
        const act: Act = (at, next) => {
          const outcome = next(at);
          if (!isFresh(at)) return outcome;
          const isOther = underWay.get(memberOf(at)) !== accountIn(at);
          if (outcome.code === '002_013' && isOther) {
            return documented(register, '000_000', { bankAccRegNo: freeNumber(at) });
          }
          if (outcome.code === '000_000') underWay.set(memberOf(at), accountIn(at));
          return outcome;
        };
        return { act };
      },
    }),
    fault({
      how: 'blocks-all-members',
      family,
      sentence:
        'While the registration of one member is under way, those of all others are refused with 002_013.',
      breaks: [oneAtATime],
      deviation: () => {
        let last: { readonly regNo: string; readonly member: string } | undefined;
        const act: Act = (at, next) => {
          if (!isFresh(at)) return next(at);
          const progress = last && last.member !== memberOf(at) ? at.world.progress(last.regNo) : undefined;
          if (progress && 'status' in progress && progress.status !== 'BANK_ACC_REGISTERED') return refused;
          const outcome = next(at);
          const regNo = outcome.fields.bankAccRegNo;
          if (typeof regNo === 'string') last = { regNo, member: memberOf(at) };
          return outcome;
        };
        return { act };
      },
    }),
  ];
}

/** The numbers of the sandbox's own registrations begin with a year; these are nobody's. */
function freeNumber({ count }: Situation): string {
  return `90000101${String(count).padStart(14, '0')}`;
}

/** The members of the test data, who are registered at once or never. */
function isPrepared({ parameters = {} }: Situation): boolean {
  return /^90020\d{14}$/.test(String(getMember(parameters, 'userId')));
}

function numberFaults(): readonly Fault[] {
  const shared =
    (keyOf: (at: Situation) => string): (() => Deviation) =>
    () => {
      const given = new Map<string, string>();
      /** A number that was given twice → the registration that it was last given for. */
      const latest = new Map<string, string>();
      const act: Act = (at, next) => {
        if (at.api.id === 'ars-inquiry') {
          const regNo = String(getMember(at.parameters ?? {}, 'regNo'));
          return next(withParameters(at, { regNo: latest.get(regNo) ?? regNo }));
        }
        const outcome = next(at);
        const regNo = outcome.fields.bankAccRegNo;
        if (typeof regNo !== 'string') return outcome;
        const first = given.get(keyOf(at)) ?? regNo;
        given.set(keyOf(at), first);
        latest.set(first, regNo);
        return { ...outcome, fields: { ...outcome.fields, bankAccRegNo: first } };
      };
      return { act };
    };
  const unknown = (how: string, sentence: string, change: (regNo: string) => string) =>
    fault({
      how,
      family,
      sentence,
      breaks: [isInquiryInput],
      apis: ['ars-register'],
      deviation: {
        act: (at, act) => {
          const outcome = act(at);
          const regNo = outcome.fields.bankAccRegNo;
          return typeof regNo === 'string'
            ? { ...outcome, fields: { ...outcome.fields, bankAccRegNo: change(regNo) } }
            : outcome;
        },
      },
    });
  const apis = ['ars-register', 'ars-inquiry'];
  return [
    fault({
      how: 'same-for-a-member',
      family,
      sentence: 'A member gets the number of the first registration for every later one.',
      breaks: [isUnique],
      apis,
      deviation: shared(({ parameters = {} }) => String(getMember(parameters, 'userId'))),
    }),
    fault({
      how: 'same-for-all',
      family,
      sentence:
        'Every registration gets the number of the very first one, and stands behind it from then on.',
      breaks: [isUnique],
      apis,
      deviation: shared(() => 'all'),
    }),
    unknown(
      'off-by-one',
      'The number that is given has another last digit than the one that is kept.',
      (regNo) => regNo.replace(/\d$/, (digit) => String((Number(digit) + 5) % 10)),
    ),
    unknown('in-letters', 'The number that is given ends in letters that no inquiry knows.', (regNo) =>
      regNo.replace(/\d(?=\d{0,3}$)/g, (digit) => 'ABCDEFGHIJ'[Number(digit)] ?? 'K'),
    ),
  ];
}

function statusFaults(): readonly Fault[] {
  const changed = (
    how: string,
    sentence: string,
    breaks: string,
    edit: (status: string, time: number) => string,
  ) =>
    fault({
      how,
      family,
      sentence,
      breaks: [breaks],
      deviation: () => {
        const times = new Map<string, number>();
        const act: Act = (at, next) => {
          const outcome = next(at);
          const { status } = outcome.fields;
          if (typeof status !== 'string') return outcome;
          const regNo = String(getMember(at.parameters ?? {}, 'regNo'));
          // How often the end was told before.
          const time = times.get(regNo) ?? 0;
          if (status === 'BANK_ACC_REGISTERED') times.set(regNo, time + 1);
          return { ...outcome, fields: { ...outcome.fields, status: edit(status, time) } };
        };
        return { act };
      },
    });
  const isEnd = (status: string) => status === 'BANK_ACC_REGISTERED';
  return [
    changed(
      'end-to-begin',
      'A registration that has ended is under way again at the next inquiry.',
      neverBack,
      (status, time) => (isEnd(status) && time === 1 ? 'ARS_AUTH_IN_PROGRESS' : status),
    ),
    changed(
      'end-to-failure',
      'A registration that has succeeded has failed at the next inquiry.',
      neverBack,
      (status, time) => (isEnd(status) && time === 1 ? 'BANK_ACC_REG_FAILED' : status),
    ),
    changed(
      'done-to-begin',
      'After the telephone call is done it is in progress again.',
      neverBack,
      (status, time) => {
        if (!isEnd(status)) return 'ARS_AUTH_IN_PROGRESS';
        return ['ARS_AUTH_DONE', 'ARS_AUTH_IN_PROGRESS'][time] ?? status;
      },
    ),
    changed('never', 'A registration stays under way for ever.', comesToAnEnd, () => 'ARS_AUTH_IN_PROGRESS'),
    changed(
      'stuck',
      'A registration never goes on from its finished telephone call.',
      comesToAnEnd,
      (status) => (isEnd(status) ? 'ARS_AUTH_DONE' : status),
    ),
  ];
}

function accountFaults(): readonly Fault[] {
  const one = (how: string, sentence: string, deviation: () => Deviation, apis = ['account-info']) =>
    fault({ how, family, sentence, breaks: [showsAccount], apis, deviation });
  return [
    one('stale', 'An account is shown as it was when it was first asked for.', () => {
      const first = new Map<string, Outcome>();
      const act: Act = (at, next) => {
        const outcome = next(at);
        if (outcome.code !== '000_000') return outcome;
        const shown = first.get(memberOf(at)) ?? outcome;
        first.set(memberOf(at), shown);
        return shown;
      };
      return { act };
    }),
    one('not-there', 'An account that was registered just now is not found.', () => ({
      act: (at, next) =>
        isFresh(at)
          ? { status: 400, code: '900_001', description: 'The member has no registered account.', fields: {} }
          : next(at),
    })),
    one('last-digit', 'The account is shown with another last digit.', () => ({
      act: shownAs(({ bankAccount }) => ({
        bankAccount: bankAccount.replace(/\d$/, (digit) => String((Number(digit) + 5) % 10)),
      })),
    })),
    one(
      'last-digit-of-a-masked-one',
      'The account is shown with stars in its middle and another last digit.',
      () => ({
        act: shownAs((account) => ({
          bankAccount: masked(account.bankAccount).replace(/\d$/, (digit) =>
            String((Number(digit) + 5) % 10),
          ),
        })),
      }),
    ),
    one('another-bank', 'The account is shown with the code of another bank.', () => ({
      act: shownAs(() => ({ bankCode: '999' })),
    })),
    one(
      'although-failed',
      'A registration that failed at the bank leaves its account behind as if it had succeeded.',
      () => ({
        act: (at, next) => {
          const outcome = next(at);
          const { status } = outcome.fields;
          return status === 'BANK_ACC_REGISTERED' && !isPreparedNumber(at)
            ? { ...outcome, fields: { ...outcome.fields, status: 'BANK_ACC_REG_FAILED' } }
            : outcome;
        },
      }),
      ['ars-inquiry'],
    ),
    one(
      'of-a-rounded-id',
      'A registration belongs to the member whose id is the rounded one, unless it is a prepared one; the account of the member who asked is not found.',
      () => ({ act: (at, next) => next(isPrepared(at) ? at : withParameters(at, roundedId(at))) }),
      ['ars-register'],
    ),
  ];
}

/** The business of account-info with something else in the accounts of members who are not prepared. */
function shownAs(edit: (account: { readonly bankAccount: string }) => JsonObject): Act {
  return (at, next) => {
    const outcome = next(at);
    const account = getMember(outcome.fields, 'accountInfo');
    if (!isFresh(at) || !isAccount(account)) return outcome;
    return { ...outcome, fields: { ...outcome.fields, accountInfo: { ...account, ...edit(account) } } };
  };
}

function masked(number: string): string {
  return number.replace(/(?<=.{3}).(?=.{3})/gu, '*');
}

/** The numbers of registrations that began long before the sandbox. */
function isPreparedNumber({ parameters = {} }: Situation): boolean {
  return /^20250101/.test(String(getMember(parameters, 'regNo')));
}

function isAccount(value: unknown): value is JsonObject & { readonly bankAccount: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'bankAccount' in value &&
    typeof value.bankAccount === 'string'
  );
}

function deletionFaults(): readonly Fault[] {
  const one = (how: string, sentence: string, act: Act) =>
    fault({ how, family, sentence, breaks: [isGone], deviation: { act } });
  const success = ({ api }: Situation) => documented(api, '000_000');
  return [
    one('does-nothing', 'A deletion is confirmed and does nothing.', (at) => success(at)),
    one('rounded-id', 'The account of the member with the rounded id is deleted.', (at, next) =>
      next(withParameters(at, roundedId(at))),
    ),
    fault({
      how: 'of-everybody',
      family,
      sentence: 'A deletion takes the accounts of all members with it, but for the prepared ones.',
      breaks: [isGone],
      apis: ['ars-register', 'account-delete'],
      deviation: () => {
        const members = new Set<string>();
        const act: Act = (at, next) => {
          if (isFresh(at) && at.api.id === 'ars-register') members.add(memberOf(at));
          if (isFresh(at) && at.api.id === 'account-delete') {
            for (const member of members) at.world.deleteAccount(BigInt(member));
          }
          return next(at);
        };
        return { act };
      },
    }),
    fault({
      how: 'comes-back',
      family,
      sentence: 'A deleted account is not found at first, and shown again at the next look.',
      breaks: [isGone],
      apis: ['account-info'],
      deviation: () => {
        const last = new Map<string, Outcome>();
        const looked = new Set<string>();
        const act: Act = (at, next) => {
          const outcome = next(at);
          if (outcome.code === '000_000') last.set(memberOf(at), outcome);
          const shown = last.get(memberOf(at));
          if (outcome.code === '000_000' || !shown || !isFresh(at)) return outcome;
          if (looked.has(memberOf(at))) return shown;
          looked.add(memberOf(at));
          return outcome;
        };
        return { act };
      },
    }),
    fault({
      how: 'still-shown',
      family,
      sentence: 'A deleted account is shown as it was last seen.',
      breaks: [isGone],
      apis: ['account-info'],
      deviation: () => {
        const last = new Map<string, Outcome>();
        const act: Act = (at, next) => {
          const outcome = next(at);
          if (outcome.code === '000_000') last.set(memberOf(at), outcome);
          return last.get(memberOf(at)) ?? outcome;
        };
        return { act };
      },
    }),
  ];
}

/** Not one of the test data, whose ids all begin with a 9 and have nineteen digits. */
function isFresh(at: Situation): boolean {
  return /^[1-8]\d{17}$/.test(memberOf(at));
}

function memberOf({ parameters = {} }: Situation): string {
  return String(getMember(parameters, 'userId'));
}

function roundedId(at: Situation): JsonObject {
  const id = getMember(at.parameters ?? {}, 'userId');
  return typeof id === 'bigint' ? { userId: rounded(id) } : {};
}

function withParameters(at: Situation, parameters: JsonObject): Situation {
  return { ...at, parameters: { ...at.parameters, ...parameters } };
}
