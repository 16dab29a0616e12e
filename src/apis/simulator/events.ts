import { Readable } from 'node:stream';
import type { Clock } from '../../clock.ts';
import type { JournalEntry } from '../../journal/journal.ts';
import { withoutSecrets } from '../../replay/secrets.ts';
import { createTranscript } from '../../replay/transcript.ts';
import { iso } from './call-view.ts';
import type { Families } from './families.ts';

/** So often something is sent, or whoever is between may think that nobody is there. */
const beatMs = 15_000;

/** Whoever reads so slowly that this much waits is let go. */
const mostWaiting = 8 * 1024 * 1024;

export interface EventsOptions {
  clock: Clock;
  families: Families;
  family: string;
  /** Only what comes after this `seq`: what came before has been heard. */
  after: number;
}

/**
 * A family as server-sent events: each entry of the journal as `entry`, each line of the transcript as `line`, and
 * `end` when nothing more is to be expected.
 */
export function eventsOf({ clock, families, family, after }: EventsOptions): Readable {
  const transcript = createTranscript();
  const stream = new Readable({ read: () => {} });
  const send = (text: string) => {
    stream.push(text);
    if (stream.readableLength > mostWaiting) stream.destroy();
  };
  send('retry: 1000\n\n');
  const tell = (raw: JournalEntry) => {
    const entry = withoutSecrets(raw);
    const lines = transcript.line(entry);
    if (entry.seq <= after) return;
    send(framed('entry', entry, entry.seq));
    for (const text of lines) send(framed('line', { at: iso(entry.at), text }));
  };
  const stops = [
    families.follow(family, tell),
    families.when(
      family,
      ({ isOver }) => isOver,
      () => {
        send(framed('end', {}));
        stream.push(null);
      },
    ),
    families.onClose(() => stream.push(null)),
    every(clock, beatMs, () => send(':\n\n')),
  ];
  stream.once('close', () => {
    for (const stop of stops) stop();
  });
  return stream;
}

const framed = (event: string, content: object, id?: number) =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(content)}\n\n`;

function every(clock: Clock, ms: number, act: () => void): () => void {
  let timer: unknown;
  const next = () => {
    timer = clock.setTimeout(() => {
      act();
      next();
    }, ms);
  };
  next();
  return () => clock.clearTimeout(timer);
}
