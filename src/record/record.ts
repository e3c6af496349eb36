import type { Shape } from '../json/define.ts';
import type { caseRecord, exchange, footer, header } from './written.ts';

/** One exchange as it may be written down. */
export type ShownExchange = Shape<typeof exchange>;

/** A message as it may be shown: text with secrets, card and personal data masked, cut when long. */
export type ShownMessage = Omit<ShownExchange['request'], 'method' | 'url'>;

/** What a run says of one case. */
export type CaseRecord = Shape<typeof caseRecord>;

/** An HTTP status and the code that comes with it. */
export type DocumentedOutcome = Exclude<CaseRecord['expected'], string>;

/** The first line of a ledger. */
export type LedgerHeader = Shape<typeof header>;

/** The last line of a ledger; without it a run is incomplete. */
export type LedgerFooter = Shape<typeof footer>;
