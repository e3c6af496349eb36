import { UserError } from '../user-error.ts';
import type { Problem } from '../yaml/problem.ts';

/** As many problems as are told; a file with more has one mistake many times over. */
export const mostTold = 50;

/** A profile that can't be used. Its message has one line for each problem; the CLI exits with 2. */
export class ProfileError extends UserError {
  override readonly name = 'ProfileError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const more = problems.length - mostTold;
    super(
      [
        ...problems.slice(0, mostTold).map(problemLine),
        ...(more > 0 ? [`… and ${more} more of such problems`] : []),
      ].join('\n'),
    );
    this.problems = problems;
  }
}

function problemLine({ place, pointer, message }: Problem): string {
  return [place === '' ? '' : `${place}: `, pointer === '' ? '' : `${pointer}: `, message].join('');
}
