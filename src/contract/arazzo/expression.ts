/** A runtime expression (Arazzo 1.0.1, section 5.2), as far as workflows here use them. */
export type Expression =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'step-output'; readonly step: string; readonly name: string }
  /** Of the workflow that the step has called. */
  | { readonly kind: 'workflow-output'; readonly name: string }
  | { readonly kind: 'status' }
  /** A value of the answer's body; `pointer` is a JSON pointer (RFC 6901). */
  | { readonly kind: 'body'; readonly pointer: string };

/** Reads a runtime expression; undefined for a text that is none, or none of those. */
export function parseExpression(text: string): Expression | undefined {
  if (text === '$statusCode') return { kind: 'status' };
  const [, source = '', rest = ''] = /^\$(inputs\.|outputs\.|steps\.|response\.body#)(.+)$/.exec(text) ?? [];
  switch (source) {
    case 'inputs.':
      return { kind: 'input', name: rest };
    case 'outputs.':
      return { kind: 'workflow-output', name: rest };
    case 'steps.': {
      const [, step = '', name = ''] = /^([\w-]+)\.outputs\.([\w-]+)$/.exec(rest) ?? [];
      return step === '' ? undefined : { kind: 'step-output', step, name };
    }
    case 'response.body#':
      return /^(?:\/(?:[^~/]|~[01])*)+$/.test(rest) ? { kind: 'body', pointer: rest } : undefined;
    default:
      return undefined;
  }
}

/** Whether a text is meant as a runtime expression. */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('$');
}
