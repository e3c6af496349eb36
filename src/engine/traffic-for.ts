import { usualPatience } from './breaker.ts';
import { machineClock } from './clock.ts';
import { probeOf } from './probe.ts';
import type { Session } from './session.ts';
import { Traffic, type TrafficOptions } from './traffic.ts';

/** The traffic of a session as its profile has it, but for what is given. */
export function trafficFor(session: Omit<Session, 'traffic'>, given: Partial<TrafficOptions> = {}): Traffic {
  const { pace, maxRequests, timeouts } = session.profile;
  const traffic: Traffic = new Traffic({
    clock: machineClock,
    pace,
    maxRequests,
    limit: timeouts.run,
    patience: usualPatience,
    probe: probeOf(session, () => traffic),
    signal: session.signal,
    ...given,
  });
  return traffic;
}
