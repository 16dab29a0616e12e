import { Secret } from '../../telephony/secret.ts';
import type { SocketOptions } from '../../verbs/fork.ts';
import type { HandlerUrl, Place } from '../../verbs/verb.ts';
import { element } from '../grammar.ts';
import { boolean, oneOf, text } from '../kinds.ts';
import { parameter, toMap } from './parameter.ts';
import { address, allIgnored, asked, ignored, method } from './values.ts';

/** Audio over a WebSocket, as <Start>, <Stop> and <Connect> complete it. */
export interface StreamNoun {
  fork: 'socket';
  at: Place;
  name?: string;
  socket: SocketOptions;
  callback?: HandlerUrl;
}

export const forkTracks = { inbound_track: 'received', outbound_track: 'sent', both_tracks: 'both' } as const;

export const forkTrack = (otherwise: keyof typeof forkTracks) =>
  oneOf(['inbound_track', 'outbound_track', 'both_tracks'], {
    about: 'Whose voice: what comes from the party of the call, what goes to it, or both.',
    default: otherwise,
  });

export const forkName = () => text({ about: 'By which it is stopped; unique in the call.', minLength: 1 });

export const stream = element('Stream', {
  about: 'Audio over a WebSocket: one way in <Start>, both ways in <Connect>.',
  attributes: {
    ...allIgnored(['audioFormat', 'sampleRate'], 'Of the other vendor; codec says it here.'),
    authBearerToken: text({ about: 'Shown to the server. It is not kept anywhere.' }),
    bidir: ignored('Of a conference.'),
    codec: oneOf(['PCMU@8000h', 'L16@16000h', 'L16@24000h'], { about: 'How it is coded.', default: 'PCMU@8000h' }),
    connectorName: ignored("The vendor's name of a server."),
    name: forkName(),
    realtime: boolean({ about: 'Whether what the server sends is played at the pace of speech.', default: false }),
    statusCallback: address('Who hears how it goes.'),
    statusCallbackMethod: method('How statusCallback is asked.'),
    streamSslValidateCertificate: ignored('Of a conference.'),
    streamStartConferenceOnEnter: ignored('Of a conference.'),
    track: forkTrack('inbound_track'),
    url: text({ about: 'The server: wss, without query and blanks.' }),
  },
  content: [parameter],
  means: (attributes, { children, at }): StreamNoun => {
    const { name, authBearerToken, statusCallback } = attributes;
    const callback = asked(statusCallback, attributes.statusCallbackMethod);
    return {
      fork: 'socket',
      at,
      ...(name !== undefined && { name }),
      socket: {
        url: attributes.url ?? '',
        track: forkTracks[attributes.track],
        codec: attributes.codec,
        realtime: attributes.realtime,
        ...(authBearerToken !== undefined && { bearerToken: new Secret(authBearerToken) }),
        parameters: toMap(children),
      },
      ...(callback && { callback }),
    };
  },
});
