import type { ErrorCode } from '../../errors.ts';
import type { Input, JournalEntry } from '../../journal/journal.ts';
import { actsIn } from './acts.ts';

/** What people, machines and APIs did that no script says: it is in the journal, and reenacted from there. */
export function unsaidIn(journal: readonly JournalEntry[]): readonly string[] {
  const found = new Set<string>();
  if (count(journal, 'leg.speaking') > count(journal, 'leg.spoke')) found.add('words that were cut off');
  if (actsIn(journal).isMoreDone) found.add('something that an API did');
  for (const { input, output } of journal) {
    const what = input && unsaid(input);
    if (what) found.add(what);
    if (output?.type === 'fork.changed') found.add('what was heard and said elsewhere: streams, transcriptions');
    if (output?.type === 'verb.ended' && output.result?.type === 'dequeued' && output.result.reason === 'full')
      found.add('how many may wait in a queue, and who did');
    if (output?.type === 'problem' && output.code === 'AUDIO_NOT_AVAILABLE') found.add('why audio could not be had');
  }
  return [...found];
}

const count = (journal: readonly JournalEntry[], type: Input['type']) =>
  journal.filter(({ input }) => input?.type === type).length;

const unsaidFailures: ReadonlySet<ErrorCode> = new Set([
  'HANDLER_TIMEOUT',
  'HANDLER_TOO_LARGE',
  'HANDLER_NOT_HTTP',
  'HANDLER_HTTP_VERSION',
  'HANDLER_NOT_TLS',
]);

function unsaid(input: Input): string | undefined {
  switch (input.type) {
    case 'offered':
      return input.incoming.hops === undefined ? undefined : 'calls to numbers of our own';
    case 'queue.act':
      return 'what an API did to a queue';
    case 'handler.attempted': {
      const { code, status, responseHeaders } = input.attempt;
      if (/^audio\//.test(responseHeaders['content-type'] ?? ''))
        return 'audio that was answered in place of a document';
      return (code !== undefined && unsaidFailures.has(code)) || (code === 'HANDLER_BROKEN' && status !== undefined)
        ? 'in which way an answer did not come whole'
        : undefined;
    }
    case 'leg.earlyMedia':
      return 'what was heard before the answer';
    case 'leg.pressed':
      return /[0-9A-D*#]/.test(input.digit) ? undefined : 'keys that nobody is to know';
    case 'leg.machine':
      return 'how a machine gave itself away';
    case 'leg.referred':
      return 'what became of a transfer';
    case 'leg.skipped':
      return 'why audio could not be had';
    case 'leg.spoke':
      return 'confidence' in input ? 'how sure the network was of what was said' : undefined;
    case 'finished':
      return input.finished.type === 'recording' ? undefined : 'what became of a fax or a message';
    default:
      return undefined;
  }
}
