import { realClock } from '../clock.ts';
import { CallflowError } from '../errors.ts';
import type { Attempt, JournalEntry } from '../journal/journal.ts';
import { createLocal, type Local, type LocalOptions } from '../local.ts';
import type { CallRecord } from '../records/call.ts';
import type { Incoming } from '../telephony/network.ts';
import type { HeardSound } from '../telephony/simulated/heard.ts';
import type { Party, RingingParty } from '../telephony/simulated/party.ts';
import type { Script } from '../telephony/simulated/script.ts';
import type { Deed } from './typed.ts';

/** A telephone that whoever sits at the keyboard uses. The caller's is number 1, the others follow as they are called. */
export interface Handset {
  number: number;
  /** The id of its call. */
  call: string;
  address: string;
  hasEnded: boolean;
}

export interface ConversationOptions extends Omit<LocalOptions, 'onRing'> {
  incoming: Incoming;
  script?: Script;
  /** Whether a phone that is called is played from the keyboard, or plays itself. */
  isPlayed(address: string): boolean;
  onEntry(entry: JournalEntry): void;
  onRing?(handset: Handset): void;
  /** An audio file begins: only the network knows how long it is. */
  onAudio?(url: string, ms: number): void;
}

/** One call, everything that comes of it, and the telephones to take part with. */
export class Conversation {
  readonly #local: Local;
  readonly #phones: { handset: Handset; party: Party | RingingParty }[] = [];
  readonly #over = Promise.withResolvers<void>();
  #record: CallRecord | undefined;
  #lastFailure: Attempt | undefined;

  constructor(options: ConversationOptions) {
    const { incoming, script, isPlayed, onEntry, onRing, onAudio } = options;
    const hears = ({ kind, text, ms, from }: HeardSound) => {
      if (kind === 'audio' && from === undefined) onAudio?.(text, ms);
    };
    this.#local = createLocal({
      ...options,
      onRing: ({ to }, party, call) => {
        if (!isPlayed(to)) return undefined;
        const handset = this.#add(call, to, party);
        onRing?.(handset);
        return { hears, ended: () => this.#end(handset) };
      },
    });
    this.#local.engine.onEntry((entry) => {
      this.#follow(entry);
      onEntry(entry);
      realClock.setTimeout(() => this.#look(), 0);
    });
    const person = { hears, ended: () => this.#end(this.caller) };
    this.#add('', incoming.from, this.#local.network.callIn(incoming, { person, ...(script && { script }) }));
  }

  get caller(): Handset {
    return this.#phones[0]!.handset;
  }

  handset(number: number): Handset | undefined {
    return this.#phones[number - 1]?.handset;
  }

  /** Does what was typed; says why not when it cannot be done. */
  do(number: number, deed: Deed): string | undefined {
    const phone = this.#phones[number - 1];
    if (!phone) return `there is no phone ${number}`;
    if (phone.handset.hasEnded) return `phone ${number} is not in a call any more`;
    return act(phone.party, deed, number);
  }

  /** Resolves when nothing of the call goes on: no child, no recording, no first attempt of a callback. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  /** Why the call could not go on, when it could not. */
  get failure(): CallflowError | undefined {
    const { errorCode, errorMessage = 'the call could not go on' } = this.#record ?? {};
    if (!errorCode || errorCode === 'USER') return undefined;
    const { code, reason = errorMessage } = this.#lastFailure ?? {};
    if (errorCode === 'HANDLER_UNAVAILABLE' && code) return new CallflowError(code, reason);
    return new CallflowError(errorCode, errorMessage);
  }

  close(): Promise<void> {
    return this.#local.close();
  }

  #add(call: string, address: string, party: Party | RingingParty): Handset {
    const handset = { number: this.#phones.length + 1, call, address, hasEnded: false };
    this.#phones.push({ handset, party });
    return handset;
  }

  #end(handset: Handset): void {
    handset.hasEnded = true;
  }

  #follow({ subject, input, output }: JournalEntry): void {
    if (input?.type === 'offered') this.caller.call = subject;
    if (input?.type === 'handler.attempted' && input.attempt.code) this.#lastFailure = input.attempt;
    if (output?.type === 'call.changed' && subject === this.caller.call) this.#record = output.record;
  }

  #look(): void {
    const { live, left, deliveries } = this.#local.engine;
    const isQuiet = live().length === 0 && left().recordings === 0 && deliveries.underWay === 0;
    if (isQuiet && this.caller.hasEnded) this.#over.resolve();
  }
}

function act(party: Party | RingingParty, deed: Deed, number: number): string | undefined {
  if (deed.does === 'press') party.press(deed.keys);
  else if (deed.does === 'say') party.say(deed.text);
  else if (deed.does === 'hangUp') party.hangUp();
  else if (number > 1 && 'answer' in party) party[deed.does]();
  else return `phone ${number} is the caller's: nobody calls it`;
  return undefined;
}
