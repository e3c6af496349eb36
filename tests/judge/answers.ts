import { type JsonObject, type JsonValue, stringifyJson } from '../../src/json/json.ts';
import type { OpenedBody } from '../../src/judge/answer.ts';
import { judgeScenario } from '../../src/judge/scenario.ts';
import type { RawHeader, ReceivedResponse } from '../../src/wire/exchange.ts';
import { contract } from '../project.ts';

export { contract };

/** An answer that the tests take a part of and break. */
export interface Answer {
  status: number;
  headers: RawHeader[];
  code: JsonValue;
  message: JsonValue;
  body: Record<string, JsonValue>;
  form: 'plain' | 'encrypted';
}

export const memberId = 9007199254740993123n;

const card = {
  cardApplyNo: 'A'.repeat(22),
  issueType: 'ISSUE',
  digital: {
    cardNo: '9999990000001111',
    par: 'P'.repeat(27),
    serviceId: 'S1',
    serviceName: 'A card',
    mobileCardCVC: '123',
  },
  status: 'READY',
  values: { balance: 0, points: [{ policyType: '00', policyId: 'P', policyName: 'N', amount: 1 }] },
  requester: 'APP',
};

const bodies: Readonly<Record<string, JsonObject>> = {
  'ars-register/succeeded': { bankAccRegNo: '1' },
  'ars-register/succeeded-without-optional': { bankAccRegNo: '1'.repeat(22) },
  'ars-inquiry/succeeded': { status: 'ARS_AUTH_DONE' },
  'account-info/succeeded': {
    userId: memberId,
    accountInfo: {
      accountId: '12345',
      userName: '홍길동',
      bankAccount: '1',
      bankName: '가나다라마바사아자차',
      bankCode: '099',
      createdDateTime: '20260101000000000',
      updatedDateTime: '20260101 00:00:00',
    },
  },
  'linkable-cards/succeeded': { issuedCardList: [card, structuredClone(card)] },
  'linkable-cards/succeeded-none-found': { issuedCardList: [] },
};

/** The APIs whose answers are written down here; `npm run mutation` tries all of them, against the embedded target. */
export const answeredApis = contract.apis.filter(
  ({ id }) =>
    id === 'account-delete' || Object.keys(bodies).some((scenario) => scenario.startsWith(`${id}/`)),
);

/** The messages of the pages, written down here: what is read from the contract would agree with any mistake in it. */
const messages: Readonly<Record<string, string>> = {
  'ars-register 000_000': 'Success.',
  'ars-register 002_013': 'Ars auth and bank account register is still in progress.',
  'ars-inquiry 000_000': 'Success.',
  'ars-inquiry 002_014': 'Bank account register failed due to ARS auth failed.',
  'ars-inquiry 002_015': 'Bank account register failed due to lifetime account.',
  'ars-inquiry 002_016': 'Invalid account.',
  'ars-inquiry 002_017': "Bank account owner's social no is not correct.",
  'ars-inquiry 002_018': 'Communication with PG error.',
  'ars-inquiry 002_019': 'Not found ars bank account register error.',
  'ars-inquiry 002_043': 'Bank account problem.',
  'account-info 000_000': 'Success.',
  'account-delete 000_000': 'Success',
  'account-delete 000_002': 'Invalid input parameter. userId',
  'linkable-cards 000_000': 'Success.',
  'linkable-cards 000_002': 'Invalid input parameter.',
  'linkable-cards 001_006': 'Wallet user not found.',
  'linkable-cards 003_011': 'Invalid card info.',
  'linkable-cards 003_049': 'Not found issued cards.',
};

/** The message of a code as its page has it; undefined for a code that the page has not. */
export function messageOf(api: string, code: string | undefined): string | undefined {
  return messages[`${api} ${code}`];
}

function scenarioById(id: string) {
  for (const api of contract.apis) {
    const scenario = api.scenarios.find((one) => one.id === id);
    if (scenario) return { api, scenario };
  }
  throw new Error(`no scenario ${id}`);
}

/** The plainest answer that keeps every promise of a scenario. */
export function keeping(id: string): Answer {
  const { api, scenario } = scenarioById(id);
  return {
    status: scenario.status,
    headers: [
      ['Content-Type', 'application/json'],
      ['X-KM-Correlation-Id', '260101000000-0123abc'],
    ],
    code: scenario.code,
    message: messageOf(api.id, scenario.code) ?? '',
    body: structuredClone(bodies[id] ?? {}),
    form: id.startsWith('linkable-cards/succeeded') ? 'encrypted' : 'plain',
  };
}

/** Judges an answer as the run would; what is not given is as the answer says. */
export function judge(
  id: string,
  answer: Answer,
  raw: { response?: Partial<ReceivedResponse>; opened?: OpenedBody; sent?: JsonValue } = {},
) {
  const { api, scenario } = scenarioById(id);
  const value: JsonValue = { response: { code: answer.code, description: answer.message }, ...answer.body };
  const outer: JsonValue = { encData: 'a.b.c.d.e' };
  return judgeScenario({
    api,
    scenario,
    sent: raw.sent ?? { userId: memberId },
    outcome: {
      ok: true,
      response: {
        status: answer.status,
        headers: answer.headers,
        body: new TextEncoder().encode(stringifyJson(answer.form === 'plain' ? value : outer)),
        ...raw.response,
      },
    },
    opened:
      raw.opened ??
      (answer.form === 'plain'
        ? { form: 'plain', value }
        : { form: 'encrypted', outer, value, enc: 'A128GCM' }),
    envelope: {},
  });
}

/** Changes a value inside JSON by its keys; `undefined` takes it out. */
export function put(
  root: Record<string, JsonValue>,
  path: readonly (string | number)[],
  value: JsonValue | undefined,
): void {
  let at: unknown = root;
  for (const key of path.slice(0, -1)) at = Reflect.get(Object(at), key);
  const last = path.at(-1) ?? '';
  if (typeof at !== 'object' || at === null) throw new Error(`nothing at ${path.join('/')}`);
  if (value === undefined) Reflect.deleteProperty(at, last);
  else Reflect.set(at, last, value);
}
