/** Something a person at the keyboard does on a phone. */
export type Deed =
  | { does: 'press'; keys: string }
  | { does: 'say'; text: string }
  | { does: 'hangUp' }
  | { does: 'answer' }
  | { does: 'busy' }
  | { does: 'reject' };

/** A line as it was typed, understood. `phone` is the number a call has in the transcript; the caller is 1. */
export type Typed = { type: 'deed'; phone: number; deed: Deed } | { type: 'help' } | { type: 'nothing' };

/** What can be typed, as it is shown to whoever asks. */
export const typedHelp = `  12#          press keys            hello there   say something      hangup   hang up
  answer 2     phone 2 answers       busy 2        phone 2 is busy    reject 2, hangup 2
  2: 1         phone 2 presses 1     2: hello      phone 2 says hello`;

const words: Readonly<Record<string, Deed>> = {
  hangup: { does: 'hangUp' },
  answer: { does: 'answer' },
  busy: { does: 'busy' },
  reject: { does: 'reject' },
};

const caller = 1;

/** Reads a line: digits are keys, other text is speech, a few words are deeds. */
export function readTyped(line: string): Typed {
  const text = line.trim();
  if (text === '') return { type: 'nothing' };
  if (/^(?:help|\?)$/i.test(text)) return { type: 'help' };

  const [, word, number] = /^(hangup|answer|busy|reject)(?:\s+(\d+))?$/i.exec(text) ?? [];
  const deed = word && words[word.toLowerCase()];
  // A caller has nothing to answer: these words alone are something to say.
  if (deed && (number || deed.does === 'hangUp')) return { type: 'deed', phone: Number(number ?? caller), deed };

  const [, phone, rest] = /^(\d+):\s*(.+)$/.exec(text) ?? [];
  return { type: 'deed', phone: Number(phone ?? caller), deed: keysOrSpeech(rest ?? text) };
}

function keysOrSpeech(text: string): Deed {
  const keys = text.replaceAll(' ', '');
  return /^[\d*#]+$/.test(keys) ? { does: 'press', keys } : { does: 'say', text };
}
