/** Too many callers: the first handler refuses, the fallback handler offers a call back. `npx node examples/overflow/app.ts --port 3000` */
import { parseArgs } from 'node:util';
import { fastify } from 'fastify';

/** What an application reads of a VoiceML request. */
interface VoiceRequest {
  call: { from: string };
  parameters?: { digits?: string };
}

const agent = `<Response>
  <Call CallerId="+61255501234"><Endpoint>+61491570156</Endpoint></Call>
</Response>`;

const offer = `<Response>
  <Input MaxDigitCount="1" TimeoutSeconds="5" NextUri="/call-back">
    <Say>All our lines are busy. Press 1 and we will call you back.</Say>
  </Input>
</Response>`;

const noted = '<Response><Say>We will call you within the hour. Goodbye.</Say></Response>';
const goodbye = '<Response><Say>Please try again later. Goodbye.</Say></Response>';

/** @param agents how many callers can be helped at a time */
export function createApp({ agents = 0 } = {}) {
  const app = fastify();
  const callBack = new Set<string>();
  app.addHook('onRequest', async (_request, reply) => {
    reply.type('application/xml');
  });

  /** Any status but 2xx makes the engine ask the next handler of the number. */
  app.post('/', (_request, reply) => (agents > 0 ? agent : reply.code(503).send('<Response/>')));

  app.post('/overflow', () => offer);

  app.post<{ Body: VoiceRequest }>('/call-back', ({ body }) => {
    if (body.parameters?.digits !== '1') return goodbye;
    callBack.add(body.call.from);
    return noted;
  });

  app.get('/call-back', (_request, reply) => reply.type('application/json').send([...callBack]));

  return app;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } });
  console.log(`overflow: ${await createApp().listen({ port: Number(values.port) })}`);
}
