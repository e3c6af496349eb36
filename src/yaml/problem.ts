/** One thing wrong with a YAML file. No part of it ever holds a value of the file, which may be a key. */
export interface Problem {
  /** `file:line:column`, or `environment variable NAME`, or just a file when no line is to blame. */
  readonly place: string;
  /** JSON pointer of the field within the file; empty for the file as a whole. */
  readonly pointer: string;
  /** What was expected, what came, and what to do. */
  readonly message: string;
  /** The environment variable that is not set, if that is what is wrong. */
  readonly missing?: string;
}
