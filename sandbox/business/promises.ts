import { clauseId } from '../../src/contract/clauses.ts';

/** Promises over time that lean on the answers of single APIs; what breaks those breaks these too. */
interface Leaning {
  readonly api: string;
  /** The code of the answers that are needed. */
  readonly code: string;
  /** Lost by another code in its place in whatever way, only by a documented other outcome, or only by a bad value's. */
  readonly lostBy: 'any' | 'another-outcome' | 'bad-value';
  readonly clause: string;
}

const leanings: readonly Leaning[] = [
  {
    api: 'ars-register',
    code: '002_013',
    lostBy: 'any',
    clause: clauseId.behaviour('ars-register', 'one-at-a-time'),
  },
  // A registration that is said to have failed must not leave an account.
  {
    api: 'ars-inquiry',
    code: '000_000',
    lostBy: 'another-outcome',
    clause: clauseId.behaviour('account-info', 'shows-registered-account'),
  },
  {
    api: 'account-info',
    code: '000_000',
    lostBy: 'bad-value',
    clause: clauseId.behaviour('account-info', 'shows-registered-account'),
  },
];

/** The promises that can't be kept when an API answers otherwise where it should answer with a code. */
export function promisesLost(api: string, code: string, by: Leaning['lostBy']): readonly string[] {
  return leanings
    .filter((one) => one.api === api && one.code === code && one.lostBy === by)
    .map(({ clause }) => clause);
}

/** Codes that say of something that it is not known: in place of a success they break that it is there. */
export const unknownCodes: readonly string[] = ['002_019'];
