import { type HungUp, hungUp } from './hung-up.ts';
import type { SimulatedLeg } from './leg.ts';
import type { Phone } from './script.ts';
import { ScriptRun } from './script-run.ts';
import { timing, toMs } from './timing.ts';

/** Why a call to this phone ends without anybody having been reached. */
export function failureOf({ busy, unreachable, invalid, fails }: Phone): HungUp | undefined {
  if (busy) return hungUp('farSide', 'busy', 486);
  if (unreachable) return hungUp('network', 'unreachable', 480);
  if (invalid) return hungUp('network', 'invalidNumber', 484);
  if (fails) return hungUp('network', 'failed', 503);
  return undefined;
}

/** What the phone does from the moment it is called. */
export function ring(leg: SimulatedLeg, phone: Phone): void {
  leg.party.phone = phone;
  const failure = failureOf(phone);
  const begin = () => {
    if (phone.rings !== false && !failure) leg.tell({ type: 'leg.ringing' });
    if (phone.earlyMedia !== undefined) {
      leg.earlyMedia = true;
      leg.tell({ type: 'leg.earlyMedia' });
      leg.party.say(phone.earlyMedia, failure && (() => leg.end(failure)));
    } else if (failure) return leg.end(failure);
    if (!failure) alert(leg, phone);
  };
  if (phone.after) leg.later(toMs(phone.after), begin);
  else begin();
}

function alert(leg: SimulatedLeg, phone: Phone): void {
  const { rejects, answers = timing.answer / 1000 } = phone;
  if (rejects) leg.later(rejects === true ? timing.answer : toMs(rejects), () => leg.party.reject());
  else if (answers !== false)
    leg.later(toMs(answers), () => {
      leg.party.answer();
      talk(leg, phone);
    });
}

function talk(leg: SimulatedLeg, { drops, hangsUp, machine, fax, script }: Phone): void {
  const { party } = leg;
  if (drops) party.hangUp();
  if (hangsUp !== undefined) leg.later(toMs(hangsUp), () => party.hangUp());
  if (machine) {
    party.say(machine.greeting);
    if (machine.beep) party.beep(machine.after === undefined ? 0 : toMs(machine.after));
  }
  if (fax) party.fax(fax.pages, () => party.hangUp());
  if (script) new ScriptRun(leg, script).begin();
}
