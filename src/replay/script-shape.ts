import type { Statistics } from '../telephony/leg-event.ts';
import type { Phone, When } from '../telephony/simulated/script.ts';
import {
  either,
  type Kind,
  lazily,
  listOf,
  mapOf,
  no,
  number,
  oneOf,
  shape,
  such,
  text,
  truth,
  whole,
  yes,
} from './shape.ts';

const texts = mapOf(text(), 'headers by name');

const seconds = number('seconds', 0, 100_000_000);

/** The acts of a step, every one of which excludes the others. */
interface Acts {
  press: string;
  say: string;
  silence: number;
  hangUp: true;
  hold: true;
  resume: true;
  fax: { pages: number };
}

const acts: { readonly [A in keyof Acts]: Kind } = {
  press: text('keys', /^[0-9*#A-DwW]+$/),
  say: text('what is said'),
  silence: seconds,
  hangUp: yes,
  hold: yes,
  resume: yes,
  fax: shape<Acts['fax']>('a fax, such as { pages: 2 }', { pages: whole('how many pages', 1) }, ['pages']),
};

const step = such(
  shape<When & Acts & { confidence: number }>('a step such as { after: 2, press: "1" }', {
    after: seconds,
    hears: text('what is heard'),
    heard: text('what has been heard'),
    within: seconds,
    confidence: number('how well it can be understood, from 0 to 1', 0, 1),
    ...acts,
  }),
  (value) => {
    const named = Object.keys(acts).filter((act) => act in value);
    return named.length > 1 ? { found: named.join(' and '), expected: 'one thing in each step' } : undefined;
  },
);

/** What somebody does at a telephone. */
export const scriptShape = listOf(step, 'a list of steps');

/** What a called telephone does. */
export const phoneShape: Kind = shape<Phone>('a phone such as { answers: 3 }', {
  after: seconds,
  rings: truth,
  answers: either(seconds, no),
  busy: yes,
  rejects: either(yes, seconds),
  unreachable: yes,
  invalid: yes,
  fails: yes,
  earlyMedia: text('what is heard before the answer'),
  drops: yes,
  hangsUp: seconds,
  machine: shape<NonNullable<Phone['machine']>>(
    'an answering machine, such as { greeting: "Hello.", beep: true }',
    {
      greeting: text('what it says'),
      beep: truth,
      after: seconds,
    },
    ['greeting', 'beep'],
  ),
  fax: acts.fax,
  refers: oneOf('refuses', 'silent'),
  texts: truth,
  headers: texts,
  statistics: shape<Statistics>('figures such as { meanOpinionScore: 4.1 }', {
    meanOpinionScore: number('a score from 1 to 5', 1, 5),
    roundTripMs: number('milliseconds'),
    jitterMs: number('milliseconds'),
    lostPackets: whole('how many packets'),
  }),
  script: scriptShape,
  lines: whole('how many calls at once', 1),
  calls: lazily(() => phonesShape, 'a list of phones'),
});

const phonesShape = listOf(phoneShape, 'a list of phones');
