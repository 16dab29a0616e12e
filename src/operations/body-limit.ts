import { Transform } from 'node:stream';
import type { preParsingHookHandler, RequestPayload } from 'fastify';

/** The most that any configuration allows: whoever reads bodies need not know the limit of the moment. */
export const largestBodyBytes = 100_000_000;

/** Refuses bodies that are larger than may be now; one that does not say how large it is, as soon as it is. */
export const bodyLimit =
  (bytes: () => number): preParsingHookHandler =>
  (request, _reply, payload, done) => {
    const most = bytes();
    if (Number(request.headers['content-length'] ?? 0) > most) done(tooLarge(most));
    else if (request.headers['transfer-encoding'] === undefined) done(null, payload);
    else done(null, counted(payload, most));
  };

function counted(payload: RequestPayload, most: number): RequestPayload {
  let read = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      read += chunk.length;
      done(read > most ? tooLarge(most) : null, chunk);
    },
  });
  payload.on('error', (error) => counter.destroy(error));
  return payload.pipe(counter);
}

/** Each API spells it in its own manner, by the status. */
const tooLarge = (most: number) =>
  Object.assign(new Error(`the body is larger than ${most} bytes`), { statusCode: 413 });
