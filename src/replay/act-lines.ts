import type { Act, CheckoutAct } from '../journal/act.ts';
import type { Tellings } from './tell.ts';
import { elements, roleText, steered } from './words.ts';

/** What somebody does to a call from outside. */
export const actLines: Tellings<Exclude<Act['type'], 'act.participant' | 'act.kick'>> = {
  'act.hangUp': (_, scene, { subject }) => scene.tell('api', `hangs up ${scene.name(subject)}`),
  'act.replace': ({ program }, scene, { subject }) =>
    scene.tell('api', `gives ${scene.name(subject)} another document: ${elements(program.instructions)}`),
  'act.redirect': ({ urls }, scene, { subject }) =>
    scene.tell('api', `sends ${scene.name(subject)} to ${urls.map(({ url }) => scene.place(url)).join(', else ')}`),
  'act.start': ({ activity, instruction }, scene, { subject }) =>
    scene.tell('api', `starts ${activity} on ${scene.name(subject)}: ${instruction.verb}`),
  'act.stop': ({ activity }, scene, { subject }) => scene.tell('api', `stops ${activity} on ${scene.name(subject)}`),
  'act.answer': (_, scene, { subject }) => scene.tell('api', `answers ${scene.name(subject)}`),
  'act.bridge': (_, scene, { subject }) => scene.tell('api', `puts ${scene.name(subject)} into a bridge`),
  'act.role': ({ role }, scene, { subject }) =>
    scene.tell('api', `makes ${scene.name(subject)} ${roleText(role, scene)}`),
  'act.unbridge': (_, scene, { subject }) => scene.tell('api', `takes ${scene.name(subject)} out of the bridge`),
  'act.transfer': ({ instruction }, scene, { subject }) =>
    scene.tell('api', `transfers whoever talks to ${scene.name(subject)}: ${instruction.verb}`),
  'act.change': ({ change }, scene, { subject }) =>
    scene.tell('api', `changes ${Object.keys(change).join(' and ')} of ${scene.name(subject)}`),
  'act.record': (_, scene, { subject }) => scene.tell('api', `records ${scene.name(subject)}`),
  'act.recording': ({ what }, scene, { subject }) =>
    scene.tell('api', `${steered[what]} the recording of ${scene.name(subject)}`),
  'act.checkout': ({ checkout, what }, scene, { subject }) => {
    if (what.type === 'begin') scene.christen(checkout, 'payment', true);
    scene.tell('api', checkoutText(what, scene.name(checkout), scene.name(subject)));
  },
  'act.dequeue': ({ reason }, scene, { subject }) =>
    scene.tell('api', `takes ${scene.name(subject)} out of the queue: ${reason}`),
};

function checkoutText(what: CheckoutAct, name: string, who: string): string {
  if (what.type === 'begin') {
    const { amount, currency } = what.terms;
    return `begins ${name} by ${who}: ${amount === undefined ? 'a token' : `${amount} ${currency}`}`;
  }
  if (what.type === 'collect') return `has ${who} asked for ${what.step}`;
  return what.type === 'complete' ? `has ${name} made` : `gives up ${name}`;
}
