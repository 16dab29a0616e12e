import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import type { FlowHandler, FlowReply } from '../replay/flow.ts';

/** A request listener of `node:http`: an Express or Connect application is one. */
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Node's own request and response, without a connection behind them. */
export const listening =
  (listener: NodeListener): FlowHandler =>
  async ({ method, url, headers, body }) => {
    const request = new IncomingMessage(new Socket());
    const { pathname, search, host } = new URL(url);
    request.method = method;
    request.url = pathname + search;
    request.httpVersion = '1.1';
    request.headers = { host, ...headers, 'content-length': String(Buffer.byteLength(body)) };
    request.rawHeaders = Object.entries(request.headers).flatMap(([name, value]) => [name, String(value)]);
    request.push(body);
    request.push(null);
    request.complete = true;
    return respond(listener, request);
  };

async function respond(listener: NodeListener, request: IncomingMessage): Promise<FlowReply> {
  const response = new ServerResponse(request);
  const chunks: Buffer[] = [];
  collect(response, chunks);
  response.assignSocket(nowhere() as Socket);
  const finished = new Promise<void>((resolve, reject) => {
    response.once('finish', resolve);
    response.once('error', reject);
  });
  // One that is asynchronous and fails never answers.
  await Promise.race([finished, Promise.resolve(listener(request, response)).then(() => finished)]);
  const { 'set-cookie': cookies, ...others } = response.getHeaders();
  return {
    status: response.statusCode,
    headers: Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)])),
    ...(cookies !== undefined && { cookies: [cookies].flat().map(String) }),
    base64: Buffer.concat(chunks).toString('base64'),
  };
}

/** What the response writes, as bytes without the head of the message. */
function collect(response: ServerResponse, chunks: Buffer[]): void {
  const keep = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, encoding as BufferEncoding));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const { write, end } = response;
  response.write = ((chunk: unknown, encoding?: unknown, written?: unknown) => {
    keep(chunk, typeof encoding === 'string' ? encoding : 'utf8');
    return write.call(response, '', 'utf8', (typeof encoding === 'function' ? encoding : written) as () => void);
  }) as ServerResponse['write'];
  response.end = ((chunk?: unknown, encoding?: unknown, ended?: unknown) => {
    keep(chunk, typeof encoding === 'string' ? encoding : 'utf8');
    const last = [chunk, encoding, ended].find((one) => typeof one === 'function');
    return end.call(response, '', 'utf8', last as () => void);
  }) as ServerResponse['end'];
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, written) => written() }) as unknown;
