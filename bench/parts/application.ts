/** The customer's application: gives the documents of the menu call, takes its callbacks, and counts both. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callbackPath, documents, lamlDocuments } from '../menu-call.ts';
import { servePart } from '../part.ts';

export interface Counts {
  documents: number;
  callbacks: number;
  /** Requests for anything else. */
  others: number;
}

const all = { ...documents, ...lamlDocuments };
/** No document is like another: an engine that remembers what it has read gains nothing by it. */
let answered = 0;
let counts: Counts = { documents: 0, callbacks: 0, others: 0 };

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const document = all[request.url ?? ''];
    if (document !== undefined) {
      counts.documents++;
      response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', 'x-sent': now() });
      response.end(document.replace('</Response>', `<!-- ${answered++} --></Response>`));
      return;
    }
    if (request.url === callbackPath) counts.callbacks++;
    else counts.others++;
    response.writeHead(200).end();
  });
});
server.keepAliveTimeout = 60_000;

/** The same for every process of this machine. */
const now = () => String(performance.timeOrigin + performance.now());

const tasks = {
  /** Gives the origin at which the application is to be asked. */
  listen: () =>
    new Promise<string>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    }),
  /** What has been asked since the last time. */
  counts: (): Counts => {
    const counted = counts;
    counts = { documents: 0, callbacks: 0, others: 0 };
    return counted;
  },
};
export type ApplicationTasks = typeof tasks;

servePart(tasks);
