import type { Api } from '../src/contract/model.ts';
import { getMember, type JsonObject } from '../src/json/json.ts';
import { writtenTime } from '../src/wire/clock.ts';
import { type AnswerCode, ownCodes } from './own-codes.ts';
import { bankNames, type MobileCard, memberName } from './prepared.ts';
import type { Outcome, Situation } from './stages.ts';

/** The stage of the business: what each API does once a request has passed all checks. */
export function act(at: Situation): Outcome {
  return at.deviation.act?.(at, actAsDocumented) ?? actAsDocumented(at);
}

function actAsDocumented(at: Situation): Outcome {
  const business = businesses[at.api.id];
  if (!business)
    throw new Error(`the sandbox has no business for the API "${at.api.id}"; write one in act.ts`);
  return business(at);
}

const businesses: Readonly<Record<string, (at: Situation) => Outcome>> = {
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

function linkableCards(at: Situation): Outcome {
  const holder = memberId(at);
  if (!at.world.isMember(holder)) return documented(at.api, '001_006');
  const card = at.world.physicalCard({
    holder,
    number: text(at, 'physicalCardNo'),
    expiry: text(at, 'physicalCardExpDate'),
    cvc: text(at, 'physicalCardCVC'),
  });
  // Another member's card is answered like a wrong one, so that nobody can try out numbers.
  if (!card) return documented(at.api, '003_011');
  if (!card.waiting) return documented(at.api, '003_049');
  return documented(at.api, '000_000', { issuedCardList: card.waiting.map(mobileCard) });
}

/** Each field where the register of ambiguities assumes it: status, values and requester beside digital. */
function mobileCard({ cardApplyNo, issueType, digital, status, values, requester }: MobileCard): JsonObject {
  const { points, balance } = values;
  return {
    cardApplyNo,
    issueType,
    digital: { ...digital },
    status,
    values: { balance, ...(points && { points: points.map((one) => ({ ...one })) }) },
    requester,
  };
}

/** A row of the page's code list, its message to the letter. */
export function documented(api: Api, code: string, fields: JsonObject = {}): Outcome {
  const row = api.codes.find((one) => one.code === code);
  const message = row?.messages[0]?.text;
  if (!row || message === undefined) throw new Error(`${api.id} documents no code ${code}`);
  return { status: row.status, code, description: message, fields };
}

function failure(code: AnswerCode): Outcome {
  return { ...code, fields: {} };
}

/** The member's id, exact; 0 for anything else, which only comes here when a deviation leaves checks out. */
function memberId({ parameters = {} }: Situation): bigint {
  const value = getMember(parameters, 'userId');
  const isInteger = typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string';
  return isInteger && /^-?\d{1,30}$/.test(String(value)) ? BigInt(value) : 0n;
}

function text({ parameters = {} }: Situation, name: string): string {
  const value = getMember(parameters, name);
  return typeof value === 'string' ? value : '';
}
