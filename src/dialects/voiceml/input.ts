import type { Gather } from '../../verbs/gather.ts';
import { element } from '../grammar.ts';
import { integer, oneOf } from '../kinds.ts';
import { play } from './play.ts';
import { say } from './say.ts';
import { nextUri, post } from './uris.ts';

export const keys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '#', '*'] as const;

export const input = element('Input', {
  about:
    'Collects keypad digits while the prompts inside it play; a key stops them. Its NextUri is asked in every case, so that nothing after it is executed. Answers an incoming call that nobody has answered.',
  attributes: {
    MaxDigitCount: integer({ about: 'How many digits end the collection.', min: 1, max: 128, default: 128 }),
    NextUri: nextUri('Who hears the digits, none included. The current URI unless given.'),
    StopKey: oneOf([...keys, 'none'], {
      about: 'The key that ends the collection and is not kept; none: every key is kept.',
      default: '#',
    }),
    TimeoutSeconds: integer({
      about: 'Silence, after the prompts and after each key, that ends the collection.',
      min: 1,
      max: 30,
      default: 5,
    }),
  },
  content: [play, say],
  max: 30,
  means: ({ MaxDigitCount, NextUri, StopKey, TimeoutSeconds }, { children, at, url, refuse }): Gather => {
    for (const { sounds, at: place } of children.filter((child) => child !== undefined)) {
      if (sounds[0]?.type === 'tones') refuse('ATTRIBUTE_CONFLICT', '<Play> in <Input> must not have Digits', place);
    }
    return {
      verb: 'gather',
      at,
      answers: true,
      prompts: children.flatMap((child) => child?.sounds ?? []),
      maxDigits: MaxDigitCount,
      stopKey: StopKey === 'none' ? '' : StopKey,
      timeoutMs: TimeoutSeconds * 1000,
      next: post(NextUri ?? url),
    };
  },
});
