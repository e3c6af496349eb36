/**
 * How many times as long twice as much takes, at the best of some tries: a busy machine only adds to a time, so there
 * are as many tries as it takes to see that it is less than three times as long. What is quadratic stays at four.
 */
export function ratioOf(work: (size: number) => void, size: number): number {
  const timed = (given: number) => {
    const start = performance.now();
    work(given);
    return performance.now() - start;
  };
  let small = timed(size);
  let great = timed(2 * size);
  for (let tries = 0; tries < 12 && great / small >= 3; tries += 1) {
    small = Math.min(small, timed(size));
    great = Math.min(great, timed(2 * size));
  }
  return great / small;
}
