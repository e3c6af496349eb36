import { writtenTime } from '../src/wire/clock.ts';
import { type Business, memberId, text } from './business/business.ts';
import { linkableCards } from './business/cards.ts';
import { documented } from './documented.ts';
import { actFromContract } from './generic/act.ts';
import { preparedScenarios, scenarioOf } from './generic/scenarios.ts';
import { actOverTime } from './over-time/act.ts';
import { roleOf } from './over-time/roles.ts';
import { type AnswerCode, ownCodes } from './own-codes.ts';
import { bankNames, memberName } from './prepared.ts';
import type { Outcome, Situation } from './stages.ts';

/** The stage of the business: what each API does once a request has passed all checks. */
export function act(at: Situation): Outcome {
  return at.deviation.act?.(at, actAsDocumented) ?? actAsDocumented(at);
}

/**
 * What a request is prepared for comes first, then what is known of the API, by its business or by its workflow, then what
 * its page says.
 */
function actAsDocumented(at: Situation): Outcome {
  const { contract, api, parameters = {} } = at;
  const scenario = scenarioOf(contract, api, parameters);
  const isMade = scenario !== undefined && preparedScenarios(contract).made.has(scenario.id);
  // What is started is remembered, prepared or not: its id can be looked at.
  const isStart = roleOf(contract, api)?.does === 'start' && (scenario?.status ?? 200) < 300;
  const known = businesses[api.id] ?? actOverTime;
  const outcome = isMade && !isStart ? undefined : known(at);
  return outcome ?? actFromContract(at, scenario);
}

/** What APIs do with members, accounts and cards, richer than their documents tell. */
const businesses: Readonly<Record<string, Business>> = {
  'ars-register': register,
  'ars-inquiry': inquire,
  'account-info': accountInfo,
  'account-delete': deleteAccount,
  'linkable-cards': linkableCards,
};

function register(at: Situation): Outcome {
  const member = memberId(at);
  // The page has no code for it; the platform has 001_006 elsewhere.
  if (!at.world.isMember(member)) return failure(ownCodes.notAMember);
  const bankCode = text(at, 'bankCode');
  const registration = at.world.register(member, {
    userName: text(at, 'userName') || memberName,
    bankAccount: text(at, 'bankAccount'),
    bankName: text(at, 'bankName') || (bankNames.get(bankCode) ?? `은행 ${bankCode}`),
    bankCode,
  });
  if (!registration) return documented(at.api, '002_013');
  return documented(at.api, '000_000', { bankAccRegNo: registration.regNo });
}

function inquire(at: Situation): Outcome {
  const progress = at.world.progress(text(at, 'regNo'));
  if (!progress) return documented(at.api, '002_019');
  if ('failed' in progress) return documented(at.api, progress.failed);
  return documented(at.api, '000_000', { status: progress.status });
}

function accountInfo(at: Situation): Outcome {
  const member = memberId(at);
  if (!at.world.isMember(member)) return failure(ownCodes.notAMember);
  const account = at.world.accountOf(member);
  // Undocumented (ambiguity account-of-a-member-without-one); the code is the sandbox's choice.
  if (!account) return failure(ownCodes.noAccount);
  const { created, updated, accountId, ...details } = account;
  return documented(at.api, '000_000', {
    userId: member,
    accountInfo: {
      accountId,
      ...details,
      createdDateTime: momentOf(created),
      updatedDateTime: momentOf(updated),
    },
  });
}

/** In the 17 characters that the page promises (ambiguity form-of-times). */
function momentOf(time: number): string {
  return writtenTime('yyyyMMddHHmmssSSS', new Date(time), 'KST');
}

/** Without an account there is nothing to delete, and the wish is fulfilled: 200 (undocumented; the sandbox's choice). */
function deleteAccount(at: Situation): Outcome {
  const member = memberId(at);
  if (!at.world.isMember(member)) return failure(ownCodes.notAMember);
  at.world.deleteAccount(member);
  return documented(at.api, '000_000');
}

function failure(code: AnswerCode): Outcome {
  return { ...code, fields: {} };
}
