/** One thing wrong with a profile. No part of it ever holds a value of the profile. */
export interface ProfileProblem {
  /** `file:line:column`, or `environment variable NAME`, or just a file when no line is to blame. */
  readonly place: string;
  /** JSON pointer of the field within the profile; empty for the profile as a whole. */
  readonly pointer: string;
  /** What was expected, what came, and what to do. */
  readonly message: string;
}

/** A profile that can't be used. Its message has one line for each problem; the CLI exits with 2. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
  readonly problems: readonly ProfileProblem[];

  constructor(problems: readonly ProfileProblem[]) {
    super(problems.map(problemLine).join('\n'));
    this.problems = problems;
  }
}

function problemLine({ place, pointer, message }: ProfileProblem): string {
  return [place === '' ? '' : `${place}: `, pointer === '' ? '' : `${pointer}: `, message].join('');
}
