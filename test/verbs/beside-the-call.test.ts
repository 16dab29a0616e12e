import { expect, test } from 'vitest';
import type { Phone } from '../../src/telephony/simulated/script.ts';
import type { Message } from '../../src/verbs/message.ts';
import type { Refer } from '../../src/verbs/refer.ts';
import { url } from '../call/world.ts';
import { carriedOut, commandedIn, one, other, problemsIn, us } from './calling.ts';

const from = 'sip:ann@pbx.example';
const refer = (more: Partial<Refer> = {}): Refer => ({
  verb: 'refer',
  answers: true,
  to: 'sip:desk@pbx.example',
  next: url('/done'),
  ...more,
});

/** An application that takes 50 ms has answered at 0.05 s. */
test.for<[title: string, Partial<Refer>, Record<string, Phone>, asked: [number, object][], problems?: string[]]>([
  ['has answered', {}, {}, [[1.05, { accepted: 202, progress: 200 }]]],
  ['is busy', {}, { 'sip:desk@pbx.example': { busy: true } }, [[1.05, { accepted: 202, progress: 486 }]]],
  ['is not called: the far side refuses', {}, { [from]: { refers: 'refuses' } }, [[0.05, { accepted: 603 }]]],
  ['is heard nothing of', {}, { [from]: { refers: 'silent' } }, [[60.05, { accepted: 202 }]]],
  ['is none that can be called', { to: 'desk' }, {}, [[0.05, {}]], ['CALL_NOT_REFERRED: "desk" is not a SIP URI']],
])('a SIP call is referred to somebody who %s', async ([, more, phones, asked, problems = []]) => {
  const ran = await carriedOut([refer(more)], { incoming: { from, transport: 'SIP' }, phones });
  expect(ran.asked).toEqual(asked.map(([at, result]) => [at, '/done', result]));
  expect(problemsIn(ran.of)).toEqual(problems);
});

test('another call than a SIP one cannot be referred', async () => {
  const { of, asked, heard } = await carriedOut([refer({ next: url('/done') })]);
  expect(asked).toEqual([[0.05, '/done', {}]]);
  expect(problemsIn(of)).toEqual(['CALL_NOT_REFERRED: only a SIP call can be referred to somebody else']);
  expect(heard).toEqual([]);
});

test('headers go along, and the call goes on after it', async () => {
  const { next: _, ...silent } = refer({ headers: { 'X-Ticket': '7' } });
  const { of, heard } = await carriedOut([silent], { incoming: { from, transport: 'SIP' } });
  const sent = of.journal.flatMap(({ output }) =>
    output?.type === 'commanded' && output.command.type === 'refer' ? [output.command.headers] : [],
  );
  expect(sent).toEqual([{ 'X-Ticket': '7' }]);
  expect(heard).toEqual(['1.05 Afterwards.']);
});

test('the application is told when the far side hangs up meanwhile', async () => {
  const { asked } = await carriedOut([refer()], {
    incoming: { from, transport: 'SIP' },
    caller: [{ after: 0.5, hangUp: true }],
  });
  expect(asked).toEqual([[0.5, '/done', { accepted: 202, ended: true }]]);
});

const message = (more: Partial<Message> = {}): Message => ({
  verb: 'message',
  answers: false,
  text: 'Hello.',
  ...more,
});

test.for<[title: string, Partial<Message>, Record<string, Phone>, object[], asked: object[], problems?: string[]]>([
  [
    'from our number to the caller',
    {},
    {},
    [{ to: '+61491570006', from: us, state: 'sending' }, { state: 'sent' }],
    [{ sent: true }],
  ],
  ['to somebody else', { to: one, from: other }, {}, [{ to: one, from: other }, { state: 'sent' }], [{ sent: true }]],
  [
    'in vain',
    { to: one },
    { [one]: { texts: false } },
    [{ to: one }, { state: 'failed', failure: `${one} receives no text messages` }],
    [{ sent: true }],
  ],
  [
    'to nobody',
    { to: 'Ann' },
    {},
    [],
    [{ sent: false }],
    ['MESSAGE_NOT_SENT: "Ann" is not an E.164 number with a plus'],
  ],
])('a text message is sent %s', async ([, more, phones, records, asked, problems = []]) => {
  const ran = await carriedOut([message({ next: url('/done'), ...more })], { phones });
  const told = ran.of.journal.flatMap(({ output }) =>
    output?.type === 'message.began' || output?.type === 'message.ended' ? [output.record] : [],
  );
  expect(told).toMatchObject(records.map((record) => ({ text: 'Hello.', ...record })));
  expect(ran.asked).toMatchObject(asked.map((result) => [0.05, '/done', result]));
  expect(problemsIn(ran.of)).toEqual(problems);
});

test('of an outgoing call the far side is whoever was called', async () => {
  const { of, heard } = await carriedOut([message()], { outgoing: {} });
  const told = of.journal.flatMap(({ output }) => (output?.type === 'message.began' ? [output.record] : []));
  expect(told).toMatchObject([{ to: one, from: us }]);
  expect(heard).toEqual(['2.05 Afterwards.']);
});

test('somebody hears themselves for a while', async () => {
  const { of, heard } = await carriedOut([{ verb: 'echo', answers: true, ms: 5_000 }]);
  expect(commandedIn(of)).toEqual(['answer', 'echo', 'stop', 'play', 'hangUp']);
  expect(heard).toEqual(['5.05 Afterwards.']);
});

test('an echo ends with the call, and with another document', async () => {
  const echo = { verb: 'echo', answers: true, ms: 60_000 } as const;
  await carriedOut([echo], { caller: [{ after: 2, hangUp: true }] });
  const { of } = await carriedOut([echo], {
    deeds: { 2: ({ engine }, [call]) => engine.act(call!, { type: 'act.redirect', urls: [url('/done')] }) },
  });
  expect(commandedIn(of)).toEqual(['answer', 'echo', 'stop', 'hangUp']);
});

test('a wait among keys is half a second, or a whole one', async () => {
  const { heard } = await carriedOut([{ verb: 'play', answers: true, sounds: [{ type: 'tones', digits: '1w2W3' }] }]);
  expect(heard).toEqual(['0.05 tones', '2.15 Afterwards.']);
});
