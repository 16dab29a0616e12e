/** Rings the desk, then takes a message. `npx node examples/voicemail/app.ts --port 3000` */
import { parseArgs } from 'node:util';
import { fastify } from 'fastify';

/** What an application reads of a VoiceML request. */
interface VoiceRequest {
  parameters?: { callStatus?: string; estimatedDurationSeconds?: string };
}

/** What it is told once a recording is ready. */
interface RecordingReady {
  name: string;
  state: string;
}

const desk = `<Response>
  <Call TimeoutSeconds="15" CallerId="+61255501234" NextUri="/rang">
    <Endpoint>+61491570156</Endpoint>
  </Call>
</Response>`;

const message = `<Response>
  <Say>Nobody is at the desk. Please leave a message after the tone, then press hash.</Say>
  <Record MaxDurationSeconds="120" TimeoutSeconds="5" StopKey="#" PostProcessing="trim-silence"
          NextUri="/recorded" RecordingReadyUri="/ready"/>
</Response>`;

const thanks = '<Response><Say>Thank you. We will call you back.</Say></Response>';
const silent = '<Response><Say>We did not hear anything. Goodbye.</Say></Response>';

export function createApp() {
  const app = fastify();
  /** The recordings that can be fetched. */
  const inbox: string[] = [];
  app.addHook('onRequest', async (_request, reply) => {
    reply.type('application/xml');
  });

  app.post('/', () => desk);

  app.post<{ Body: VoiceRequest }>('/rang', ({ body }) =>
    body.parameters?.callStatus === 'COMPLETED' ? '<Response/>' : message,
  );

  app.post<{ Body: VoiceRequest }>('/recorded', ({ body }) =>
    body.parameters?.estimatedDurationSeconds === '0' ? silent : thanks,
  );

  app.post<{ Body: RecordingReady }>('/ready', ({ body }, reply) => {
    if (body.state === 'SUCCEEDED') inbox.push(body.name);
    return reply.code(204).send();
  });

  app.get('/inbox', (_request, reply) => reply.type('application/json').send(inbox));

  return app;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } });
  console.log(`voicemail: ${await createApp().listen({ port: Number(values.port) })}`);
}
