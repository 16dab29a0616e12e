import type { ConferenceStream } from '../../verbs/conference.ts';
import type { Place } from '../../verbs/verb.ts';
import { type StreamNoun, type Warn, warnOfUrl } from './stream.ts';

interface Given {
  /** That of <Conference>, for a <Stream> that has none. */
  streamUrl: string | undefined;
  at: Place;
  warn: Warn & ((code: 'ATTRIBUTE_MISSING', message: string, where: Place) => void);
}

/** What is streamed of a conference: what stands in it or, when nothing does, what `streamUrl` says (LaML 4.8). */
export function streamsOf(nouns: readonly StreamNoun[], { streamUrl, at, warn }: Given): ConferenceStream[] {
  const found = nouns.length === 0 && streamUrl !== undefined ? [asWritten(at)] : nouns;
  return found.map((noun) => {
    if (noun.name === undefined && nouns.length > 0)
      warn('ATTRIBUTE_MISSING', '<Stream> in <Conference> needs the attribute name: its sid is its name', noun.at);
    const { name, callback, bothWays, starts } = noun;
    const socket = { ...noun.socket, url: noun.socket.url || (streamUrl ?? '') };
    warnOfUrl({ socket, at: noun.at }, warn);
    return {
      at: noun.at,
      ...(name !== undefined && { name }),
      what: { type: 'socket', socket },
      bothWays,
      ...(callback && { callback }),
      starts,
    };
  });
}

/** A <Stream> without attributes. */
const asWritten = (at: Place): StreamNoun => ({
  fork: 'socket',
  at,
  socket: { url: '', track: 'received', codec: 'PCMU@8000h', realtime: false, parameters: {} },
  bothWays: true,
  starts: true,
});
