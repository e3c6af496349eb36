import type { Deviation } from '../stages.ts';

/** A target that looks unusual and keeps every promise. */
export interface Variant {
  /** A short name, words divided by dashes. */
  readonly id: string;
  /** What is unusual about it, and why that is allowed. */
  readonly sentence: string;
  readonly deviation: Deviation;
}
