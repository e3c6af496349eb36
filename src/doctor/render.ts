import { brief, terminalText } from '../printable.ts';
import { padEnd, wrap } from '../report/render/layout.ts';
import { type Colors, paintFor } from '../report/render/paint.ts';
import type { Diagnosis } from './examine.ts';
import { type StepState, stepNames } from './step.ts';

const marks: Readonly<Record<StepState, readonly [mark: string, color: keyof Colors]>> = {
  ok: ['✓', 'green'],
  warning: ['!', 'yellow'],
  failed: ['✗', 'red'],
  unchecked: ['?', 'yellow'],
  'not-tried': ['-', 'dim'],
};

/** A look at a target as a person reads it in a terminal: a paragraph a step, and what follows from them. */
export function diagnosisText(
  { steps, exitCode }: Diagnosis,
  options: { readonly color: boolean; readonly columns?: number | undefined },
): string {
  const paint = paintFor(options);
  const paragraph = (name: string, state: StepState, says: string): readonly string[] => {
    const [mark, color] = marks[state];
    const head = `${paint[color](mark)} ${paint.bold(padEnd(name, widest))}  `;
    return says
      .split('\n')
      .flatMap((line) => wrap(brief(line), paint.columns - widest - 4))
      .map((line, index) => `${index === 0 ? head : ' '.repeat(widest + 4)}${line}`);
  };
  const untried = steps.filter(({ state }) => state === 'not-tried').map(({ step }) => step);
  const lines = [
    ...steps.flatMap(({ step, state, says }) => (state === 'not-tried' ? [] : paragraph(step, state, says))),
    ...(untried.length === 0 ? [] : paragraph('not tried', 'not-tried', untried.join(', '))),
    '',
    ...wrap(`${conclusion(steps)} (exit code ${exitCode})`, paint.columns),
  ];
  return terminalText(`${lines.join('\n')}\n`, { colored: options.color });
}

const widest = Math.max(...stepNames.map(({ length }) => length));

function conclusion(steps: Diagnosis['steps']): string {
  const failure = steps.find(({ state }) => state === 'failed');
  if (failure) return `A run would end with the same trouble: ${failure.step}`;
  const open = steps.filter(({ state }) => state === 'unchecked').map(({ step }) => step);
  if (open.length === 0) return 'Nothing stands in the way of a run';
  return `Nothing was seen that stands in the way of a run, and not everything was: ${open.join(', ')}`;
}
