/** One call from queued to ended: what it hears, and where that leads. What it remembers is a `LiveCall`. */
import { setup } from 'xstate';
import type { CallEvent } from './call-event.ts';
import { carryOut } from './carry-out.ts';
import { finish } from './finish.ts';
import { byUs } from './lifecycle.ts';
import { place } from './place.ts';
import { type Plan, planFor } from './plan.ts';
import { changeCall } from './talk-limit.ts';
import type { Tie } from './tie.ts';

const leads = (to: Plan['to']) => ({ type: 'leadsTo', params: to }) as const;

/** Where an event leads is decided once, by the plan; the order here is by how often it does. */
const onward = [
  { guard: leads('performing'), actions: 'carryOut', target: '#call.performing' },
  { guard: leads('asking'), actions: 'carryOut', target: '#call.asking' },
  { guard: leads('waiting'), actions: 'carryOut', target: '#call.waiting' },
  { guard: leads('ending'), actions: 'carryOut', target: '#call.ending' },
  { guard: leads('answering'), actions: 'carryOut', target: '#call.answering' },
  { guard: leads('resuming'), actions: 'carryOut', target: '#call.performing' },
  { guard: leads('idling'), actions: 'carryOut', target: '#call.idling' },
  { guard: leads('staying'), actions: 'carryOut' },
] as const;

/** Nobody is there yet to whom anything could be done: another document is the first one then. */
const beforeTheAnswer = {
  'act.replace': { actions: 'runFirst' },
  'act.redirect': { actions: 'runFirst' },
  'act.start': {},
  'act.transfer': {},
} as const;

