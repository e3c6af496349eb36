import fc from 'fast-check';

/**
 * Property tests draw the same values in every run, so that a failure is there again the next time; a failure prints the
 * seed. `PROPERTY_SEED=<n> npm test` draws others.
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_260_101) });

export { fc };
