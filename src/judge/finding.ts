import type { Shape } from '../json/define.ts';
import type { answered, finding } from './written.ts';

export { type Outcome, outcomes, worstOf } from './outcome.ts';

/** What an answer came with, as far as it may be written down. */
export type Answered = Shape<typeof answered>;

/** What a check says of an exchange. Texts are for persons and hold no secret, card or personal data. */
export type Finding = Shape<typeof finding>;
