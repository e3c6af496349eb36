/**
 * Lets a parent process order runs of one peer, one after the other: `{url, apis}` in, `{failures}` out, the names of
 * what failed. With `apis` only the requests to those APIs are made, and the chain: nothing else can be affected. What
 * goes wrong with the peer itself is `{problem}`.
 *
 * @param {(url: string, apis: string[] | undefined) => Promise<string[]>} run
 */
export function serve(run) {
  process.on('message', ({ url, apis }) => {
    run(url, apis).then(
      (failures) => process.send?.({ failures: [...new Set(failures)] }),
      (error) =>
        process.send?.({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ ready: true });
}
