import { expect, test } from 'vitest';
import { withoutSecrets } from '../../src/replay/secrets.ts';

test.for<[string, shown: string]>([
  ['https://anna:word@app.example/voice', 'https://anna:…@app.example/voice'],
  ['<Endpoint>sip:anna:word@pbx.example</Endpoint>', '<Endpoint>sip:anna:…@pbx.example</Endpoint>'],
  ['see http://app.example:8080/@home', 'see http://app.example:8080/@home'],
  ['sip:anna@pbx.example:5060', 'sip:anna@pbx.example:5060'],
  ['{"time":"12:30","mail":"anna@app.example"}', '{"time":"12:30","mail":"anna@app.example"}'],
])('%s is shown as %s', ([text, shown]) => {
  expect(withoutSecrets({ deep: [{ text }] })).toEqual({ deep: [{ text: shown }] });
});

test.for<[name: string, value: string, shown: string]>([
  ['authorization', 'Basic YW5uYTp3b3Jk', '…'],
  ['Proxy-Authorization', 'Basic YW5uYTp3b3Jk', '…'],
  ['x-enfonica-signature', 'qV8q1X+iIb9gbMYgXbwEtTAy2jOq3Jk6ysc/OLGBECw=', '…'],
  ['x-api-key', '4711', '…'],
  ['cookie', 'visitor=4711; theme=dark=blue', 'visitor=…; theme=…'],
  [
    'set-cookie',
    'visitor=4711; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT, theme=dark; Secure',
    'visitor=…; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT, theme=…; Secure',
  ],
  ['content-type', 'text/xml', 'text/xml'],
  ['location', 'https://anna:word@app.example/', 'https://anna:…@app.example/'],
])('the header %s: %s is shown as %s', ([name, value, shown]) => {
  const attempt = { requestHeaders: { [name]: value }, responseHeaders: { [name]: value } };
  expect(withoutSecrets(attempt)).toEqual({ requestHeaders: { [name]: shown }, responseHeaders: { [name]: shown } });
});
