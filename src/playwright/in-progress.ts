import { InProgress } from '../engine/stop.ts';

/** The cases of this worker. */
export const casesInProgress = new InProgress();
