/** Ends all that is left of a process group that we started. */
export function endGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // None of it is left.
  }
}
