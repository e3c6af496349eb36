import type { Given } from './given.ts';

/** One command, as a user would start it. */
export interface Command {
  /** Below `node_modules/.bin` of this folder, or a file of this folder that `node` runs. */
  readonly program: string;
  readonly args: readonly string[];
}

/** A tool that the suite is compared with. */
export interface Peer {
  readonly id: string;
  /** With its version. */
  readonly name: string;
  /** What it judges by, in one line. */
  readonly judges: string;
  /** Writes the files that the peer reads into a folder of its own, as its documentation says. */
  readonly setUp: (folder: string, given: Given) => Promise<void>;
  /** A file of `runners/`: runs the whole set-up against a URL whenever it is told, in one long-lived process. */
  readonly runner: string;
  /** What a user types to do one run against a base URL (without the prefix), one command after the other. */
  readonly commands: (folder: string, url: string) => readonly Command[];
}
