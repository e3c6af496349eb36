import { parseArgs } from 'node:util';

/** The options of the runner that take a value: without them their values would be taken for files. */
const withValue = [
  'add-reporter',
  'browser',
  'config',
  'global-timeout',
  'grep',
  'grep-invert',
  'last-failed-file',
  'max-failures',
  'output',
  'project',
  'repeat-each',
  'reporter',
  'retries',
  'shard',
  'test-list',
  'test-list-invert',
  'timeout',
  'trace',
  'tsconfig',
  'update-source-method',
  'workers',
] as const;
const letters: Readonly<Record<string, string>> = {
  config: 'c',
  grep: 'g',
  'grep-invert': 'G',
  workers: 'j',
};

/** The options of the runner, besides --grep and --shard, that leave cases out. */
const choosing = ['grep-invert', 'test-list', 'test-list-invert', 'last-failed', 'only-changed'];

/** What the runner's own command line says: it does not tell its configuration or its reporters. */
export interface RunnerLine {
  /** What of the suite was chosen; `grep` in the words of a user, whatever chose. */
  readonly selection: { readonly grep?: string; readonly shard?: string };
  /** Whether cases are only listed. */
  readonly lists: boolean;
  /** The reporters in place of ours, as the user named them. */
  readonly reporter?: string;
}

/** @param argv without the program and the script */
export function readRunnerLine(argv: readonly string[]): RunnerLine {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      withValue.map((name) => {
        const short = letters[name];
        return [name, { type: 'string' as const, ...(short !== undefined && { short }) }];
      }),
    ),
    allowPositionals: true,
    strict: false,
  });
  const { grep, shard, reporter } = values;
  const files = positionals.filter((text, index) => index > 0 || text !== 'test');
  const others = [
    ...choosing.flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [`--${name}${typeof value === 'string' ? ` ${value}` : ''}`];
    }),
    ...(files.length === 0 ? [] : [`-- ${files.join(' ')}`]),
  ];
  const pattern = typeof grep === 'string' ? grep : undefined;
  const written =
    others.length === 0
      ? pattern
      : [...(pattern === undefined ? [] : [`--grep ${pattern}`]), ...others].join(' ');
  return {
    selection: {
      ...(written !== undefined && { grep: written }),
      ...(typeof shard === 'string' && { shard }),
    },
    lists: values.list === true,
    ...(typeof reporter === 'string' && { reporter }),
  };
}
