/** Queues and who waits in them (LaML 6.6). */
import type { QueueMember, QueueView } from '../../call/queue-desk.ts';
import { toMemberJson, toQueueJson } from '../../vendors/signalwire/room-json.ts';
import { ready } from '../setup.ts';
import { given, pageOf } from './gives.ts';
import { idIn } from './lookup.ts';
import { fromList, listed, pageParameters } from './paging.ts';
import { invalid, notFound, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

const collection = '/Accounts/:account/Queues';
const path = `${collection}/:queue`;
const members = `${path}/Members`;

function queueOf({ context, project, ...asked }: Asked): QueueView {
  const queue = context.engine.queues.get(project, idIn(asked, 'queue'));
  if (!queue) throw notFound('the queue');
  return queue;
}

const nameParameters = {
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

const create: Route = {
  id: 'queues.create',
  method: 'POST',
  path: collection,
  permission: 'voice.queues.create',
  summary: 'Makes a queue',
  parameters: nameParameters,
  status: 201,
  answers: 'The queue.',
  gives: given('Queue'),
  answer: async (asked) => {
    const { engine, store } = asked.context;
    const name = nameOf(asked);
    if (name === undefined) throw invalid('FriendlyName is needed: the name of the queue');
    const max = sizeOf(asked);
    ready(store);
    const queue = engine.queues.create(asked.project, name, max);
    await engine.committed();
    return toQueueJson(queue, asked.sids);
  },
};

const list: Route = {
  id: 'queues.list',
  method: 'GET',
  path: collection,
  permission: 'voice.queues.list',
  summary: 'Lists queues, the newest first',
  parameters: pageParameters,
  answers: 'A page of `queues`.',
  gives: pageOf('queues', 'Queue'),
  answer: (asked) =>
    listed<QueueView>(asked, {
      key: 'queues',
      find: (piece) => asked.context.engine.queues.list(asked.project, piece),
      show: (queue) => toQueueJson(queue, asked.sids),
    }),
};

const get: Route = {
  id: 'queues.get',
  method: 'GET',
  path,
  permission: 'voice.queues.get',
  summary: 'Shows a queue, and how it stands with it',
  answers: 'The queue.',
  gives: given('Queue'),
  answer: (asked) => toQueueJson(queueOf(asked), asked.sids),
};

const update: Route = {
  id: 'queues.update',
  method: 'POST',
  path,
  permission: 'voice.queues.update',
  summary: 'Changes the name or the size of a queue',
  parameters: nameParameters,
  answers: 'The queue.',
  gives: given('Queue'),
  answer: async (asked) => {
    const { engine, store } = asked.context;
    const { id } = queueOf(asked);
    const [name, max] = [nameOf(asked), sizeOf(asked)];
    ready(store);
    const change = { ...(name !== undefined && { name }), ...(max !== undefined && { max }) };
    const queue = engine.queues.update(asked.project, id, change);
    if (!queue) throw notFound('the queue');
    await engine.committed();
    return toQueueJson(queue, asked.sids);
  },
};

const remove: Route = {
  id: 'queues.delete',
  method: 'DELETE',
  path,
  permission: 'voice.queues.delete',
  summary: 'Deletes a queue in which nobody waits',
  status: 204,
  answers: 'Nothing.',
  answer: async (asked) => {
    const { engine } = asked.context;
    engine.queues.delete(asked.project, queueOf(asked).id);
    await engine.committed();
  },
};

const listMembers: Route = {
  id: 'members.list',
  method: 'GET',
  path: members,
  permission: 'voice.queues.get',
  summary: 'Lists who waits, the first to be taken first',
  parameters: pageParameters,
  answers: 'A page of `queue_members`.',
  gives: pageOf('queue_members', 'Member'),
  answer: (asked) => {
    const all = asked.context.engine.queues.members(asked.project, queueOf(asked).id) ?? [];
    const placed = all.map((member) => ({ ...member, id: member.call, createTime: -member.position }));
    return listed<(typeof placed)[number]>(asked, {
      key: 'queue_members',
      find: fromList(placed),
      show: (member) => toMemberJson(member, asked.sids),
    });
  },
};

/** Instead of a call: whoever is first. */
const front = 'Front';

function memberOf(asked: Asked): QueueMember {
  const { id } = queueOf(asked);
  const call = asked.sid('call') === front ? 'front' : idIn(asked, 'call');
  const member = asked.context.engine.queues.member(asked.project, id, call);
  if (!member) throw notFound('the member of the queue');
  return member;
}

const getMember: Route = {
  id: 'members.get',
  method: 'GET',
  path: `${members}/:call`,
  permission: 'voice.queues.get',
  summary: 'Shows who waits; Front is the first',
  answers: 'The member.',
  gives: given('Member'),
  answer: (asked) => toMemberJson(memberOf(asked), asked.sids),
};

const redirect: Route = {
  id: 'members.update',
  method: 'POST',
  path: `${members}/:call`,
  permission: 'voice.queues.update',
  summary: 'Sends a call out of the queue, to another document',
  parameters: { Url: 'Asked for it.', Method: 'GET or POST (unless given).' },
  answers: 'The member, as it was.',
  gives: given('Member'),
  answer: async (asked) => {
    const { engine } = asked.context;
    const url = asked.form.asked('Url', { method: 'Method', code: 11100 });
    const { queue, call } = memberOf(asked);
    if (!url) throw new Refusal(11100, 'Url is needed: where the call goes on');
    const member = engine.queues.redirect(asked.project, queue, call, [url]);
    if (!member) throw notFound('the member of the queue');
    await engine.committed();
    return toMemberJson(member, asked.sids);
  },
};

export const queues = [create, list, get, update, remove, listMembers, getMember, redirect];
