import { closed, listOf, mapOf, text } from '../../json/define.ts';
import { id, line, words } from './parts.ts';

const group = closed({
  id: id(),
  title: words(),
  apis: listOf(closed({ name: words() }), { minItems: 1 }),
});

const navigation = closed({
  source: mapOf(line, { minProperties: 1, maxProperties: 1 }),
  groups: listOf(text(), { minItems: 1 }),
});

export const catalogue = closed(
  {
    groups: listOf(group, { minItems: 1 }),
    lists: listOf(navigation, 'The navigation of each page as a sequence of groups.'),
  },
  { title: 'Every API name that the pages list' },
);
