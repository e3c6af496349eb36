/** The mutation test's own machinery failed, which says nothing of the suite. Exit code 3. */
export class MutationTestError extends Error {
  override readonly name = 'MutationTestError';
}
