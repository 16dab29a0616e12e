import { expect, test } from 'vitest';
import { CallflowError } from '../../src/errors.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import type { Phone } from '../../src/telephony/simulated/script.ts';
import type { Instruction } from '../../src/verbs/index.ts';
import { options, program, say, world } from './world.ts';

const us = '+61255501234';
const one = '+61491570156';
const premium = '+611900000000';
const deaf: Readonly<Record<string, Phone>> = { '+61491570157': { texts: false } };

const refusalOf = (_project: string, to: string) => (to === premium ? `${to} costs a premium` : undefined);

const ordered = (to = one) => ({ project: 'demo', dialect: 'voiceml', to, from: us, text: 'On our way.' });

function withStore(instructions: readonly Instruction[] = []) {
  const store = memoryStore();
  return { store, ...world({ '/voice': program(...instructions, say('Hello.')) }, deaf, { store, refusalOf }) };
}

test('a message of an API is kept as it begins and as it ends, and is its own family', async () => {
  const { engine, store, clock, journal } = withStore();
  const begun = engine.sendText(ordered());
  const now = begun.createTime;
  expect(begun).toEqual({ id: begun.id, ...ordered(), state: 'sending', createTime: now, updateTime: now });
  await engine.committed();
  expect(store.message(begun.id)).toEqual(begun);
  await clock.run();
  const ended = store.message(begun.id);
  expect(ended).toEqual({ ...begun, state: 'sent', updateTime: ended?.updateTime, sendTime: ended?.updateTime });
  expect(ended!.updateTime).toBeGreaterThan(now);
  expect(journal.map(({ subject, family, input, output }) => [subject, family, (input ?? output)?.type])).toEqual(
    ['message.began', 'finished', 'message.ended'].map((type) => [begun.id, begun.id, type]),
  );
  expect([...store.deliveries('owed')]).toEqual([]);
});

test('one that nobody can get has failed', async () => {
  const { engine, store, clock } = withStore();
  const { id } = engine.sendText(ordered('+61491570157'));
  await clock.run();
  expect(store.message(id)).toMatchObject({ state: 'failed', failure: '+61491570157 receives no text messages' });
  expect(store.message(id)).not.toHaveProperty('sendTime');
});

test('an API sends nothing to a number that may not be called', () => {
  const { engine, store } = withStore();
  expect(() => engine.sendText(ordered(premium))).toThrow(
    new CallflowError('CALL_NOT_PERMITTED', `${premium} costs a premium`),
  );
  expect([...store.messages()]).toEqual([]);
});

test('a message of a document to such a number fails, and the call goes on', async () => {
  const { engine, store, clock, journal } = withStore([
    { verb: 'message', answers: false, to: premium, text: 'Call me back.' },
  ]);
  const call = engine.create({ project: 'demo', dialect: 'voiceml', to: one, from: us, options: options('/voice') });
  await clock.run();
  expect([...store.messages()]).toMatchObject([{ call, state: 'failed', failure: `${premium} costs a premium` }]);
  expect(store.call(call)?.state).toBe('completed');
  const said = journal.filter(({ output }) => output?.type === 'commanded' && output.command.type === 'play');
  expect(said).toHaveLength(1);
});
