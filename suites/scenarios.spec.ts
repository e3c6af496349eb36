import { closeSession, openSession } from '../src/run/session.ts';
import { scenarioTest } from '../src/run/scenario-test.ts';
import { test } from './test.ts';

// One test for each documented scenario; what it sends and expects is data.
const session = openSession();

for (const one of session.cases) {
  test(one.id, scenarioTest.details(one), async ({ }, testInfo) => {
    await scenarioTest.run(one, session, testInfo);
  });
}

test.afterAll(() => closeSession(session));
