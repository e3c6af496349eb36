import type { Mutation } from './mutation.ts';
import type { TextEdit } from './text-edits.ts';

/** Edits the value of one header, or takes the header away. */
export function editHeader(
  header: string,
  { apply }: TextEdit,
  described: Pick<Mutation, 'name' | 'title' | 'vacuous'>,
): Mutation {
  return {
    ...described,
    breaks: [`header ${header}`],
    at: 'request',
    apply: (request) => ({
      ...request,
      headers: request.headers.flatMap(([name, value]) => {
        const edited = name === header ? apply(value) : value;
        return edited === undefined ? [] : [[name, edited] as const];
      }),
    }),
  };
}
