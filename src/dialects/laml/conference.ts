import { isLabel } from '../../vendors/signalwire/labels.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import type { Conference, ConferenceEvent } from '../../verbs/conference.ts';
import type { Place, RecordingOptions } from '../../verbs/verb.ts';
import { element, type Kind } from '../grammar.ts';
import { attribute, boolean, integer, oneOf, text } from '../kinds.ts';
import { streamsOf } from './conference-stream.ts';
import { recordingStatus, told, trim } from './recordings.ts';
import { stream } from './stream.ts';
import { address, allIgnored, asked, collapse, method, webAddress, words } from './values.ts';

/** A conference to be in, as <Dial> completes it. */
export interface ConferenceNoun {
  noun: 'conference';
  at: Place;
  conference: Pick<Conference, 'room' | 'muted' | 'beep' | 'starts' | 'ends'> & Partial<Conference>;
}

const events = ['start', 'end', 'join', 'leave', 'mute', 'hold', 'speaker', 'modify', 'announcement'] as const;
const beeps = { true: 'both', false: 'none', onEnter: 'enter', onExit: 'exit' } as const;

/** An address, or nothing at all: silence. */
export const addressOrSilence = (about: string) =>
  attribute<string, { about: string }>(orSilence, { about: `${about} Silence when it is empty.` });

const orSilence: Omit<Kind<string>, 'about'> = {
  ...webAddress,
  read: (written, base) => (written === '' ? '' : webAddress.read(written, base)),
};

const label = attribute<string, { about: string }>(
  {
    expected: 'a text of at most 128 characters, with no slash in it, that is no sid',
    xsd: { base: 'string', pattern: '[^/]{1,128}' },
    read: (written) => (isLabel(written) ? written : undefined),
  },
  { about: 'What the API may call this participant, instead of the sid of its call.' },
);

export const conference = element('Conference', {
  about: 'A conference to be in, by its name.',
  attributes: {
    beep: oneOf(['true', 'false', 'onEnter', 'onExit'], {
      about: 'Whether the others hear a beep as this participant comes and goes.',
      default: 'true',
    }),
    coach: text({ about: 'The sid of the call to whom alone this participant speaks.', minLength: 1 }),
    endConferenceOnExit: boolean({ about: 'Whether it ends when this participant leaves.', default: false }),
    eventCallbackUrl: address('Told once, when the conference has ended, with its recording.'),
    ...allIgnored(['jitterBufferSize', 'region', 'recordingConfigurationId'], "The other vendor's setting."),
    maxParticipants: integer({ about: 'How many may be in it. Any number unless given.', min: 1, max: 1_000_000 }),
    muted: boolean({ about: 'Whether this participant may only listen.', default: false }),
    participantLabel: label,
    record: oneOf(['do-not-record', 'record-from-start'], {
      about: 'Whether it is recorded, from when two are joined.',
      default: 'do-not-record',
    }),
    ...recordingStatus(['completed', 'failed']),
    startConferenceOnEnter: boolean({ about: 'Whether it may begin once this participant is there.', default: true }),
    statusCallback: address('Who hears what happens in it: the first participant decides.'),
    statusCallbackEvent: words(events, { about: 'What of it.' }),
    statusCallbackMethod: method('How statusCallback is asked.'),
    streamUrl: text({
      about: 'The server of a <Stream> in it that has no url; without a <Stream>, of one of its own.',
    }),
    trim: trim('trim-silence'),
    waitMethod: method('How waitUrl is asked.'),
    waitUrl: addressOrSilence('Asked for what is heard until it begins. The music of the network unless given.'),
  },
  content: [stream],
  text: {
    about: 'The name of the conference, unique in the project.',
    expected: 'a name',
    xsd: { base: 'token', minLength: 1 },
    read: collapse,
  },
  textRequired: true,
  means: (attributes, { text: room = '', children, at, warn }): ConferenceNoun => {
    const { coach, eventCallbackUrl, maxParticipants, participantLabel, waitUrl, statusCallback } = attributes;
    const callback = asked(statusCallback, attributes.statusCallbackMethod);
    const types: readonly ConferenceEvent[] = attributes.statusCallbackEvent ?? [];
    const ended = asked(eventCallbackUrl, 'POST');
    const waits = waitUrl === '' ? 'none' : asked(waitUrl, attributes.waitMethod);
    const streams = streamsOf(children, { streamUrl: attributes.streamUrl, at, warn });
    return {
      noun: 'conference',
      at,
      conference: {
        room,
        muted: attributes.muted,
        beep: beeps[attributes.beep],
        starts: attributes.startConferenceOnEnter,
        ends: attributes.endConferenceOnExit,
        ...(maxParticipants !== undefined && { max: maxParticipants }),
        ...(waits !== undefined && { waitFrom: waits }),
        ...(coach !== undefined && { coach: idOf(coach) ?? coach }),
        ...(attributes.record === 'record-from-start' && { recording: recordingOf(attributes) }),
        ...(streams.length > 0 && { streams }),
        ...(callback && types.length > 0 && { events: { ...callback, types } }),
        ...(ended && { ended }),
        ...(participantLabel !== undefined && { label: participantLabel }),
      },
    };
  },
});

const recordingOf = (attributes: Parameters<typeof told>[0] & { trim: string }): RecordingOptions => ({
  source: 'conference',
  channels: 1,
  trim: attributes.trim === 'trim-silence',
  transcribe: false,
  ...told(attributes),
});
