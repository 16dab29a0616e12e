/** What goes over the WebSocket of a stream, in both directions: JSON texts, numbers as strings (LaML 4.22). */
import type { AudioStream, FromServer, StreamWire, ToServer } from '../../telephony/streams.ts';
import { accountSid, sidOf } from './sids.ts';

const tracks = { received: ['inbound'], sent: ['outbound'], both: ['inbound', 'outbound'] } as const;

const formats = {
  'PCMU@8000h': { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 },
  'PCMA@8000h': { encoding: 'audio/x-alaw', sampleRate: 8_000, channels: 1 },
  'L16@8000h': { encoding: 'audio/x-L16', sampleRate: 8_000, channels: 1 },
  'L16@16000h': { encoding: 'audio/x-L16', sampleRate: 16_000, channels: 1 },
  'L16@24000h': { encoding: 'audio/x-L16', sampleRate: 24_000, channels: 1 },
} as const;

/** A key's length is told in samples of telephony: 8 of them are a millisecond. */
const samplesPerMs = 8;

/** The messages of one stream, counted. */
export function streamWire(stream: AudioStream): StreamWire {
  const streamSid = sidOf(stream.id);
  let sequence = 0;
  const next = () => String(++sequence);
  const spell = (message: ToServer): readonly object[] => {
    switch (message.type) {
      case 'begin':
        return [
          { event: 'connected', protocol: 'Call', version: '0.2.0' },
          { event: 'start', sequenceNumber: next(), start: startOf(stream), streamSid },
        ];
      case 'media': {
        const { track, chunk, ms, audio } = message;
        const payload = Buffer.from(audio.buffer, audio.byteOffset, audio.byteLength).toString('base64');
        const media = { track: tracks[track][0], chunk: String(chunk), timestamp: String(ms), payload };
        return [{ event: 'media', sequenceNumber: next(), media, streamSid }];
      }
      case 'pressed': {
        const dtmf = { digit: message.digit, duration: message.ms * samplesPerMs };
        return [{ event: 'dtmf', sequenceNumber: next(), dtmf, streamSid }];
      }
      case 'mark':
        return [{ event: 'mark', streamSid, mark: { name: message.name } }];
      case 'end':
        return [{ event: 'stop', sequenceNumber: next(), streamSid }];
    }
  };
  return {
    spell: (message) => spell(message).map((one) => JSON.stringify(one)),
    read,
  };
}

/** The stream of a conference belongs to none of the calls in it. */
const startOf = ({ id, project, call, conference, track, codec, parameters }: AudioStream) => ({
  streamSid: sidOf(id),
  accountSid: accountSid(project),
  ...(call !== undefined && { callSid: sidOf(call) }),
  ...(conference !== undefined && { conferenceSid: sidOf(conference) }),
  tracks: tracks[track],
  customParameters: parameters,
  mediaFormat: formats[codec],
});

/** Whatever is not as it must be says nothing. */
function read(frame: string): FromServer | undefined {
  const message = parsed(frame);
  switch (message.event) {
    case 'media': {
      const payload = textIn(message.media, 'payload');
      return payload === undefined ? undefined : { type: 'media', audio: Buffer.from(payload, 'base64') };
    }
    case 'mark': {
      const name = textIn(message.mark, 'name');
      return name === undefined ? undefined : { type: 'mark', name };
    }
    case 'clear':
      return { type: 'clear' };
    case 'dtmf': {
      const digits = textIn(message.dtmf, 'digit');
      return digits !== undefined && /^[0-9*#A-DwW]{1,100}$/.test(digits) ? { type: 'press', digits } : undefined;
    }
    default:
      return undefined;
  }
}

function parsed(frame: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(frame);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function textIn(value: unknown, key: string): string | undefined {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : undefined;
}
