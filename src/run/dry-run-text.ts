import { brief, terminalText } from '../printable.ts';
import { columnsOf, padEnd, padStart, wrap } from '../report/render/layout.ts';
import { paintFor } from '../report/render/paint.ts';
import type { DryRun } from './dry-run.ts';

/** A run that was not done, as a person reads it in a terminal. */
export function dryRunText(
  run: DryRun,
  options: { readonly color: boolean; readonly columns?: number | undefined },
): string {
  const paint = paintFor(options);
  const { target, requests, largestBody, window } = run;
  const url = target.baseUrl === undefined ? '' : ` at ${target.baseUrl}`;
  const wrapped = (text: string) => wrap(brief(text), paint.columns);
  const reasons = notSentLines(run).flatMap((text) =>
    wrap(brief(text), paint.columns - 4).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`),
  );
  const lines = [
    ...wrapped(
      `Dry run: nothing is sent. Target ${target.name}${url}, ${target.environment}, effects ${target.effects}, seed ${run.seed}`,
    ),
    '',
    ...tableLines(run).map((line, index) => (index === 0 ? paint.bold(line) : line)),
    '',
    ...wrapped(requestsText(requests)),
    ...(largestBody === null
      ? []
      : wrapped(`Largest body: ${largestBody.bytes} bytes (${largestBody.case})`)),
    ...wrapped(paceText(run)),
    ...(window === null ? [] : wrapped(`It may run from ${window} only`)),
    ...(reasons.length === 0 ? [] : ['', paint.bold('Not sent'), ...reasons]),
  ];
  return terminalText(`${lines.join('\n')}\n`, { colored: options.color });
}

function tableLines({ apis }: DryRun): readonly string[] {
  const sum = (pick: (one: DryRun['apis'][number]) => number) =>
    apis.reduce((total, one) => total + pick(one), 0);
  const columns = [
    { label: 'cases', pick: (one: DryRun['apis'][number]) => one.cases },
    { label: 'valid', pick: (one: DryRun['apis'][number]) => one.valid },
    { label: 'broken or unusual', pick: (one: DryRun['apis'][number]) => one.broken },
    { label: 'not sent', pick: (one: DryRun['apis'][number]) => one.notSent },
    { label: 'requests', pick: (one: DryRun['apis'][number]) => one.requests },
  ];
  const name = Math.max(...['API', 'all', ...apis.map(({ api }) => api)].map(columnsOf));
  const row = (first: string, effect: string, numbers: readonly (string | number)[]) =>
    `${padEnd(first, name)}  ${padEnd(effect, 'deletes'.length)}  ${numbers
      .map((number, index) => padStart(String(number), columns[index]?.label.length ?? 0))
      .join('  ')}`;
  return [
    row(
      'API',
      'effect',
      columns.map(({ label }) => label),
    ),
    ...apis.map((one) =>
      row(
        one.api,
        one.effect,
        columns.map(({ pick }) => pick(one)),
      ),
    ),
    row(
      'all',
      '',
      columns.map(({ pick }) => sum(pick)),
    ),
  ];
}

function requestsText({
  cases,
  controls,
  preflight,
  workflows,
  total,
  isExact,
  most,
}: DryRun['requests']): string {
  const parts = [
    `${cases} of cases`,
    `${controls} unchanged as controls`,
    ...(preflight === 0 ? [] : [`${preflight} to see whether the target is there`]),
    ...(workflows === 0 ? [] : [`about ${workflows} of workflows and what cleans up behind them`]),
  ];
  const limit =
    most === null
      ? ''
      : total > most
        ? `; the run stops after ${most} (maxRequests)`
        : `; ${most} at most (maxRequests)`;
  return `${isExact ? '' : 'About '}${total} requests, when the target answers as documented: ${parts.join(', ')}${limit}`;
}

function paceText({ pace: { inFlight, requestsPerSecond, seconds } }: DryRun): string {
  return seconds === null
    ? `Unknown pace: the profile limits it to ${inFlight} in flight at once and to no number of requests a second (pace.requestsPerSecond)`
    : `At ${requestsPerSecond} requests a second it takes ${seconds} seconds at least`;
}

/** Cases that are not sent for the same reason are told together. */
function notSentLines({ notSent }: DryRun): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const one of notSent) {
    const why = `${one.acknowledged ? '(as the profile says) ' : ''}${one.reason}`;
    groups.set(why, [...(groups.get(why) ?? []), one.case]);
  }
  return [...groups].map(([why, ids]) => {
    const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
    return `${ids.length}: ${why}: ${ids.slice(0, 3).join(', ')}${more}`;
  });
}
