import { dredd } from './dredd.ts';
import type { Peer } from './peer.ts';
import { portman } from './portman.ts';
import { prism } from './prism.ts';
import { stepci } from './stepci.ts';

/** All tools that the suite is compared with. */
export const peers: readonly Peer[] = [dredd, portman, stepci, prism];
