/** What goes on beside a call: begun by <Start>, ended by <Stop>, or waited for by <Connect> (LaML 4.22, 4.2). */
import { idOf } from '../../vendors/signalwire/sids.ts';
import type { Connect, ForkWhat, StartFork, StopFork } from '../../verbs/fork.ts';
import type { Unsupported } from '../../verbs/unsupported.ts';
import type { HandlerUrl, Place } from '../../verbs/verb.ts';
import { element } from '../grammar.ts';
import { boolean, oneOf, text } from '../kinds.ts';
import { agents, setting } from './agents.ts';
import { parameter, toMap } from './parameter.ts';
import { recordingStatus, told, track, trackMeanings, trim } from './recordings.ts';
import { forkName, forkTrack, forkTracks, stream, warnOfUrl } from './stream.ts';
import { address, allIgnored, asked, commaList, method, next, nextAddress } from './values.ts';

interface ForkNoun {
  fork: Exclude<ForkWhat['type'], 'socket'>;
  at: Place;
  name?: string;
  what: ForkWhat;
  callback?: HandlerUrl;
}

const siprec = element('Siprec', {
  about: 'The audio of the call, to a recording server by SIP.',
  attributes: {
    connectorName: text({ about: 'The server, by the name it has in the configuration.' }),
    name: forkName(),
    statusCallback: address('Who hears how it goes.'),
    statusCallbackMethod: method('How statusCallback is asked.'),
    track: forkTrack('inbound_track'),
  },
  content: [parameter],
  means: ({ connectorName = '', name, statusCallback, ...attributes }, { children, at }): ForkNoun => {
    const callback = asked(statusCallback, attributes.statusCallbackMethod);
    const what = {
      type: 'siprec',
      connector: connectorName,
      track: forkTracks[attributes.track],
      parameters: toMap(children),
    } as const;
    return { fork: 'siprec', at, what, ...(name !== undefined && { name }), ...(callback && { callback }) };
  },
});

const transcription = element('Transcription', {
  about: 'What is said is written down while the call goes on.',
  attributes: {
    enableAutomaticPunctuation: boolean({ about: 'Whether sentences are punctuated.', default: true }),
    enableProviderData: boolean({ about: 'Whether more is told. Accepted and ignored.', default: false }),
    hints: commaList('What may be said: phrases with commas between them.'),
    inboundTrackLabel: text({ about: 'What the voice of the party is called.' }),
    ...allIgnored(['intelligenceService'], "The other vendor's service."),
    languageCode: text({ about: 'The language, BCP-47.', default: 'en-US' }),
    name: forkName(),
    outboundTrackLabel: text({ about: 'What the voice that goes to the party is called.' }),
    partialResults: boolean({ about: 'Whether what was understood so far is told too.', default: false }),
    profanityFilter: boolean({ about: 'Whether bad words are masked.', default: true }),
    speechModel: text({ about: 'The model of the recogniser.', default: 'telephony' }),
    statusCallbackMethod: method('How statusCallbackUrl is asked.'),
    statusCallbackUrl: address('Who hears what was said.'),
    track: forkTrack('both_tracks'),
    transcriptionEngine: text({ about: 'The recogniser.', default: 'google' }),
  },
  content: [setting, parameter],
  means: (attributes, { at }): ForkNoun => {
    const { hints = [], inboundTrackLabel, outboundTrackLabel, name } = attributes;
    const callback = asked(attributes.statusCallbackUrl, attributes.statusCallbackMethod);
    const options = {
      language: attributes.languageCode,
      track: forkTracks[attributes.track],
      labels: {
        ...(inboundTrackLabel !== undefined && { received: inboundTrackLabel }),
        ...(outboundTrackLabel !== undefined && { sent: outboundTrackLabel }),
      },
      engine: attributes.transcriptionEngine,
      model: attributes.speechModel,
      hints,
      partialResults: attributes.partialResults,
      profanityFilter: attributes.profanityFilter,
      punctuation: attributes.enableAutomaticPunctuation,
    };
    const what = { type: 'transcription', transcription: options } as const;
    return { fork: 'transcription', at, what, ...(name !== undefined && { name }), ...(callback && { callback }) };
  },
});

const recording = element('Recording', {
  about: 'The call is recorded from here on.',
  attributes: {
    channels: oneOf(['mono', 'dual'], { about: 'Whether each side has a channel of its own.', default: 'dual' }),
    name: forkName(),
    ...allIgnored(['recordingConfigurationId'], "The other vendor's setting."),
    ...recordingStatus(),
    track: track(),
    trim: trim('trim-silence'),
  },
  means: (attributes, { at }): ForkNoun => {
    const { channels, name } = attributes;
    const single = attributes.track !== 'both';
    const options = {
      source: 'api',
      channels: channels === 'dual' && !single ? 2 : 1,
      ...(single && { track: trackMeanings[attributes.track] }),
      trim: attributes.trim === 'trim-silence',
      transcribe: false,
      ...told(attributes),
    } as const;
    const what = { type: 'recording', recording: options } as const;
    return { fork: 'recording', at, what, ...(name !== undefined && { name }) };
  },
});

const nouns = [recording, siprec, stream, transcription] as const;

export const start = element('Start', {
  about: 'Begins what goes on beside the call, and goes on at once.',
  attributes: allIgnored(['action', 'method'], 'Of the builders.'),
  content: nouns,
  means: (_, { children, warn }): StartFork[] =>
    children.map((noun) => {
      const { fork, at, name, callback } = noun;
      if (fork === 'socket') warnOfUrl(noun, warn);
      const what: ForkWhat = fork === 'socket' ? { type: 'socket', socket: noun.socket } : noun.what;
      return {
        verb: 'startFork',
        at,
        answers: true,
        ...(name !== undefined && { name }),
        what,
        ...(callback && { callback }),
      };
    }),
});

export const stop = element('Stop', {
  about: 'Ends what <Start> has begun, by its name, or by its sid when it was given none.',
  content: nouns,
  means: (_, { children, warn }): StopFork[] =>
    children.flatMap(({ fork, at, name }) => {
      const id = name === undefined ? undefined : idOf(name);
      if (name !== undefined)
        return [{ verb: 'stopFork' as const, at, answers: true, kind: fork, name, ...(id !== undefined && { id }) }];
      warn('ATTRIBUTE_MISSING', `<${at.element}> in <Stop> needs the attribute name: it is ignored`, at);
      return [];
    }),
});

export const connect = element('Connect', {
  about: 'Connects the call with something else, and waits for its end.',
  attributes: {
    action: nextAddress('Who is asked next. The next verb is executed unless given.'),
    method: method(),
  },
  content: [stream, ...agents],
  means: ({ action, method: by }, { children, at, warn }): (Connect | Unsupported) | undefined => {
    const [first, second] = children;
    if (!first) warn('ELEMENT_MISSING', '<Connect> needs an element in it: it is ignored');
    if (second) warn('ELEMENT_TOO_MANY', 'there may be one element in <Connect>: the first counts', second.at);
    if (!first || !('fork' in first)) return first;
    warnOfUrl(first, warn);
    const { name, socket, callback } = first;
    return {
      verb: 'connect',
      at,
      answers: true,
      ...(name !== undefined && { name }),
      socket,
      ...(callback && { callback }),
      ...next(action, by),
    };
  },
});
