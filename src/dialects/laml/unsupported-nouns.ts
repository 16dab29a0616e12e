/** Whom only the other vendor can call. */
import { parameter } from './parameter.ts';
import { notSupported, partOf } from './unsupported.ts';

const callbacks = ['method', 'statusCallback', 'statusCallbackEvent', 'statusCallbackMethod', 'url'];

export const application = notSupported('Application', 'An application of the other vendor, to be called.', {
  attributes: ['copyParentTo', 'customerId', ...callbacks],
  content: [partOf('ApplicationSid', 'Which application.', { text: true }), parameter],
  text: true,
});

export const sim = notSupported('Sim', 'A SIM card of the other vendor, to be called.', { text: true });

export const whatsApp = notSupported('WhatsApp', 'A WhatsApp number to call.', { attributes: callbacks, text: true });
