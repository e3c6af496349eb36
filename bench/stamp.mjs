// Preloaded into every process of a measured run: writes, as the process ends, when it began and ended, its processor
// time and its largest memory.
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.BENCH_STAMPS;
if (file !== undefined && isMainThread) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const stamp = {
      command: process.argv.slice(1).join(' '),
      began: performance.timeOrigin,
      ended: performance.timeOrigin + performance.now(),
      cpu: (userCPUTime + systemCPUTime) / 1000,
      memory: maxRSS * 1024,
    };
    appendFileSync(file, `${JSON.stringify(stamp)}\n`);
  });
}
