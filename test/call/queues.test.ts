import { describe, expect, test } from 'vitest';
import { CallflowError } from '../../src/errors.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import type { Dequeue } from '../../src/verbs/dequeue.ts';
import type { Enqueue } from '../../src/verbs/enqueue.ts';
import type { Instruction } from '../../src/verbs/index.ts';
import type { Result } from '../../src/verbs/verb.ts';
import { options, program, say, told, url, type World, world } from './world.ts';

const project = 'demo';
const enqueue: Enqueue = { verb: 'enqueue', answers: true, queue: 'sales', waitFrom: 'none', next: url('/done') };
const dequeue: Dequeue = {
  verb: 'dequeue',
  answers: true,
  queue: 'sales',
  waitMs: 20_000,
  maxMs: 60_000,
  next: url('/taken'),
};

/** Callers who come a second after each other, and what each of them runs. */
async function calling(...instructions: readonly Instruction[]): Promise<World & { calls: string[] }> {
  const application = { '/done': program(say('Goodbye.')), '/taken': program(say('Next, please.')) };
  const of = world(
    application,
    {},
    {
      route: ({ callerName }) => ({
        project,
        dialect: 'voiceml',
        options: options(),
        program: program(instructions[Number(callerName)]!),
      }),
    },
  );
  for (const index of instructions.keys()) {
    const parties = { to: '+61255501234', from: '+61491570006', transport: 'PSTN' } as const;
    of.network.callIn({ ...parties, callerName: String(index) });
    await of.clock.advance(1_000);
  }
  return { ...of, calls: [...of.engine.live()] };
}

const end = async (of: World) => {
  for (const call of of.engine.live()) of.engine.act(call, { type: 'act.hangUp' });
  await of.clock.run();
  expect(of.engine.left()).toEqual({ calls: 0, bridges: 0, queued: 0, recordings: 0 });
};

const results = ({ asked }: World): Result[] => asked.map(({ result }) => result);

describe('queues of a project', () => {
  test('are made by an API or by the first who waits, and are the same', async () => {
    const of = await calling(enqueue);
    const { queues } = of.engine;
    const made = queues.create(project, 'support', 3);
    const sales = queues.named(project, 'sales')!;
    expect(queues.list(project, { limit: 9 }).map(({ name, size }) => [name, size])).toEqual([
      ['support', 0],
      ['sales', 1],
    ]);
    expect(queues.get(project, made.id)).toEqual(made);
    expect(made).toMatchObject({ name: 'support', max: 3, size: 0, averageMs: 0 });
    expect([queues.get('another', made.id), queues.named('another', 'sales')]).toEqual([undefined, undefined]);
    expect(() => queues.create(project, 'sales')).toThrow(CallflowError);
    expect(() => queues.update(project, made.id, { name: 'sales' })).toThrow(CallflowError);
    expect(queues.update(project, made.id, { name: 'help', max: null })).not.toHaveProperty('max');
    expect([queues.named(project, 'support'), queues.named(project, 'help')?.id]).toEqual([undefined, made.id]);
    expect(() => queues.delete(project, sales.id)).toThrow('calls wait');
    expect([queues.delete(project, made.id), queues.delete(project, made.id)]).toEqual([true, false]);
    await end(of);
    expect(queues.delete(project, sales.id)).toBe(true);
    expect(queues.list(project, { limit: 9 })).toEqual([]);
  });

  test('outlive the process, those who waited in them do not', async () => {
    const store = memoryStore();
    const before = world({}, {}, { store });
    const { id } = before.engine.queues.create(project, 'sales');
    const after = world({}, {}, { store });
    after.engine.recover();
    expect(after.engine.queues.named(project, 'sales')).toMatchObject({ id, size: 0 });
  });

  test('show who waits, from position 1, and let somebody be sent elsewhere', async () => {
    const of = await calling(enqueue, enqueue, enqueue);
    const { queues } = of.engine;
    const { id } = queues.named(project, 'sales')!;
    expect(queues.members(project, id)?.map(({ call, position, waitedMs }) => [call, position, waitedMs])).toEqual(
      of.calls.map((call, index) => [call, index + 1, 3_000 - 1_000 * index]),
    );
    expect(queues.get(project, id)).toMatchObject({ size: 3, averageMs: 2_000 });
    expect(queues.member(project, id, of.calls[1]!)?.position).toBe(2);
    expect(queues.redirect(project, id, 'front', [url('/done')])?.call).toBe(of.calls[0]);
    expect(queues.redirect(project, id, of.calls[2]!, [url('/done')])?.position).toBe(2);
    expect(of.engine.waitingIn('sales')).toEqual([of.calls[1]]);
    expect(queues.redirect('another', id, 'front', [url('/done')])).toBeUndefined();
    await end(of);
    expect(queues.redirect(project, id, 'front', [url('/done')])).toBeUndefined();
  });
});

test('a full queue takes nobody, until somebody has left', async () => {
  const of = await calling({ ...enqueue, max: 1 }, { ...enqueue, max: 1 });
  expect(results(of)).toEqual([{ type: 'dequeued', reason: 'full', waitedMs: 0 }]);
  await end(of);
});

test('two who take at the same time get one each, in their order', async () => {
  const of = await calling(enqueue, dequeue, dequeue, enqueue);
  const [first, taker, second, last] = of.calls;
  expect(
    of.journal.flatMap(({ subject, output }) => (output?.type === 'queue.taken' ? [[subject, output.by]] : [])),
  ).toEqual([
    [first, taker],
    [last, second],
  ]);
  await end(of);
});

test('after so long a conversation is over, and both go on', async () => {
  const of = await calling(enqueue, { ...dequeue, maxMs: 10_000 });
  await of.clock.advance(30_000);
  const { id } = of.engine.queues.named(project, 'sales')!;
  expect(results(of)).toEqual([
    {
      type: 'dialed',
      status: 'completed',
      bridged: true,
      call: of.calls[0],
      bridgedMs: 10_000,
      answeredMs: 10_000,
      queue: id,
      waitedMs: 1_000,
    },
    { type: 'dequeued', reason: 'bridged', waitedMs: 1_000, queue: id },
  ]);
  expect(told(of.journal, 'verb.ended')).toContain('verb.ended enqueue request');
  await end(of);
});

test('a document that the waiting call hears first does not hold up the two when it cannot be had', async () => {
  const of = await calling(enqueue, { ...dequeue, consult: url('/gone') });
  await of.clock.advance(1_000);
  expect(of.journal.some(({ output }) => output?.type === 'queue.left' && output.reason === 'bridged')).toBe(true);
  await end(of);
});
