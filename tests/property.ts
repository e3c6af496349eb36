import fc from 'fast-check';

/** The same in every run, so that a failure is there again the next time. */
export const seed = Number(process.env.PROPERTY_SEED ?? 20_260_101);
fc.configureGlobal({ seed });

/** How often a property is tried: enough for every run, more where somebody looks for what nobody has found yet. */
export function runs(count: number): { readonly numRuns: number } {
  return { numRuns: count * Number(process.env.PROPERTY_RUNS ?? 1) };
}

export { fc };
