import type { JsonObject } from '../../src/json/json.ts';
import { documented } from '../documented.ts';
import type { MobileCard } from '../prepared.ts';
import type { Outcome, Situation } from '../stages.ts';
import { memberId, text } from './business.ts';

/** The mobile cards that wait for a physical card of a member. */
export function linkableCards(at: Situation): Outcome {
  const holder = memberId(at);
  if (!at.world.isMember(holder)) return documented(at.api, '001_006');
  const card = at.world.physicalCard({
    holder,
    number: text(at, 'physicalCardNo'),
    expiry: text(at, 'physicalCardExpDate'),
    cvc: text(at, 'physicalCardCVC'),
  });
  // Another member's card is answered like a wrong one, so that nobody can try out numbers.
  if (!card) return documented(at.api, '003_011');
  if (!card.waiting) return documented(at.api, '003_049');
  return documented(at.api, '000_000', { issuedCardList: card.waiting.map(mobileCard) });
}

/** Each field where the register of ambiguities assumes it: status, values and requester beside digital. */
function mobileCard({ cardApplyNo, issueType, digital, status, values, requester }: MobileCard): JsonObject {
  const { points, balance } = values;
  return {
    cardApplyNo,
    issueType,
    digital: { ...digital },
    status,
    values: { balance, ...(points && { points: points.map((one) => ({ ...one })) }) },
    requester,
  };
}
