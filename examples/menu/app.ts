/** A menu: one key for the opening hours, one for a person. `npx node examples/menu/app.ts --port 3000` */
import { parseArgs } from 'node:util';
import { fastify } from 'fastify';

/** What an application reads of a VoiceML request. */
interface VoiceRequest {
  parameters?: { digits?: string; callStatus?: string };
}

const menu = `<Response>
  <Input MaxDigitCount="1" TimeoutSeconds="5" NextUri="/choice">
    <Say>Welcome to Corner Books. For our opening hours, press 1. To talk to us, press 2.</Say>
  </Input>
</Response>`;

const hours = `<Response>
  <Say>We are open from nine to five, every day but Sunday.</Say>
  <Redirect>/</Redirect>
</Response>`;

const shop = `<Response>
  <Say>One moment please.</Say>
  <RecordCall Trigger="bridge"/>
  <Call TimeoutSeconds="20" CallerId="+61255501234" NextUri="/called">
    <Endpoint>+61491570156</Endpoint>
  </Call>
</Response>`;

const again = `<Response>
  <Say>Sorry, that is not on the menu.</Say>
  <Redirect>/</Redirect>
</Response>`;

const nobody = `<Response>
  <Say>Nobody can take your call right now. Please try again later.</Say>
</Response>`;

const goodbye = '<Response><Say>Goodbye.</Say></Response>';

export function createApp() {
  const app = fastify();
  app.addHook('onRequest', async (_request, reply) => {
    reply.type('application/xml');
  });

  app.post('/', () => menu);

  app.post<{ Body: VoiceRequest }>('/choice', ({ body }) => {
    switch (body.parameters?.digits) {
      case '1':
        return hours;
      case '2':
        return shop;
      case '':
        return goodbye;
      default:
        return again;
    }
  });

  app.post<{ Body: VoiceRequest }>('/called', ({ body }) =>
    body.parameters?.callStatus === 'COMPLETED' ? goodbye : nobody,
  );

  return app;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } });
  console.log(`menu: ${await createApp().listen({ port: Number(values.port) })}`);
}
