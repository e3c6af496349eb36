import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The files of a folder of Allure results that tell of a run as a whole, not of one case, with what is attached to them. */
export function filesOfWholeRun(results: string): ReadonlySet<string> {
  return new Set(
    readdirSync(results)
      .filter((name) => name.endsWith('-globals.json'))
      .flatMap((name) => [name, ...attachedTo(path.join(results, name))]),
  );
}

function attachedTo(file: string): readonly string[] {
  const globals: { attachments?: readonly { source?: unknown }[] } = JSON.parse(readFileSync(file, 'utf8'));
  return (globals.attachments ?? []).map(({ source }) => String(source));
}
