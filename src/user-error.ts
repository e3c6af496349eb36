/**
 * Something that the user can mend: a file, a setting, an argument. The message says what was expected, what came, where,
 * and what to do, in one line for each problem; nothing has been sent, and the command exits with 2.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}
