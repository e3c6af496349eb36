import path from 'node:path';
import { Command } from 'commander';
import { examine } from '../doctor/examine.ts';
import { diagnosisText } from '../doctor/render.ts';
import { wantsColor } from '../report/render/paint.ts';
import { runCommand } from './command.ts';
import { print } from './print.ts';

interface Options {
  readonly target?: string;
  readonly documents?: string;
  readonly envFile?: string;
  readonly json?: boolean;
}

const program = new Command('npm run doctor --')
  .description('Looks step by step whether a target can be tested, and says what to change where it can not.')
  .option(
    '--target <name|file>',
    'a profile: a name below targets/, or a path to a YAML file (default: embedded)',
  )
  .option('--documents <dir>', 'the folder that holds openapi/ and specs/ (default: this project)')
  .option(
    '--env-file <file>',
    'environment variables for the profile, overriding nothing that is set (default: .env, if it is there)',
  )
  .option('--json', 'one JSON document on stdout')
  .allowExcessArguments(false)
  .addHelpText(
    'after',
    '\nIt changes nothing on the target, and sends one request a step at most.\nExit codes: 0 nothing stands in the way of a run, warnings or not; 2 usage or profile, nothing was sent; 3 the target is out of reach, refuses, or could not be checked.',
  );

await runCommand(program, process.argv, async () => {
  const { target, documents, envFile, json }: Options = program.opts();
  const diagnosis = await examine(process.env, {
    ...(target && { target }),
    ...(documents && { documents: path.resolve(documents) }),
    ...(envFile !== undefined && { envFile }),
  });
  if (json === true) print({ json: diagnosis });
  else {
    const { stdout, env } = process;
    stdout.write(diagnosisText(diagnosis, { color: wantsColor(stdout, env), columns: stdout.columns }));
  }
  return diagnosis.exitCode;
});
