import RedactingAllureReporter from '../report/allure/allure-reporter.ts';
import { openDisclosure } from '../run/disclosure.ts';
import { ownFolder } from '../run/own-folder.ts';
import { loadPlan } from '../run/plan.ts';

/** The Allure reporter as the runner loads it: knows where results go and what must be hidden. */
export default class RunAllureReporter extends RedactingAllureReporter {
  constructor(options: { readonly _mode?: string }) {
    super({
      dir: ownFolder(process.env),
      redactor: () => openDisclosure(loadPlan(process.env)).redactor,
      ...(options._mode !== undefined && { _mode: options._mode }),
    });
  }
}