export const callMachine = setup({
  types: {
    input: {} as Tie,
    context: {} as { tie: Tie },
    events: {} as CallEvent,
  },
  delays: {
    idleLimit: ({ context: { tie } }) => {
      const idle = tie.call.record.options?.whenIdle;
      return typeof idle === 'number' ? idle : 0;
    },
  },
  guards: {
    leadsTo: ({ context: { tie }, event }, to: Plan['to']) => planFor(tie.call, event).to === to,
    isQueued: ({ context: { tie } }) => tie.call.record.state === 'queued',
    isOutgoing: ({ context: { tie } }) => tie.call.record.direction === 'outgoing',
  },
  actions: {
    carryOut: ({ context: { tie }, event }) => carryOut(tie.call, event)?.begin(),
    waitForTurn: ({ context: { tie } }) => tie.call.around.admission.wait(tie.call),
    place: ({ context: { tie } }) => {
      place(tie.call);
      tie.call.ringLimit.set(tie.call.ringMs);
    },
    ringNoMore: ({ context: { tie } }) => tie.call.ringLimit.clear(),
    /** Everything stops, and the network is asked to end the leg; without one the call is over at once. */
    wrapUp: ({ context: { tie } }) => {
      tie.call.wrapUp();
      if (!tie.call.hangUp()) tie.call.send({ type: 'leg.hungUp', by: 'us', cause: 'canceled' });
    },
    finish: ({ context: { tie }, event }) => {
      tie.call.wrapUp();
      if (event.type === 'leg.hungUp') finish(tie.call, event);
    },
    startActivity: ({ context: { tie }, event }) => {
      if (event.type !== 'act.start' && event.type !== 'act.transfer') return;
      tie.call.programs.stopActivity(event.activity);
      const performance = tie.call.programs.performActivity(
        event.activity,
        event.instruction,
        event.type === 'act.transfer',
      );
      performance.begin();
    },
    runFirst: ({ context: { tie }, event }) => {
      if (event.type === 'act.replace') tie.call.first = { program: event.program };
      if (event.type === 'act.redirect') tie.call.first = { urls: event.urls };
    },
    answer: ({ context: { tie } }) => tie.call.command({ type: 'answer' }),
    moveInBridge: ({ context: { tie }, event }) => tie.call.around.bridges.act(tie.call, event),
    dequeue: ({ context: { tie }, event }) => {
      if (event.type === 'act.dequeue') tie.call.around.queues.leave(tie.call.id, event.reason);
    },
    confer: ({ context: { tie }, event }) => {
      if (event.type === 'act.participant') tie.call.around.conferences.change(tie.call, event.change);
      if (event.type === 'act.kick') tie.call.around.conferences.leave(tie.call.id, 'removed');
    },
    alter: ({ context: { tie }, event }) => {
      if (event.type === 'act.change') changeCall(tie.call, event.change);
      if (event.type === 'act.checkout')
        tie.call.around.checkouts.act(tie.call, event.checkout, event.what, event.callback);
      if (event.type === 'act.record') tie.call.around.recordings.begin(tie.call, event.options, event.recording);
      if (event.type === 'act.recording') tie.call.around.recordings.steer(tie.call, event.recording, event.what);
    },
    giveUp: ({ context: { tie } }) => tie.call.endWith(byUs('notAnswered')),
    letGo: ({ context: { tie } }) => tie.call.endWith(byUs('canceled')),
    hangUpForApi: ({ context: { tie } }) => tie.call.endWith({ by: 'api', state: 'canceled', cause: 'rejected' }),
    outlive: ({ context: { tie } }) =>
      tie.call.endWith(
        byUs('failed', { cause: 'unavailable', errorMessage: 'the call has lived for as long as a call may' }),
      ),
  },
}).createMachine({
  id: 'call',
  context: ({ input }) => ({ tie: input }),
  initial: 'beginning',
  states: {
    beginning: {
      on: { begin: [{ guard: 'isQueued', target: 'queued' }, { guard: 'isOutgoing', target: 'placing' }, ...onward] },
    },
    /** An outgoing call waits for its turn. */
    queued: { entry: 'waitForTurn', on: { mayPlace: 'placing', ...beforeTheAnswer } },
    /** The network is asked for an outgoing call. */
    placing: {
      entry: 'place',
      exit: 'ringNoMore',
      on: {
        'leg.answered': onward,
        rangOut: { actions: 'giveUp', target: 'ending' },
        ...beforeTheAnswer,
      },
    },
    /** The application is asked. */
    asking: { on: { 'handler.answered': onward } },
    /** An instruction waits for the call to be answered. */
    answering: { on: { 'leg.answered': onward } },
    /** The verb on top of the stack is at work. */
    performing: {},
    /** Another call, or an API, says what happens. */
    waiting: { on: { 'leg.answered': onward } },
    /** As waiting, for a while. */
    idling: {
      after: { idleLimit: { actions: 'letGo', target: 'ending' } },
      on: {
        'act.bridge': { actions: 'moveInBridge', target: 'waiting' },
        'act.start': { actions: 'startActivity', target: 'waiting' },
        'act.transfer': { actions: 'startActivity', target: 'waiting' },
      },
    },
    /** The network has been asked to end the leg: nothing else counts any more. */
    ending: {
      entry: 'wrapUp',
      on: { '*': {}, 'leg.hungUp': { actions: 'finish', target: 'ended' } },
    },
    ended: { type: 'final' },
  },
  on: {
    'leg.hungUp': { actions: 'finish', target: '#call.ended' },
    'verb.over': onward,
    outlived: { actions: 'outlive', target: '#call.ending' },
    run: onward,
    stopProgram: onward,
    takenOver: onward,
    parted: onward,
    letGo: { actions: 'letGo', target: '#call.ending' },
    'act.hangUp': { actions: 'hangUpForApi', target: '#call.ending' },
    'act.replace': onward,
    'act.redirect': onward,
    'act.start': { actions: 'startActivity' },
    'act.transfer': { actions: 'startActivity' },
    'act.stop': onward,
    'act.answer': { actions: 'answer' },
    'act.bridge': { actions: 'moveInBridge' },
    'act.role': { actions: 'moveInBridge' },
    'act.unbridge': { actions: 'moveInBridge' },
    'act.dequeue': { actions: 'dequeue' },
    'act.participant': { actions: 'confer' },
    'act.kick': { actions: 'confer' },
    'act.change': { actions: 'alter' },
    'act.checkout': { actions: 'alter' },
    'act.record': { actions: 'alter' },
    'act.recording': { actions: 'alter' },
  },
});
