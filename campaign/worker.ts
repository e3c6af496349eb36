import { type Job, tryOne } from './try.ts';
import { openWorkshop } from './workshop.ts';

// A process of the campaign: gets one job after the other from its parent and sends back what came of each.
const workshop = await openWorkshop(Number(process.argv[2] ?? 1));
process.on('message', (job: Job) => {
  void tryOne(workshop, job).then(
    (trial) => process.send?.({ trial }),
    (error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.send?.({ problem: `${job.kind} ${job.id}: ${text}` });
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
