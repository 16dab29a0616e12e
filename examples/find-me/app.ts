/** Rings three phones at once; the first to accept gets the call. `npx node examples/find-me/app.ts --port 3000` */
import { parseArgs } from 'node:util';
import { fastify } from 'fastify';

/** What an application reads of a VoiceML request. */
interface VoiceRequest {
  parameters?: { callStatus?: string };
}

/** A screen keeps a mailbox from taking the call: whoever answers must press 1. */
const findMe = `<Response>
  <Label Key="team">on call</Label>
  <Call Strategy="simultaneous" TimeoutSeconds="20" CallerId="+61255501234" NextUri="/found"
        RingAudioUri="tts:Please%20hold%20while%20we%20find%20someone.">
    <Endpoint ScreenAudioUri="tts:A%20call%20for%20the%20team.%20Press%201%20to%20take%20it.">+61491570156</Endpoint>
    <Endpoint ScreenAudioUri="tts:A%20call%20for%20the%20team.%20Press%201%20to%20take%20it.">+61491570157</Endpoint>
    <Endpoint ScreenAudioUri="tts:A%20call%20for%20the%20team.%20Press%201%20to%20take%20it.">+61491570158</Endpoint>
  </Call>
</Response>`;

const nobody = '<Response><Say>Nobody could take your call. Goodbye.</Say></Response>';

export function createApp() {
  const app = fastify();
  app.addHook('onRequest', async (_request, reply) => {
    reply.type('application/xml');
  });

  app.post('/', () => findMe);

  app.post<{ Body: VoiceRequest }>('/found', ({ body }) =>
    body.parameters?.callStatus === 'COMPLETED' ? '<Response/>' : nobody,
  );

  return app;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } });
  console.log(`find-me: ${await createApp().listen({ port: Number(values.port) })}`);
}
