/**
 * From now on a reader who has had enough (`| head -1`), or a terminal that has gone, is no trouble: what is printed
 * after that is printed to nobody.
 */
export function outliveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    });
  }
}
