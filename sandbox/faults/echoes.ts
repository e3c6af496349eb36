import { clauseId } from '../../src/contract/clauses.ts';
import type { Api, Contract, Echo } from '../../src/contract/model.ts';
import { fieldsOf } from '../../src/contract/schema.ts';
import { equalJson, fromPointer, getPointer, type JsonValue } from '../../src/json/json.ts';
import { anyInterpretation, fits } from '../generic/check-value.ts';
import { isSuccess, withField } from './edit.ts';
import { type Fault, fault } from './fault.ts';
import { preparedObject } from './prepared-object.ts';

/** Values of an answer that are not those that were sent, exact integers first of all. */
export function echoFaults(contract: Contract): readonly Fault[] {
  return contract.apis.flatMap((api) => api.echoes.flatMap((echo) => faultsOf(contract, api, echo)));
}

function faultsOf(contract: Contract, api: Api, echo: Echo): readonly Fault[] {
  const field = fieldOf(echo);
  const sent = getPointer(preparedObject(contract, api), echo.request);
  if (sent === undefined) return [];
  const schema = api.responses
    .filter(({ status }) => status < 300)
    .flatMap(({ body }) => fieldsOf(body.schema))
    .find(({ path }) => path === field)?.schema;
  return otherValues(sent).flatMap(({ how, says, edit }) => {
    const wrong = edit(sent);
    // One that breaks a limit of the answer too would be told for that.
    if (equalJson(wrong, sent) || !fits(wrong, schema ?? {}, anyInterpretation)) return [];
    return [
      fault({
        how,
        family: 'echo',
        sentence: `${field} is answered ${says}.`,
        breaks: [clauseId.echo(api.id, echo.response)],
        deviation: {
          answer: (answer) =>
            isSuccess(answer)
              ? {
                  ...answer,
                  body: withField(answer.body, field, (value) =>
                    value === undefined ? undefined : edit(value),
                  ),
                }
              : answer,
        },
      }),
    ];
  });
}

interface Other {
  readonly how: string;
  readonly says: string;
  readonly edit: (value: JsonValue) => JsonValue;
}

function otherValues(sent: JsonValue): readonly Other[] {
  if (typeof sent === 'string') {
    const text = (how: string, says: string, character: RegExp): Other => ({
      how,
      says,
      edit: (value) => String(value).replace(character, (one) => (one === '5' ? '6' : '5')),
    });
    return [
      text('last-character', 'with another last character', /.$/u),
      text('first-character', 'with another first character', /^./u),
    ];
  }
  if (typeof sent === 'boolean')
    return [{ how: 'opposite', says: 'as its opposite', edit: (value) => value !== true }];
  const integer = (how: string, says: string, edit: (id: bigint) => bigint): Other => ({
    how,
    says,
    edit: (value) =>
      typeof value === 'bigint' || Number.isInteger(value) ? plain(edit(BigInt(String(value)))) : value,
  });
  return [
    integer('rounded', 'as a double holds it: its last digits are others', rounded),
    integer('off-by-one', 'with its last digit off by one', (id) => id + 1n),
    integer('first-digit', 'with another first digit', (id) => id - 10n ** BigInt(String(id).length - 1)),
    integer('last-digit-lost', 'without its last digit', (id) => id / 10n),
    integer('two-digits-swapped', 'with its last two digits in the other order', (id) =>
      BigInt(String(id).replace(/(\d)(\d)$/, '$2$1')),
    ),
    integer('two-first-digits-swapped', 'with its first two digits in the other order', (id) =>
      BigInt(String(id).replace(/^(\d)(\d)/, '$2$1')),
    ),
    integer('as-32-bit', 'as its lowest 31 bits', (id) => id & 0x7fffffffn),
  ];
}

/** `/card/number` → `card.number` */
export function fieldOf({ response }: Echo): string {
  return fromPointer(response).join('.');
}

/** The fields of an API's answers that must be as they were sent. */
export function echoedFields({ echoes }: Api): readonly string[] {
  return echoes.map(fieldOf);
}

/** What a double makes of an integer, every digit of it written. */
export function rounded(id: bigint): bigint {
  return BigInt(Number(id));
}

function plain(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
