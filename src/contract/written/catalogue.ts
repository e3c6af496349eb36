import { Type } from 'typebox';
import { closed, mapOf } from '../../json/define.ts';
import { id, line, text } from './parts.ts';

const group = closed({
  id: id(),
  title: text(),
  apis: Type.Array(closed({ name: text() }), { minItems: 1 }),
});

const navigation = closed({
  source: mapOf(line, { minProperties: 1, maxProperties: 1 }),
  groups: Type.Array(Type.String(), { minItems: 1 }),
});

export const catalogue = closed(
  {
    groups: Type.Array(group, { minItems: 1 }),
    lists: Type.Array(navigation, { description: 'The navigation of each page as a sequence of groups.' }),
  },
  { title: 'Every API name that the pages list' },
);
