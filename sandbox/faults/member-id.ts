import { clauseId } from '../../src/contract/clauses.ts';
import type { JsonValue } from '../../src/json/json.ts';
import { isSuccess, withField } from './edit.ts';
import { type Fault, fault } from './fault.ts';

/** The member's id, which has nineteen digits, in the answer of account-info and in the hands of the business. */
export function memberIdFaults(): readonly Fault[] {
  const api = 'account-info';
  const one = (how: string, sentence: string, edit: (id: bigint) => JsonValue) =>
    fault({
      how,
      family: 'member id',
      sentence,
      breaks: [clauseId.echo(api, '/userId')],
      deviation: {
        answer: (answer) =>
          isSuccess(answer)
            ? {
                ...answer,
                body: withField(answer.body, 'userId', (value) =>
                  typeof value === 'bigint' || typeof value === 'number' ? edit(BigInt(value)) : value,
                ),
              }
            : answer,
      },
    });
  return [
    one('rounded', 'The id is answered as a double holds it: its last digits are others.', rounded),
    one('off-by-one', 'The id is answered with its last digit off by one.', (id) => id + 1n),
    one(
      'first-digit',
      'The id is answered with another first digit.',
      (id) => id - 10n ** BigInt(String(id).length - 1),
    ),
    one('last-digit-lost', 'The id is answered without its last digit.', (id) => id / 10n),
    one('two-digits-swapped', 'The last two digits of the id are answered in the other order.', (id) =>
      BigInt(String(id).replace(/(\d)(\d)$/, '$2$1')),
    ),
    one('another-member', 'The id that is answered is another member’s.', () => 9876543210123456797n),
    one('as-32-bit', 'The id is answered as its lowest 31 bits.', (id) => Number(id & 0x7fffffffn)),
  ];
}

/** What a double makes of an integer, every digit of it written. */
export function rounded(id: bigint): bigint {
  return BigInt(Number(id));
}
