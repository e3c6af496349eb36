import type { TestCase, TestResult } from '@playwright/test/reporter';
import RedactingAllureReporter from '../report/allure/allure-reporter.ts';
import { openDisclosure } from '../run/disclosure.ts';
import { ownFolder } from '../run/own-folder.ts';
import { loadPlan } from '../run/plan.ts';
import { reasonAnnotation } from './annotations.ts';

/** The Allure reporter as the runner loads it: knows where results go and what must be hidden. */
export default class RunAllureReporter extends RedactingAllureReporter {
  constructor(options: { readonly _mode?: string }) {
    super({
      dir: ownFolder(process.env),
      redactor: () => openDisclosure(loadPlan(process.env)).redactor,
      ...(options._mode !== undefined && { _mode: options._mode }),
    });
  }

  /** The test of a case that kept no promise may have passed all the same: its annotation tells what came of it. */
  override onTestEnd(test: TestCase, result: TestResult): Promise<void> {
    const message = result.annotations.find(({ type }) => type === reasonAnnotation)?.description;
    if (result.status !== 'passed' || message === undefined) return super.onTestEnd(test, result);
    return super.onTestEnd(test, { ...result, status: 'failed', error: { message }, errors: [{ message }] });
  }
}
