import { isDeepStrictEqual } from 'node:util';
import type { Check } from '../sandbox/checks.ts';
import type { Answer, Deviation, Outcome, Situation, WireAnswer } from '../sandbox/stages.ts';
import type { JsonObject } from '../src/json/json.ts';

/** What one stage of the target got and gave for one request, when nothing deviated. */
export type Step =
  | { readonly stage: 'leavesOut'; readonly at: Situation; readonly check: Check }
  | { readonly stage: 'open'; readonly at: Situation; readonly opened: Opened }
  | { readonly stage: 'act'; readonly at: Situation; readonly outcome: Outcome }
  | { readonly stage: 'answer'; readonly at: Situation; readonly answer: Answer }
  | { readonly stage: 'seal'; readonly at: Situation; readonly answer: Answer; readonly wire: WireAnswer }
  | { readonly stage: 'send'; readonly at: Situation; readonly wire: WireAnswer };

type Opened = { readonly body: JsonObject } | { readonly error: unknown };

/** A deviation that changes nothing and tells every step. */
export function recording(tell: (step: Step) => void): Required<Deviation> {
  return {
    leavesOut(check, at) {
      tell({ stage: 'leavesOut', at, check });
      return false;
    },
    async open(at, open) {
      try {
        const body = await open();
        tell({ stage: 'open', at, opened: { body } });
        return body;
      } catch (error) {
        tell({ stage: 'open', at, opened: { error } });
        throw error;
      }
    },
    act(at, act) {
      const outcome = act(at);
      tell({ stage: 'act', at, outcome });
      return outcome;
    },
    answer(answer, at) {
      tell({ stage: 'answer', at, answer });
      return answer;
    },
    async seal(answer, at, seal) {
      const wire = await seal(answer);
      tell({ stage: 'seal', at, answer, wire });
      return wire;
    },
    send(wire, at) {
      tell({ stage: 'send', at, wire });
      return wire;
    },
  };
}

/** Whether a deviation would have made any of these steps come out otherwise. It must not remember earlier requests. */
export async function changesAny(deviation: Deviation, steps: readonly Step[]): Promise<boolean> {
  for (const step of steps) if (await changes(deviation, step)) return true;
  return false;
}

async function changes(deviation: Deviation, step: Step): Promise<boolean> {
  const { at } = step;
  switch (step.stage) {
    case 'leavesOut':
      return deviation.leavesOut?.(step.check, at) === true;
    case 'open': {
      const { opened } = step;
      const now = await openedBy(() =>
        deviation.open
          ? deviation.open(at, async () => {
              if ('error' in opened) throw opened.error;
              return opened.body;
            })
          : undefined,
      );
      if (now === undefined) return false;
      if ('error' in opened || 'error' in now) {
        return !('error' in opened && 'error' in now && opened.error === now.error);
      }
      return !isDeepStrictEqual(now.body, opened.body);
    }
    case 'act': {
      let isOther = false;
      const outcome = deviation.act?.(at, (given) => {
        // Whatever else the business would be asked, it might answer otherwise.
        isOther ||= given !== at;
        return step.outcome;
      });
      return outcome !== undefined && (isOther || !isDeepStrictEqual(outcome, step.outcome));
    }
    case 'answer': {
      const answer = deviation.answer?.(step.answer, at);
      return answer !== undefined && !isDeepStrictEqual(answer, step.answer);
    }
    case 'seal': {
      let isOther = false;
      const wire = await deviation.seal?.(step.answer, at, async (given) => {
        isOther ||= !isDeepStrictEqual(given, step.answer);
        return step.wire;
      });
      return wire !== undefined && (isOther || !isDeepStrictEqual(wire, step.wire));
    }
    case 'send': {
      const wire = deviation.send?.(step.wire, at);
      return wire !== undefined && !isDeepStrictEqual(wire, step.wire);
    }
  }
}

async function openedBy(open: () => Promise<JsonObject> | undefined): Promise<Opened | undefined> {
  try {
    const body = await open();
    return body && { body };
  } catch (error) {
    return { error };
  }
}
