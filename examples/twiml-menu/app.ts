/** A menu as one writes it for Twilio or SignalWire. `npx node examples/twiml-menu/app.ts --port 3000` */
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import express from 'express';
import twilio from 'twilio';

export function createApp() {
  const app = express().use(express.urlencoded({ extended: false }));

  app.post('/', (_request, response) => {
    const twiml = new twilio.twiml.VoiceResponse();
    const gather = twiml.gather({ numDigits: 1, timeout: 5, action: '/choice' });
    gather.say('Welcome to Corner Books. For the shop, press 1. For our opening hours, press 2.');
    twiml.say('Goodbye.');
    response.type('text/xml').send(twiml.toString());
  });

  app.post('/choice', (request, response) => {
    const twiml = new twilio.twiml.VoiceResponse();
    if (request.body.Digits === '1') twiml.dial({ timeout: 20, action: '/called' }).number('+61491570156');
    else {
      twiml.say(request.body.Digits === '2' ? 'We are open every day but Sunday.' : 'Pardon?');
      twiml.redirect('/');
    }
    response.type('text/xml').send(twiml.toString());
  });

  app.post('/called', (request, response) => {
    const twiml = new twilio.twiml.VoiceResponse();
    const reached = request.body.DialCallStatus === 'completed';
    twiml.say(reached ? 'Thank you for calling Corner Books.' : 'Nobody is in the shop. Please call again.');
    response.type('text/xml').send(twiml.toString());
  });

  return app;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '3000' } } });
  const server = createApp().listen(Number(values.port), '127.0.0.1', () => {
    console.log(`twiml-menu: http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
}
