import { startRepeated } from './repeated.ts';
import { measureRun } from './run.ts';

(async () => {
  for (const n of process.argv.slice(2).map(Number)) {
    const t = await startRepeated(n);
    try {
      const { said, ...r } = await measureRun(['--no-page', '--target', t.profile], t.env);
      console.log(n, r, said.length);
    } finally {
      await t.stop();
    }
  }
})();
