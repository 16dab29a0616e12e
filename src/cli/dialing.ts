import { realClock } from '../clock.ts';
import type { JournalEntry } from '../journal/journal.ts';
import type { Flow } from '../replay/flow.ts';
import { magicPhones } from '../telephony/simulated/magic-numbers.ts';
import { Conversation, type ConversationOptions } from './conversation.ts';
import { hintAtDialect } from './dialect-hint.ts';
import { numbersIn, writeFlow } from './export.ts';
import { hintAtKey } from './key-hint.ts';
import { Keyboard } from './keyboard.ts';
import { Screen } from './screen.ts';
import { readTyped, typedHelp } from './typed.ts';
import { Typist } from './typist.ts';

/** A call from the terminal, as it was ordered on the command line. */
export interface DialOptions {
  urls: readonly string[];
  dialect: string;
  from: string;
  to: string;
  json?: true;
  allow: readonly string[];
  recordings: string;
  signingKey: Uint8Array;
  /** The folder for the flow of the call. */
  save?: string;
}

/** The people at the telephones do what a flow says. */
export async function dialScripted(options: DialOptions, { caller, phones, call }: Flow): Promise<void> {
  const screen = new Screen((line) => console.log(line));
  const print = printed(options, screen);
  const kept: JournalEntry[] = [];
  const conversation = new Conversation({
    ...ordered({ ...options, ...call }),
    ...(caller && { script: caller }),
    ...(phones && { phones }),
    isPlayed: () => false,
    onEntry: (entry) => {
      kept.push(entry);
      print(entry);
    },
    onAudio: options.json ? () => {} : screen.audio,
  });
  try {
    await ended(conversation, () => conversation.do(1, { does: 'hangUp' }));
  } finally {
    hintAtDialect(options.dialect, kept);
    hintAtKey(kept);
    await save(options, kept);
  }
}

/** Whoever types plays the caller, and the phones that are called. */
export async function dialTyped(options: DialOptions): Promise<void> {
  const keyboard = new Keyboard();
  const screen = new Screen(keyboard.write);
  const print = printed(options, screen);
  const kept: JournalEntry[] = [];
  const note = (text: string) => (options.json ? console.error(text) : screen.note(text));
  const conversation = new Conversation({
    ...ordered(options),
    isPlayed: (address) => !Object.hasOwn(magicPhones, address),
    onEntry: (entry) => {
      kept.push(entry);
      print(entry);
      typist?.follow(entry);
    },
    onAudio: options.json ? () => {} : screen.audio,
    onRing: ({ number, address }) =>
      note(`phone ${number} is ${address}: "answer ${number}", "busy ${number}", "${number}: hello"`),
  });
  const typist = keyboard.isHuman ? undefined : new Typist(conversation, realClock, note);

  const hangUp = () => conversation.do(1, { does: 'hangUp' });
  keyboard.listen({
    line: (text) => {
      const typed = readTyped(text);
      if (typist) return typist.type(typed);
      if (typed.type === 'help') return note(typedHelp);
      const problem = typed.type === 'deed' && conversation.do(typed.phone, typed.deed);
      if (problem) note(problem);
    },
    ended: () => (typist ? typist.end() : hangUp()),
    interrupted: hangUp,
  });
  if (keyboard.isHuman) note('type keys or speech; "hangup" or Ctrl-C hangs up, "help" shows more');
  try {
    await ended(conversation, hangUp);
    if (typist && typist.left > 0) note(`the call was over, lines not typed: ${typist.left}`);
  } finally {
    keyboard.close();
    hintAtDialect(options.dialect, kept);
    hintAtKey(kept);
    await save(options, kept);
  }
}

const printed = ({ json }: DialOptions, screen: Screen) =>
  json ? (entry: JournalEntry) => console.log(JSON.stringify(entry)) : (entry: JournalEntry) => screen.entry(entry);

/** The call becomes a test. */
async function save({ save: folder }: DialOptions, entries: readonly JournalEntry[]): Promise<void> {
  if (folder === undefined) return;
  await writeFlow(folder, entries, numbersIn(entries));
  console.error(`${folder} has the call: callflow replay ${folder}`);
}

function ordered({ urls, from, to, ...options }: DialOptions) {
  return {
    ...options,
    handlerUrls: urls,
    allow: ['loopback', ...options.allow],
    incoming: { from, to, transport: /^sips?:/i.test(to) ? 'SIP' : 'PSTN' },
  } satisfies Partial<ConversationOptions>;
}

/** Waits for the end of the call; says why it failed, when it did. */
async function ended(conversation: Conversation, interrupted: () => void): Promise<void> {
  process.on('SIGINT', interrupted);
  await conversation.over;
  await conversation.close();
  process.off('SIGINT', interrupted);
  if (conversation.failure) throw conversation.failure;
}
