import type { Clock } from '../clock.ts';
import type { Transport } from '../http/transport.ts';
import { userAgent } from '../http/user-agent.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { type Incident, incidentOf } from './incident.ts';

export interface ErrorWebhookOptions {
  clock: Clock;
  transport: Transport;
  /** Where incidents go now; undefined: nowhere. */
  url(): string | undefined;
  failed(reason: string): void;
}

const quietMs = 60_000;
/** So many causes are remembered; with more of them at once some are told twice. */
const mostCauses = 1_000;

/** Tells somebody of what goes wrong: at most once a minute for each cause, and how often it happened meanwhile. */
export function errorWebhook({ clock, transport, url, failed }: ErrorWebhookOptions): (entry: JournalEntry) => void {
  const causes = new Map<string, { until: number; missed: number }>();
  return (entry) => {
    const to = url();
    const incident = to === undefined ? undefined : incidentOf(entry);
    if (to === undefined || !incident) return;
    const cause = causeOf(incident);
    const known = causes.get(cause);
    if (known && known.until > clock.now()) {
      known.missed++;
      return;
    }
    causes.delete(cause);
    causes.set(cause, { until: clock.now() + quietMs, missed: 0 });
    const [oldest] = causes.keys();
    if (causes.size > mostCauses && oldest !== undefined) causes.delete(oldest);
    post(transport, to, { ...incident, at: new Date(incident.at).toISOString(), missed: known?.missed ?? 0 }, failed);
  };
}

/** The same mistake in the same place, whichever call found it. */
const causeOf = ({ code, url, line, column, message }: Incident) => [code, url ?? message, line, column].join(' ');

function post(transport: Transport, url: string, told: object, failed: (reason: string) => void): void {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'user-agent': userAgent };
  const body = JSON.stringify(told);
  transport.send({ method: 'POST', url, headers, body, maxBytes: 64 * 1024, timeoutMs: 10_000 }, (exchange) => {
    if (!exchange.ok) failed(`${exchange.code} ${exchange.reason}`);
    else if (exchange.status > 299) failed(`status ${exchange.status}`);
  });
}
