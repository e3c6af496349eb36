import { cpSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.ts';

/** What is no part of the project: packages, history, results and secrets. */
const left =
  /^(?:node_modules|\.git|drafts|\.env.*|reports\/(?:runs|latest|mutation|.*\.json(?<!schema\.json)))(?:\/|$)/;

/** Copies the project as it is here to a folder that is not there yet; packages are shared. */
export function copyProject(folder: string): void {
  cpSync(root, folder, {
    recursive: true,
    filter: (file) => !left.test(path.relative(root, file).replaceAll(path.sep, '/')),
  });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
}
