/**
 * What the runner is to look for, so that only a case's id and tags count: its titles are the project, the suite's file,
 * the case's id and its tags, with spaces between, and it looks into all of that.
 */
export function titlePattern({ source }: RegExp): string {
  const [, anchor = '', rest = ''] = /^(\^?)(.*)$/s.exec(source) ?? [];
  return `\\.spec\\.ts\\s+${anchor === '' ? '.*?' : ''}(?:${rest})`;
}
