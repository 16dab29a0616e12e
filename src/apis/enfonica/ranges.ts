import type { FastifyReply } from 'fastify';
import { Refusal } from './refusal.ts';

/** Sends a file, or the one range of it that is asked for (RFC 9110, 14); of several ranges, the whole. */
export function sendPart(reply: FastifyReply, range: string | undefined, bytes: Uint8Array): FastifyReply {
  reply.header('accept-ranges', 'bytes');
  const asked = range === undefined ? undefined : /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (!asked || (asked[1] === '' && asked[2] === '')) return reply.send(Buffer.from(bytes));
  const { from, to } = placeOf(asked[1]!, asked[2]!, bytes.length);
  if (from > to) {
    reply.header('content-range', `bytes */${bytes.length}`);
    throw new Refusal('OUT_OF_RANGE', `the file has ${bytes.length} bytes`, { code: 416 });
  }
  reply.header('content-range', `bytes ${from}-${to}/${bytes.length}`);
  return reply.code(206).send(Buffer.from(bytes.subarray(from, to + 1)));
}

/** Both are inclusive; without a first byte, the last so many. */
function placeOf(first: string, last: string, length: number): { from: number; to: number } {
  if (first === '') return { from: Math.max(0, length - Number(last)), to: length - 1 };
  return { from: Number(first), to: last === '' ? length - 1 : Math.min(Number(last), length - 1) };
}
