/** How a SIP call went on the wire (VoiceML 4.10): the simulated network has no wire, so no messages are shown. */
import { openStates } from '../../store/store.ts';
import { timestamp } from '../../vendors/enfonica/json.ts';
import { callName } from '../../vendors/enfonica/names.ts';
import { callOf } from './calls.ts';
import { given } from './gives.ts';
import { notFound, Refusal } from './refusal.ts';
import { route } from './route.ts';

const keptMs = 30 * 24 * 60 * 60 * 1000;
const open: readonly string[] = openStates;

const getSipInfo = route({
  id: 'sipInfo.get',
  method: 'GET',
  path: '/projects/:project/calls/:call/sipInfo',
  permission: 'voice.calls.get',
  summary: 'Shows when a SIP call was on the wire, for 30 days after its end',
  answers: 'SipInfo',
  gives: given('SipInfo'),
  answer: ({ context, project, id }) => {
    const call = callOf(context, project, id('call'));
    const name = `${callName(project, call.id)}/sipInfo`;
    if (call.transport !== 'SIP') throw notFound(name);
    if (open.includes(call.state)) throw new Refusal('FAILED_PRECONDITION', 'the call is not over yet');
    const { startTime, endTime = call.updateTime, sipCallId } = call;
    if (endTime < context.clock.now() - keptMs) throw notFound(name);
    return {
      name,
      startTime: startTime === undefined ? undefined : timestamp(startTime),
      endTime: timestamp(endTime),
      sipCallId: sipCallId || undefined,
    };
  },
});

export const sipInfo = [getSipInfo];
