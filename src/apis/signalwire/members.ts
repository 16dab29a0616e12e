/** Who waits in a queue (LaML 6.6). */
import type { QueueMember, QueueView } from '../../call/queue-desk.ts';
import { toMemberJson } from '../../vendors/signalwire/room-json.ts';
import { idIn } from './lookup.ts';
import { fromList, listed } from './paging.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Asked } from './route.ts';
import { routesOf } from './routes-of.ts';

export function queueOf({ context, project, ...asked }: Asked): QueueView {
  const queue = context.engine.queues.get(project, idIn(asked, 'queue'));
  if (!queue) throw notFound('the queue');
  return queue;
}

/** Instead of a call: whoever is first. */
const front = 'Front';

function memberOf(asked: Asked): QueueMember {
  const { id } = queueOf(asked);
  const call = asked.sid('call') === front ? 'front' : idIn(asked, 'call');
  const member = asked.context.engine.queues.member(asked.project, id, call);
  if (!member) throw notFound('the member of the queue');
  return member;
}

const { list, get, update } = routesOf({
  id: 'members',
  path: '/Queues/:queue/Members',
  one: 'a member',
  permission: 'voice.queues',
  component: 'Member',
  key: 'queue_members',
  named: 'call',
});

export const members = [
  list({
    summary: 'Lists who waits, the first to be taken first',
    permission: 'voice.queues.get',
    answer: (asked) => {
      const all = asked.context.engine.queues.members(asked.project, queueOf(asked).id) ?? [];
      const placed = all.map((member) => ({ ...member, id: member.call, createTime: -member.since }));
      return listed<(typeof placed)[number]>(asked, {
        key: 'queue_members',
        find: fromList(placed),
        show: (member) => toMemberJson(member, asked.sids),
      });
    },
  }),
  get({
    summary: 'Shows who waits; Front is the first',
    answer: (asked) => toMemberJson(memberOf(asked), asked.sids),
  }),
  update({
    summary: 'Sends a call out of the queue, to another document',
    parameters: { Url: 'Asked for it.', Method: 'GET or POST (unless given).' },
    answers: 'The member, as it was.',
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
  }),
];
