/** Sends files, whole or in parts: the same for every API. */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KeptFile } from './service.ts';

interface Sending {
  file: KeptFile;
  type: string;
  /** What is thrown when the file has nothing of what is asked for. */
  refusal(message: string): Error;
}

/** Sends a file, or the one range of it that is asked for (RFC 9110, 14); of several ranges, the whole. */
export function sendFile(request: FastifyRequest, reply: FastifyReply, { file, type, refusal }: Sending): FastifyReply {
  const tag = `"${file.tag}"`;
  reply.header('accept-ranges', 'bytes').header('etag', tag);
  reply.header('cache-control', 'private, no-store').header('x-content-type-options', 'nosniff');
  if (namesTag(request.headers['if-none-match'], tag)) return reply.code(304).send();
  const part = partOf(request, tag, file.bytes);
  if (part && part.from > part.to) {
    reply.header('content-range', `bytes */${file.bytes}`);
    throw refusal(`the file has ${file.bytes} bytes`);
  }
  if (part) reply.code(206).header('content-range', `bytes ${part.from}-${part.to}/${file.bytes}`);
  const { from, to } = part ?? { from: 0, to: file.bytes - 1 };
  reply.type(type).header('content-length', to + 1 - from);
  // A stream, even of nothing: fastify takes the length of anything else for that of the file.
  return reply.send(request.method === 'HEAD' || to < from ? Readable.from([]) : file.read(from, to));
}

const namesTag = (header: string | undefined, tag: string): boolean =>
  (header?.split(',') ?? []).some((each) => ['*', tag, `W/${tag}`].includes(each.trim()));

interface Part {
  /** Both are inclusive. */
  from: number;
  to: number;
}

/** A range of another state of the file is no range of this one (RFC 9110, 13.1.5). */
function partOf({ headers, method }: FastifyRequest, tag: string, length: number): Part | undefined {
  const { range, 'if-range': ifRange } = headers;
  if (range === undefined || method === 'HEAD' || (ifRange !== undefined && ifRange !== tag)) return undefined;
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range.trim()) ?? [];
  // Without a first byte, the last so many.
  if (first !== '') return { from: Number(first), to: last === '' ? length - 1 : Math.min(Number(last), length - 1) };
  return last === '' ? undefined : { from: Math.max(0, length - Number(last)), to: length - 1 };
}
