import { isJsonArray, isJsonObject, type JsonValue, parseJson, stringifyJson } from '../../json/json.ts';

/** JSON with a member a line, every digit of its numbers kept; any other text as it is. */
export function laidOut(text: string): string {
  try {
    return indent(parseJson(text), '');
  } catch {
    return text;
  }
}

function indent(value: JsonValue, margin: string): string {
  const deeper = `${margin}  `;
  const lines = isJsonArray(value)
    ? value.map((item) => indent(item, deeper))
    : isJsonObject(value)
      ? Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${indent(member, deeper)}`)
      : [];
  if (lines.length === 0) return stringifyJson(value);
  const [open, close] = isJsonArray(value) ? '[]' : '{}';
  return `${open}\n${lines.map((line) => `${deeper}${line}`).join(',\n')}\n${margin}${close}`;
}
