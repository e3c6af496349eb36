import { isChange } from '../cases/permission.ts';
import type { Api } from '../contract/model.ts';
import type { OpenedBody } from '../judge/answer.ts';
import { findEnvelope } from '../judge/envelope.ts';
import type { CaseRecord } from '../record/record.ts';
import type { Profile } from '../target/profile.ts';
import type { Exchange } from '../wire/exchange.ts';

/** How many requests to an operation that writes or deletes were taken, and of how many nobody knows. */
export type Change = NonNullable<CaseRecord['changes']>[number];

/** What a request may have changed on the target, by its answer; nothing where it only reads or was refused. */
export function changesBy(
  api: Api,
  { outcome }: Exchange,
  opened: OpenedBody,
  { wire }: Pick<Profile, 'wire'>,
): readonly Change[] {
  const { effect } = api;
  if (!isChange(effect)) return [];
  const taken = outcome.ok ? wasTaken(api, outcome.response.status, opened, wire) : undefined;
  if (taken === false) return [];
  return [{ api: api.id, effect, taken: taken ? 1 : 0, unknown: taken ? 0 : 1 }];
}

/** Undefined: the answer does not tell. */
function wasTaken(
  { codes, platform }: Api,
  status: number,
  opened: OpenedBody,
  { envelope }: Profile['wire'],
): boolean | undefined {
  const code = findEnvelope(opened, envelope, platform.envelope)?.code;
  const row = codes.find((one) => one.code === code);
  if (row) return row.status < 300;
  if (opened.form === 'sealed' || status >= 500) return undefined;
  return status < 300;
}

/** The changes of some requests, summed up by operation. */
export function summedUp(changes: readonly Change[]): readonly Change[] {
  const sums = new Map<string, Change>();
  for (const one of changes) {
    const { taken = 0, unknown = 0 } = sums.get(one.api) ?? {};
    sums.set(one.api, { ...one, taken: taken + one.taken, unknown: unknown + one.unknown });
  }
  return [...sums.values()];
}
