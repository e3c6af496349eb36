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
  const row = api.codes.find(({ code, status }) => code === scenario.code && status === scenario.status);
  return {
    status: scenario.status,
    headers: [
      ['Content-Type', 'application/json'],
      ['X-KM-Correlation-Id', '260101000000-0123abc'],
    ],
    code: scenario.code,
    message: row?.messages[0]?.text ?? '',
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
