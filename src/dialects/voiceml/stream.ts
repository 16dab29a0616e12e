import type { Stream } from '../../verbs/stream.ts';
import { element } from '../grammar.ts';
import { next, nextUri } from './uris.ts';

const form = 'projects/[^/\\s]+/streams/[^/\\s]{1,36}';
const name = new RegExp(`^${form}$`);

export const stream = element('Stream', {
  about:
    'Two-way audio with an application that has opened the stream of this name before. Answers an incoming call that nobody has answered.',
  attributes: { NextUri: nextUri('Who is asked next. The next action is executed unless given.') },
  text: {
    about: 'The name of the stream.',
    expected: 'projects/<project>/streams/<stream>, the last part of at most 36 characters',
    xsd: { base: 'token', pattern: form },
    read: (text) => (name.test(text) ? text : undefined),
  },
  textRequired: true,
  means: ({ NextUri }, { text, at }): Stream => ({
    verb: 'stream',
    at,
    answers: true,
    name: text ?? '',
    ...next(NextUri),
  }),
});
