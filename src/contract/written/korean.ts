import { closed, mapOf } from '../../json/define.ts';
import { words } from './parts.ts';

export const korean = closed(
  {
    texts: mapOf(
      words(),
      'Id of a clause, of an ambiguity, or <ambiguity>.<interpretation> → what the documents say of it, in Korean.',
    ),
  },
  { title: 'The Korean of what the documents put into words' },
);
