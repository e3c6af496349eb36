import { createHmac } from 'node:crypto';

/** What stands for an id: the same for the same id, another for another, and nothing by which it could be found out. */
export type Pseudonym = (id: string) => string;

/**
 * Pseudonyms that depend on a key: processes that know it agree on them without a word, and who does not know it can't
 * try ids until one fits. The digits are counted, so that an id that was cut or rounded is seen.
 *
 * @param key a secret that nobody can guess
 */
export function pseudonymsBy(key: Uint8Array): Pseudonym {
  return (id) => {
    const mark = createHmac('sha256', key).update(id).digest('hex').slice(0, 8);
    return `[id ${mark}, ${lengthOf(id)}]`;
  };
}

/** How long a text is, in digits when it has nothing else. */
export function lengthOf(text: string): string {
  const unit = /^\d+$/.test(text) ? 'digit' : 'character';
  return `${text.length} ${unit}${text.length === 1 ? '' : 's'}`;
}
