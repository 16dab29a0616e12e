/** Queues (LaML 6.6). */
import type { QueueView } from '../../call/queue-desk.ts';
import { toQueueJson } from '../../vendors/signalwire/room-json.ts';
import { ready } from '../setup.ts';
import { queueOf } from './members.ts';
import { listed } from './paging.ts';
import { invalid, notFound, Refusal } from './refusal.ts';
import type { Asked } from './route.ts';
import { routesOf } from './routes-of.ts';

const { create, list, get, update, remove } = routesOf({
  id: 'queues',
  path: '/Queues',
  one: 'a queue',
  permission: 'voice.queues',
  component: 'Queue',
});

const parameters = {
  FriendlyName: 'Its name: letters, digits and underscores, at most 64; unique in the project.',
  MaxSize: 'How many calls may wait, from 1 to 5000; any number unless given.',
};

function nameOf({ form }: Asked): string | undefined {
  const name = form.text('FriendlyName');
  if (name === undefined) return undefined;
  if (name.length > 64) throw new Refusal(20002, 'FriendlyName has more than 64 characters');
  if (!/^\w+$/.test(name)) throw invalid('FriendlyName must be of letters, digits and underscores');
  return name;
}

const sizeOf = ({ form }: Asked): number | undefined => form.integer('MaxSize', [1, 5000], 10000);

const show = ({ sids }: Asked, queue: QueueView): object => toQueueJson(queue, sids);

export const queues = [
  create({
    parameters,
    answer: async (asked) => {
      const { engine, store } = asked.context;
      const name = nameOf(asked);
      if (name === undefined) throw invalid('FriendlyName is needed: the name of the queue');
      const max = sizeOf(asked);
      ready(store);
      const queue = engine.queues.create(asked.project, name, max);
      await engine.committed();
      return show(asked, queue);
    },
  }),
  list({
    answer: (asked) =>
      listed<QueueView>(asked, {
        key: 'queues',
        find: (piece) => asked.context.engine.queues.list(asked.project, piece),
        show: (queue) => show(asked, queue),
      }),
  }),
  get({ summary: 'Shows a queue, and how it stands with it', answer: (asked) => show(asked, queueOf(asked)) }),
  update({
    summary: 'Changes the name or the size of a queue',
    parameters,
    answer: async (asked) => {
      const { engine, store } = asked.context;
      const { id } = queueOf(asked);
      const [name, max] = [nameOf(asked), sizeOf(asked)];
      ready(store);
      const change = { ...(name !== undefined && { name }), ...(max !== undefined && { max }) };
      const queue = engine.queues.update(asked.project, id, change);
      if (!queue) throw notFound('the queue');
      await engine.committed();
      return show(asked, queue);
    },
  }),
  remove({
    summary: 'Deletes a queue in which nobody waits',
    answer: async (asked) => {
      const { engine } = asked.context;
      engine.queues.delete(asked.project, queueOf(asked).id);
      await engine.committed();
    },
  }),
];
