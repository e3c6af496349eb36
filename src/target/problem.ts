import type { Problem } from '../yaml/problem.ts';

/** A profile that can't be used. Its message has one line for each problem; the CLI exits with 2. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(problemLine).join('\n'));
    this.problems = problems;
  }
}

function problemLine({ place, pointer, message }: Problem): string {
  return [place === '' ? '' : `${place}: `, pointer === '' ? '' : `${pointer}: `, message].join('');
}
