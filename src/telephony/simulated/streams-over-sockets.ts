import { userAgent } from '../../http/user-agent.ts';
import type { OpenWebSocket, WebSockets } from '../../http/web-sockets.ts';
import type { AudioStream, StreamServers, StreamWire } from '../streams.ts';

export interface StreamsOverSocketsOptions {
  sockets: Pick<WebSockets, 'open'>;
  /** How a stream is spelled; undefined when its language has no streams. */
  wireOf(stream: AudioStream): StreamWire | undefined;
}

/** So much audio may wait for a server that does not read; what comes then is lost. */
const mostWaiting = 512 * 1024;

/** Streams over real WebSockets. */
export function streamsOverSockets({ sockets, wireOf }: StreamsOverSocketsOptions): StreamServers {
  return {
    open: (stream, listener) => {
      const wire = wireOf(stream);
      const { url, bearerToken } = stream;
      const authorization = bearerToken && { authorization: `Bearer ${bearerToken.reveal()}` };
      const socket: OpenWebSocket = sockets.open(
        { url: wire ? url : '', headers: { 'user-agent': userAgent, ...authorization } },
        {
          opened: () => listener.opened(),
          text: (frame) => {
            const message = wire?.read(frame);
            if (message) listener.heard(message);
          },
          closed: (failure) => listener.closed(failure),
        },
      );
      return {
        wantsAudio: true,
        send: (message) => {
          if (message.type === 'media' && socket.waiting > mostWaiting) return;
          for (const frame of wire?.spell(message) ?? []) socket.send(frame);
        },
        close: () => socket.close(),
      };
    },
  };
}
