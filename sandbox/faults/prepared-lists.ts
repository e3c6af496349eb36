import { clauseId } from '../../src/contract/clauses.ts';
import type { JsonValue } from '../../src/json/json.ts';
import { documented } from '../act.ts';
import { physicalCards } from '../prepared.ts';
import type { Deviation } from '../stages.ts';
import { type Fault, fault } from './fault.ts';

/** The two prepared searches, each with the other one's result. */
export function preparedListFaults(): readonly Fault[] {
  const api = 'linkable-cards';
  const one = (
    how: string,
    scenario: string,
    sentence: string,
    list: (known: readonly JsonValue[]) => JsonValue,
  ) =>
    fault({
      how,
      family: 'list element',
      sentence,
      breaks: [clauseId.scenario(scenario)],
      deviation: withList(list),
    });
  return [
    one(
      'nothing-found',
      `${api}/succeeded`,
      'The card that waits for a member is not found: the list is empty.',
      () => [],
    ),
    one(
      'something-found',
      `${api}/succeeded-none-found`,
      'A card is found where none waits: the one of another member.',
      (known) => (known.length > 0 ? known : waiting()),
    ),
  ];
}

function withList(edit: (known: readonly JsonValue[]) => JsonValue): Deviation {
  return {
    act: (at, act) => {
      const outcome = act(at);
      const { issuedCardList: known } = outcome.fields;
      return Array.isArray(known) ? documented(at.api, '000_000', { issuedCardList: edit(known) }) : outcome;
    },
  };
}

/** A card as the sandbox shows it. */
function waiting(): readonly JsonValue[] {
  const [card] = physicalCards.flatMap((physical) => physical.waiting ?? []);
  if (!card) return [];
  const { cardApplyNo, issueType, digital, status, values, requester } = card;
  return [
    {
      cardApplyNo,
      issueType,
      digital: { ...digital },
      status,
      values: { balance: values.balance },
      requester,
    },
  ];
}
