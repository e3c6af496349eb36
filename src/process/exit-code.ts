/**
 * Tells the launcher, if one started this process, the exit code with which it is about to end. An end of which nothing
 * was told before is a crash to the launcher, whatever its code.
 */
export async function tellExitCode(exitCode: number): Promise<void> {
  if (!process.connected) return;
  await new Promise<void>((resolve) => {
    process.send?.({ exitCode }, undefined, undefined, () => resolve());
  });
}
