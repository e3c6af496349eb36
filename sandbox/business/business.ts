import { getMember } from '../../src/json/json.ts';
import type { Outcome, Situation } from '../stages.ts';

/**
 * What is known of one API beyond its contract, members and accounts for example: the outcome of a request that has passed
 * all checks, or undefined where the contract alone answers.
 */
export type Business = (at: Situation) => Outcome | undefined;

/** The member's id, exact; 0 for anything else, which only comes here when a deviation leaves checks out. */
export function memberId({ parameters = {} }: Situation): bigint {
  const value = getMember(parameters, 'userId');
  const isInteger = typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string';
  return isInteger && /^-?\d{1,30}$/.test(String(value)) ? BigInt(value) : 0n;
}

/** A text of the request, empty where there is none. */
export function text({ parameters = {} }: Situation, name: string): string {
  const value = getMember(parameters, name);
  return typeof value === 'string' ? value : '';
}
