import { openFixture } from './fixture.ts';
import { type Job, tryOne } from './try.ts';

// A process of the mutation test: gets one job after the other from its parent and sends back what came of each.
const [seed = '1', documents, ...apis] = process.argv.slice(2);
const fixture = await openFixture(Number(seed), { documents, apis: apis.length > 0 ? apis : undefined });
process.on('message', (job: Job) => {
  void tryOne(fixture, job).then(
    (trial) => process.send?.({ trial }),
    (error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.send?.({ problem: `${job.kind} ${job.id}: ${text}` });
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
