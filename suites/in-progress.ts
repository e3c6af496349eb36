import { InProgress } from '../src/run/stop.ts';

/** The cases of this worker. */
export const casesInProgress = new InProgress();
