import { UserError } from '../user-error.ts';
/** One thing wrong with the documents of this project. */
export interface ContractProblem {
  /** `file:line:column` */
  readonly place: string;
  /** What was expected, what came, what to do. */
  readonly message: string;
}

/** Documents that can't be used. The message has one line for each problem; the CLI exits with 2. */
export class ContractError extends UserError {
  override readonly name = 'ContractError';
  readonly problems: readonly ContractProblem[];

  constructor(problems: readonly ContractProblem[]) {
    super(problems.map(({ place, message }) => `${place}: ${message}`).join('\n'));
    this.problems = problems;
  }
}
