import type { Gather, SpeechInput } from '../../verbs/gather.ts';
import type { Play } from '../../verbs/play.ts';
import { type Around, element } from '../grammar.ts';
import { attribute, boolean, integer, text } from '../kinds.ts';
import { pause } from './pause.ts';
import { play } from './play.ts';
import { say } from './say.ts';
import { address, asked, commaList, ignored, keySet, method, next, nextAddress, words } from './values.ts';

/** However many digits somebody presses. */
const anyNumber = Number.MAX_SAFE_INTEGER;
const longestSpeechMs = 60_000;
/** The pause that ends what is said when the recogniser is to decide (LaML 4.12 says only `auto`). */
const autoMs = 1000;

const speechTimeout = () =>
  attribute<number | 'auto', { about: string }>(
    {
      expected: 'a number of seconds, or auto',
      xsd: { base: 'string', pattern: 'auto|[0-9]+' },
      read: (written) => (written === 'auto' ? 'auto' : /^\d{1,6}$/.test(written) ? Number(written) : undefined),
    },
    { about: 'The pause that ends what is said: seconds, or auto. As long as timeout unless given.' },
  );

export const gather = element('Gather', {
  about:
    'Collects keypad digits or speech while the prompts inside it play; a key, or speech, stops them. With input, goes on with the document of its action; without, with the next verb. Answers an incoming call that nobody has answered.',
  attributes: {
    action: nextAddress('Who hears what was collected. The current document unless given.'),
    actionOnEmptyResult: boolean({ about: 'Whether action is asked without input too.', default: false }),
    bargeIn: boolean({ about: 'Whether a key or speech stops the prompts.', default: true }),
    debug: ignored('Has the vendor report more.'),
    enhanced: boolean({ about: 'Whether speechModel counts.', default: false }),
    finishOnKey: keySet('The keys that end the collection and are not kept; empty: every key is kept.', '#'),
    hints: commaList('What may be said: phrases with commas between them.'),
    input: words(['dtmf', 'speech'], { about: 'What is listened for.', default: ['dtmf'] }),
    language: text({ about: 'The language of the speech, BCP-47.', default: 'en-US' }),
    maxSpeechTime: integer({ about: 'How many seconds somebody may speak; 60 unless given.', min: 1, max: 60 }),
    method: method(),
    numDigits: integer({ about: 'How many digits end the collection. Any number unless given.', min: 1 }),
    partialResultCallback: address('Who hears what has been understood so far; its answers are ignored.'),
    partialResultCallbackMethod: method('How partialResultCallback is asked.'),
    profanityFilter: boolean({ about: 'Whether bad words are masked.', default: true }),
    speechModel: text({ about: 'The model of the recogniser: phone_call, video, default. Counts with enhanced.' }),
    speechTimeout: speechTimeout(),
    timeout: integer({
      about: 'Seconds of silence, after the prompts and after each key or word, that end the collection.',
      min: 0,
      max: 86_400,
      default: 5,
    }),
  },
  content: [say, play, pause],
  means: (attributes, { children, at, url, warn }): Gather => {
    const { finishOnKey, input, numDigits = anyNumber, timeout } = attributes;
    const kinds: readonly string[] = input ?? [];
    const action = attributes.action ?? (url || undefined);
    if (action === undefined)
      warn('URL_RELATIVE', '<Gather> needs an action: the document was given without a URL. Its input is dropped');
    return {
      verb: 'gather',
      at,
      answers: true,
      prompts: children.flatMap((child) => (child ? promptOf(child, warn) : [])),
      maxDigits: numDigits,
      stopKey: finishOnKey,
      timeoutMs: timeout * 1000,
      ...next(action, attributes.method),
      ...(!attributes.actionOnEmptyResult && { skipsNothing: true as const }),
      ...(!kinds.includes('dtmf') && { keys: false as const }),
      ...(kinds.includes('speech') && { speech: speechOf(attributes) }),
      ...(!attributes.bargeIn && { bargeIn: false as const }),
    };
  },
});

function promptOf({ sounds, at }: Play, warn: Around['warn']): Play['sounds'] {
  const [first] = sounds;
  if (first?.type !== 'tones') return sounds;
  warn('ATTRIBUTE_CONFLICT', '<Play> in <Gather> must not have digits: it is ignored', at!);
  return [];
}

function speechOf({
  hints = [],
  language,
  maxSpeechTime,
  enhanced,
  speechModel,
  speechTimeout: pause,
  timeout,
  profanityFilter,
  partialResultCallback,
  partialResultCallbackMethod,
}: SpeechAttributes): SpeechInput {
  const partial = asked(partialResultCallback, partialResultCallbackMethod);
  return {
    hints,
    language,
    endMs: pause === 'auto' ? autoMs : (pause ?? timeout) * 1000,
    maxMs: maxSpeechTime === undefined ? longestSpeechMs : maxSpeechTime * 1000,
    profanityFilter,
    ...(enhanced && speechModel !== undefined && { model: speechModel }),
    ...(partial && { partial }),
  };
}

interface SpeechAttributes {
  hints?: readonly string[];
  language: string;
  maxSpeechTime?: number;
  enhanced: boolean;
  speechModel?: string;
  speechTimeout?: number | 'auto';
  timeout: number;
  profanityFilter: boolean;
  partialResultCallback?: string;
  partialResultCallbackMethod: 'GET' | 'POST';
}
