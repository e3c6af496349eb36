import { isUtf8 } from 'node:buffer';
import path from 'node:path';
import type { Suite } from '@playwright/test/reporter';
import { AllureReporter } from 'allure-playwright';
import { printable } from '../../printable.ts';
import { createRedactor, type Redactor } from '../../redact/redactor.ts';
import { StorageError } from '../ledger/storage.ts';
import { sourceLabel, waivedLabel } from './allure.ts';
import { type ResultsWriter, resultsWriter } from './results-writer.ts';

export interface AllureReporterOptions {
  /** The folder of the run, which gets an `allure-results`; undefined when cases are only listed. */
  readonly dir: string | undefined;
  /** Asked when a run starts. Without it tokens, private keys and encrypted messages are hidden by their form alone. */
  readonly redactor?: () => Redactor;
  /** Set by Playwright. */
  readonly _mode?: string;
}

type Plain = Readonly<Record<string, unknown>>;

/**
 * allure-playwright, with a safety net under it: whatever it writes goes through a redactor once more. It also puts
 * right what it can't know: the link to the documented source, why a case is waived, and that a case without an answer
 * is broken, not failed.
 */
export default class RedactingAllureReporter extends AllureReporter {
  readonly #options: AllureReporterOptions;
  readonly #resultsDir: string;
  /** The first result that could not be written; the results are of no use from then on. */
  #failure: StorageError | undefined;
  #began = false;

  constructor(options: AllureReporterOptions) {
    const resultsDir = path.join(options.dir ?? '', 'allure-results');
    super({ detail: false, suiteTitle: false, resultsDir });
    this.#options = options;
    this.#resultsDir = resultsDir;
  }

  override onBegin(suite: Suite): void {
    // Without a test nothing runs: they are listed, or the target could not be launched.
    if (this.#options._mode === 'list' || suite.allTests().length === 0) return;
    this.#began = true;
    super.onBegin(suite);
    const runtime: unknown = Reflect.get(this, 'allureRuntime');
    const writer: unknown = isPlain(runtime) ? runtime.writer : undefined;
    if (!isPlain(runtime) || !isPlain(writer) || typeof writer.writeResult !== 'function') {
      throw new Error(
        'allure-playwright keeps its writer elsewhere: results would be written without redaction',
      );
    }
    const redactor = this.#options.redactor?.() ?? createRedactor({ secrets: [] });
    const failed = (error: StorageError) => (this.#failure ??= error);
    Reflect.set(runtime, 'writer', redactingWriter(resultsWriter(this.#resultsDir), { redactor, failed }));
  }

  override async onEnd(): Promise<void> {
    if (!this.#began) return;
    await super.onEnd();
    if (this.#failure) throw this.#failure;
  }
}

/**
 * The same writer, whatever its methods: JSON and text pass through the redactor, files are not copied unread. Allure
 * calls it where nobody catches an error, so that trouble with the disk is kept for the end.
 */
function redactingWriter(
  writer: ResultsWriter,
  {
    redactor,
    failed,
  }: {
    readonly redactor: Redactor;
    readonly failed: (error: StorageError) => void;
  },
): object {
  return new Proxy(writer, {
    get(target, name) {
      if (name === 'writeAttachmentFromPath') {
        return () => {
          throw new Error('an attachment by path was not written: it could not be redacted');
        };
      }
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      return (...args: readonly unknown[]) => {
        const harmless = args.map((arg) =>
          name === 'writeResult' ? visible(redacted(mended(arg), redactor)) : redacted(arg, redactor),
        );
        try {
          Reflect.apply(method, target, harmless);
        } catch (error) {
          if (!(error instanceof StorageError)) throw error;
          failed(error);
        }
      };
    },
  });
}

function redacted(value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return redactor.text(value);
  if (Buffer.isBuffer(value))
    return isUtf8(value) ? Buffer.from(redactor.text(value.toString('utf8'))) : value;
  if (Array.isArray(value)) return value.map((item) => redacted(item, redactor));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, redacted(member, redactor)]));
}

/** What is shown of a result, without what can't be seen or would be obeyed. */
function visible(value: unknown): unknown {
  if (typeof value === 'string') return printable(value, { lineBreaks: true });
  if (Array.isArray(value)) return value.map(visible);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, visible(member)]));
}

function mended(result: unknown): unknown {
  if (!isPlain(result)) return result;
  const labels = Array.isArray(result.labels) ? result.labels.filter(isPlain) : [];
  const sources = labels.filter(({ name }) => name === sourceLabel);
  const links = sources.map(({ value }) => {
    const source: unknown = JSON.parse(String(value));
    return { type: 'link', ...(isPlain(source) ? source : {}) };
  });
  const waived = labels.filter(({ name }) => name === waivedLabel).map(({ value }) => String(value));
  const details = isPlain(result.statusDetails) ? result.statusDetails : {};
  const message = String(details.message ?? '').replace(/^Error: /, '');
  const unanswered = /^(?:target|setup|harness)-error: /.test(message);
  return {
    ...result,
    labels: [
      ...(waived.length === 0 ? [] : [{ name: 'tag', value: 'waived' }]),
      ...labels.filter(({ name }) => !hiddenLabels.has(String(name))),
    ],
    // Allure has no status for it, and green alone would hide it.
    ...(waived.length === 0
      ? {}
      : {
          name: `${String(result.name)} (waived)`,
          description: [...waived, '---', String(result.description ?? '')].join('\n\n'),
        }),
    links: [...(Array.isArray(result.links) ? result.links : []), ...links],
    // A stack shows where the suite threw; the message has said all there is to know.
    ...(details.message === undefined ? {} : { statusDetails: { ...details, message, trace: undefined } }),
    ...(message !== '' && result.status !== 'skipped' ? { status: unanswered ? 'broken' : 'failed' } : {}),
  };
}

/** What is shown elsewhere, and what is of the machine and of Playwright's files and says nothing about a target. */
const hiddenLabels = new Set([
  sourceLabel,
  waivedLabel,
  'host',
  'thread',
  'language',
  'framework',
  'package',
  'parentSuite',
  'suite',
  'subSuite',
  'titlePath',
]);

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
