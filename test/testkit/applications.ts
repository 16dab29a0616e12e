/** One small shop, written as people write applications. */
import { createServer } from 'node:http';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';

const start = `<Response>
  <Input MaxDigitCount="1" NextUri="/choice">
    <Say>For the shop, press 1. To leave a message, press 2.</Say>
  </Input>
</Response>
`;

const documents: Readonly<Record<string, string>> = {
  '1': `<Response>
  <Call TimeoutSeconds="20" CallerId="+61255501234" NextUri="/called">
    <Endpoint>+61491570156</Endpoint>
  </Call>
</Response>
`,
  '2': `<Response>
  <Say>Leave a message after the tone.</Say>
  <Record MaxDurationSeconds="30" NextUri="/thanks" RecordingReadyUri="/recorded"/>
</Response>
`,
  '': `<Response>
  <Say>Nothing was pressed.</Say>
  <Redirect>/voice</Redirect>
</Response>
`,
};

const goodbye = '<Response><Say>Goodbye.</Say></Response>';

interface Asked {
  parameters?: { digits?: string };
}

export function answer(path: string, { parameters }: Asked): string {
  if (path === '/voice') return start;
  if (path === '/choice') return documents[parameters?.digits ?? ''] ?? goodbye;
  return goodbye;
}

export async function asFetch(request: Request): Promise<Response> {
  const asked = (await request.json()) as Asked;
  return new Response(answer(new URL(request.url).pathname, asked), { headers: { 'content-type': 'text/xml' } });
}

export function asExpress() {
  const app = express();
  app.use(express.json());
  app.post('/*path', (request, response) => {
    response.type('text/xml').send(answer(request.path, request.body));
  });
  return app;
}

export function asFastify() {
  const app = Fastify();
  app.post('/*', (request, reply) =>
    reply.type('text/xml').send(answer(request.url.split('?')[0]!, request.body as Asked)),
  );
  return app;
}

export function asHono() {
  const app = new Hono();
  app.post('/*', async (context) =>
    context.text(answer(context.req.path, await context.req.json()), 200, { 'content-type': 'text/xml' }),
  );
  return app;
}

/** One that runs: its URL, and a way to end it. */
export async function asServer(): Promise<{ url: string; close(): void }> {
  const server = createServer(asExpress());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
