import type { Label } from '../../verbs/label.ts';
import { element } from '../grammar.ts';
import { text } from '../kinds.ts';

export const label = element('Label', {
  about: 'Sets a label of the call to the text in it; without a text, removes the label. Takes effect at once.',
  attributes: { Key: text({ about: 'Which label.', required: true, minLength: 1 }) },
  text: { about: 'The value.', expected: 'a text', xsd: { base: 'string' }, read: (value) => value },
  means: ({ Key }, { text: value = '', at }): Label => ({ verb: 'label', at, answers: false, key: Key, value }),
});
