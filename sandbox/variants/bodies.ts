import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/json/json.ts';
import { isSuccess, withField, without } from '../faults/edit.ts';
import type { Answer } from '../stages.ts';
import type { Variant } from './variant.ts';

/** Other bodies: fields, nesting, values at their limits. */
export const bodyVariants: readonly Variant[] = [
  {
    id: 'extra-fields',
    sentence: 'Objects at every depth have fields that no page knows, null and nested ones among them.',
    deviation: bodies((body) =>
      deeply(body, (object) => ({ ...object, xNew: null, xMore: { list: [1, 'two'] } })),
    ),
  },
  {
    id: 'other-key-order',
    sentence: 'Fields come in the reverse order, the envelope last.',
    deviation: bodies((body) =>
      deeply(body, (object) => Object.fromEntries(Object.entries(object).toReversed())),
    ),
  },
  {
    id: 'least-account-names',
    sentence: 'The names of member and bank have their least length.',
    deviation: successes('account-info', (body) =>
      edited(body, { 'accountInfo.userName': '김', 'accountInfo.bankName': '은' }),
    ),
  },
  {
    id: 'greatest-account-names',
    sentence:
      'The names of member and bank have their greatest length, in Korean and in code points beyond 16 bits.',
    deviation: successes('account-info', (body) =>
      edited(body, { 'accountInfo.userName': '가'.repeat(100), 'accountInfo.bankName': '𠮷'.repeat(10) }),
    ),
  },
  {
    id: 'status-in-digital',
    sentence:
      'status, values and requester are members of digital (ambiguities place-of-status, -values, -requester).',
    deviation: successes('linkable-cards', (body) => moved(body, ['status', 'values', 'requester'])),
  },
  {
    id: 'only-values-in-digital',
    sentence: 'values alone is a member of digital, status and requester stand beside it.',
    deviation: successes('linkable-cards', (body) => moved(body, ['values'])),
  },
  {
    id: 'requester-in-values',
    sentence: 'requester is a member of values (ambiguity place-of-requester).',
    deviation: successes('linkable-cards', (body) =>
      withField(body, 'issuedCardList[]', (card) => {
        if (card === undefined || !isJsonObject(card) || !isJsonObject(card.values)) return card;
        const { requester = null, values, ...rest } = card;
        return { ...rest, values: { ...values, requester } };
      }),
    ),
  },
  {
    id: 'masked-account-number',
    sentence: 'The account number is shown with stars in its middle; its length is all that is promised.',
    deviation: accountNumbers((number) => number.replace(/(?<=.{3}).(?=.{3})/gu, '*')),
  },
  {
    id: 'account-number-masked-with-x',
    sentence:
      'The account number is shown without its hyphens and with the letter X in place of its last digits.',
    deviation: accountNumbers((number) => number.replaceAll('-', '').replace(/.{4}$/u, 'XXXX')),
  },
  {
    id: 'account-number-without-hyphens',
    sentence: 'The account number is shown as its digits alone.',
    deviation: accountNumbers((number) => number.replaceAll('-', '')),
  },
  {
    id: 'account-number-in-groups',
    sentence: 'The account number is shown in groups of four, divided by spaces.',
    deviation: accountNumbers((number) => number.replaceAll('-', '').replace(/(?<=^(?:.{4})+)(?=.)/gu, ' ')),
  },
  {
    id: 'account-number-hidden',
    sentence: 'Of the account number nothing but its length is shown.',
    deviation: accountNumbers((number) => number.replace(/[^-]/gu, '●')),
  },
  {
    id: 'account-number-shortened',
    sentence:
      'Of the account number the last digits are shown, behind stars that stand for any number of them.',
    deviation: accountNumbers((number) => `***${number.slice(-4)}`),
  },
  {
    id: 'times-with-colons',
    sentence: 'Times are written "yyyyMMdd HH:mm:ss", which has 17 characters too (ambiguity form-of-times).',
    deviation: successes('account-info', (body) =>
      ['createdDateTime', 'updatedDateTime'].reduce(
        (given, name) =>
          withField(given, `accountInfo.${name}`, (value) =>
            value === undefined ? value : '20250630 21:34:56',
          ),
        body,
      ),
    ),
  },
];

function bodies(edit: (body: JsonObject) => JsonObject): Variant['deviation'] {
  return { answer: (answer: Answer) => ({ ...answer, body: edit(answer.body) }) };
}

function successes(api: string, edit: (body: JsonObject) => JsonObject): Variant['deviation'] {
  return {
    answer: (answer, at) =>
      at.api.id === api && isSuccess(answer) ? { ...answer, body: edit(answer.body) } : answer,
  };
}

function accountNumbers(edit: (number: string) => string): Variant['deviation'] {
  return successes('account-info', (body) =>
    withField(body, 'accountInfo.bankAccount', (value) => (typeof value === 'string' ? edit(value) : value)),
  );
}

/** The body with values at some paths, where there are any. */
function edited(body: JsonObject, values: Readonly<Record<string, JsonValue>>): JsonObject {
  return Object.entries(values).reduce(
    (given, [path, value]) => withField(given, path, (known) => (known === undefined ? known : value)),
    body,
  );
}

function deeply(object: JsonObject, edit: (object: JsonObject) => JsonObject): JsonObject {
  const inside = (value: JsonValue): JsonValue => {
    if (isJsonArray(value)) return value.map(inside);
    return isJsonObject(value) ? deeply(value, edit) : value;
  };
  return edit(Object.fromEntries(Object.entries(object).map(([name, value]) => [name, inside(value)])));
}

/** Fields beside digital put into it. */
function moved(body: JsonObject, names: readonly string[]): JsonObject {
  return withField(body, 'issuedCardList[]', (card) => {
    if (card === undefined || !isJsonObject(card) || !isJsonObject(card.digital)) return card;
    const inside = Object.fromEntries(
      names.flatMap((name) => (card[name] === undefined ? [] : [[name, card[name]] as const])),
    );
    return { ...names.reduce(without, card), digital: { ...card.digital, ...inside } };
  });
}
