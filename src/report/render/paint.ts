export type Colors = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow', (text: string) => string>>;

/** How lines are to look: colours, and how long they may be. */
export interface Paint extends Colors {
  readonly columns: number;
}

const widest = 110;
const narrowest = 40;

/** Whether a stream wants colours: FORCE_COLOR and NO_COLOR decide, otherwise whether it is a terminal. */
export function wantsColor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** @param given.columns how wide the terminal is; 110 columns at most are used, 40 at least */
export function paintFor(given: { readonly color: boolean; readonly columns?: number | undefined }): Paint {
  const columns = Math.max(narrowest, Math.min(given.columns ?? widest, widest));
  return { ...(given.color ? colored : plain), columns };
}

export const same = (text: string) => text;
const ansi = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const colored: Colors = { bold: ansi(1), dim: ansi(2), red: ansi(31), green: ansi(32), yellow: ansi(33) };
const plain: Colors = { bold: same, dim: same, red: same, green: same, yellow: same };
