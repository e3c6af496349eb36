// Makes Allure's page: node allure-generate.mjs <results> <configuration> <output>. What Allure's command line does for
// `generate`, without the packages that its other commands need. Plain JavaScript: it runs without tsx, and ends with the
// process that forked it.
import '../../process/end-with-parent.mjs';
import { AllureReport, readConfig } from '@allurereport/core';

const [results, configuration, output] = process.argv.slice(2);
const report = new AllureReport(await readConfig(process.cwd(), configuration, { output }));
await report.start();
await report.readDirectory(results);
await report.done();
