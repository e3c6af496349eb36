import { UserError } from '../src/user-error.ts';
/** A wish that can't be fulfilled: a bad option, a taken port, a folder that can't be used. One line for a person; exit code 2. */
export class SandboxError extends UserError {
  override readonly name = 'SandboxError';
}
