import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * The address of a file of the project in a page that lies in a folder: it opens from the disk.
 *
 * @param file from the project's root, with slashes
 */
export function sourceLink(folder: string, file: string): string {
  return encodeURI(path.relative(folder, path.join(root, file)).replaceAll(path.sep, '/'));
}

/** The file that such an address means, from the project's root, wherever its page lay; undefined for any other address. */
export function linkedSource(address: string): string | undefined {
  return /(?:^|\/)(specs\/apis\/[\w-]+\.yaml)$/.exec(address)?.[1];
}
