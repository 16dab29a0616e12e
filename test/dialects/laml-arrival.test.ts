/** What a transcript does not show: what goes along with a call to a SIP address, and in which order requests arrive. */
import { expect, test } from 'vitest';
import { replay } from '../../src/replay/replay.ts';
import { sidOf } from '../../src/vendors/signalwire/sids.ts';

test('headers and the name of the caller arrive at the SIP address that is called', async () => {
  const { requests, calls } = await replay({
    dialect: 'laml',
    numbers: { 'sip:desk@pbx.example': '/desk' },
    handler: {
      'POST /voice': `<Response><Dial callerName="Sales" callerId="sales">
          <Sip>sip:desk@pbx.example?X-Case=77&amp;X-Tier=gold</Sip></Dial></Response>`,
      'POST /desk': '<Response><Hangup/></Response>',
    },
  });
  const { body } = requests.find(({ url }) => url.endsWith('/desk'))!;
  const { AccountSid } = Object.fromEntries(new URLSearchParams(requests[0]!.body));
  expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
    From: 'sip:sales@pbx.example',
    CallerName: 'Sales',
    'SipHeader_X-Case': '77',
    'SipHeader_X-Tier': 'gold',
    'SipHeader_X-CallSid': sidOf(calls[1]!.id),
    'SipHeader_X-AccountSid': AccountSid,
    'SipHeader_X-ApiVersion': '2010-04-01',
  });
});

test('codecs, session, transport and user go to the network, and the password is in no journal', async () => {
  const { journal, calls } = await replay({
    dialect: 'laml',
    phones: { 'sip:desk@pbx.example;transport=udp': { busy: true } },
    handler: {
      'POST /voice': `<Response><Dial>
          <Sip username="gw" password="s3cret" codecs="OPUS,PCMU" sessionTimeout="90">sip:desk@pbx.example;transport=udp</Sip>
        </Dial></Response>`,
    },
  });
  expect(calls[1]).toMatchObject({
    to: 'sip:desk@pbx.example;transport=udp',
    options: { sip: { username: 'gw', sessionTimeoutMs: 90_000, codecs: ['OPUS', 'PCMU'], transport: 'udp' } },
  });
  const written = journal.filter(({ input }) => input?.type !== 'handler.attempted');
  expect(JSON.stringify(written)).not.toContain('s3cret');
});

test('the end of a child is told before the action of its Dial is asked', async () => {
  const arrived: string[] = [];
  await replay({
    dialect: 'laml',
    phones: { '+61491570156': { answers: 2, hangsUp: 3 } },
    handler: ({ url, body }) => {
      const { pathname } = new URL(url);
      const { CallStatus } = Object.fromEntries(new URLSearchParams(body));
      arrived.push(`${pathname} ${CallStatus}`);
      if (pathname !== '/voice') return '<Response/>';
      return '<Response><Dial action="/done"><Number statusCallback="/legs">+61491570156</Number></Dial></Response>';
    },
  });
  expect(arrived).toEqual(['/voice ringing', '/legs completed', '/done in-progress']);
});

test('a stream without a name is ended by its sid', async () => {
  let sid = '';
  const { callbacks } = await replay({
    dialect: 'laml',
    streams: { 'wss://ears.example/live': {} },
    handler: ({ url, body }) => {
      const { pathname } = new URL(url);
      if (pathname === '/events') {
        sid ||= new URLSearchParams(body).get('StreamSid') ?? '';
        return { status: 204 };
      }
      return pathname === '/voice'
        ? '<Response><Start><Stream url="wss://ears.example/live" statusCallback="/events"/></Start><Pause length="2"/><Redirect>/next</Redirect></Response>'
        : `<Response><Stop><Stream name="${sid}"/></Stop><Pause length="5"/></Response>`;
    },
  });
  const [first, second] = callbacks.map(({ at, body }) => ({
    at,
    event: new URLSearchParams(body).get('StreamEvent'),
  }));
  expect([first?.event, second?.event]).toEqual(['stream-started', 'stream-stopped']);
  expect(second!.at - first!.at).toBe(2000);
});

test('what a SIP party is asked for has its Call-ID and the headers of its answer', async () => {
  const { requests } = await replay({
    dialect: 'laml',
    phones: { 'sip:desk@pbx.example': { answers: 1, hangsUp: 5, headers: { 'X-Desk': '7', Server: 'pbx' } } },
    handler: {
      'POST /voice': '<Response><Dial><Sip url="/first">sip:desk@pbx.example</Sip></Dial></Response>',
      'POST /first': '<Response><Say>A call for you.</Say></Response>',
    },
  });
  const form = new URLSearchParams(requests.find(({ url }) => url.endsWith('/first'))!.body);
  expect([...form.keys()].filter((name) => name.startsWith('Sip'))).toEqual(['SipCallId', 'SipHeader_X-Desk']);
  expect(form.get('SipHeader_X-Desk')).toBe('7');
});
