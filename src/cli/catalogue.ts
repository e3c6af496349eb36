import { Command } from 'commander';
import { loadContract, namedFolders } from '../contract/load.ts';
import { catalogueCoverage, coverageText } from '../pages/coverage.ts';
import { root } from '../run/settings.ts';
import { runCommand } from './command.ts';
import { print } from './print.ts';

interface Options {
  readonly documents?: string;
  readonly json?: boolean;
}

const program = new Command('npm run catalogue --')
  .description("Shows the platform's APIs: documented here, or only listed.")
  .option('--documents <dir>', 'the folder that holds openapi/ and specs/ (default: this project)')
  .option('--json', 'one JSON document on stdout')
  .allowExcessArguments(false)
  .addHelpText('after', '\nExit codes: 0 shown, 2 documents out of order or usage.');

await runCommand(program, process.argv, () => {
  const options: Options = program.opts();
  const contract = loadContract(namedFolders(options.documents ?? root));
  const coverage = catalogueCoverage(contract);
  print(options.json === true ? { json: coverage } : { text: coverageText(coverage) });
  return 0;
});
