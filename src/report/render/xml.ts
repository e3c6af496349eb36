import XMLBuilder from 'fast-xml-builder';
import { brief, printable } from '../../printable.ts';

/** An element or a text, in the form that the builder takes. */
export type XmlNode = Readonly<Record<string, unknown>>;

export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly XmlNode[] = [],
): XmlNode {
  const shown = Object.entries(attributes).map(([key, value]) => [`@_${key}`, brief(String(value))]);
  return { [name]: children, ':@': Object.fromEntries(shown) };
}

/** Content of an element. What XML 1.0 has no place for is written out, as for a terminal. */
export function textNode(text: string): XmlNode {
  return { '#text': printable(text, { lineBreaks: true }) };
}

export function xmlDocument(root: XmlNode): string {
  const declaration = { '?xml': [{ '#text': '' }], ':@': { '@_version': '1.0', '@_encoding': 'UTF-8' } };
  const body: string = builder.build([declaration, root]);
  return `${body.trim()}\n`;
}

const builder = new XMLBuilder({
  preserveOrder: true,
  ignoreAttributes: false,
  suppressEmptyNode: true,
  format: true,
  indentBy: '',
});
