import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from '../config/config.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { discreet, incidentOf } from './incident.ts';

export type { Logger } from 'pino';

/** One JSON object a line; what happened to a call carries its id. */
export const createLog = (level: LogLevel, destination: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'message',
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );

/** Writes down what happened to a call: its beginning and end, what went wrong, and more for whoever wants to debug. */
export function logEntry(log: Logger, entry: JournalEntry): void {
  const { subject: call, family, output } = entry;
  const incident = incidentOf(entry);
  if (incident) {
    const { message, severity, at: _at, ...fields } = incident;
    log[severity === 'error' ? 'error' : 'warn'](fields, message);
  } else if (output?.type === 'call.created') {
    const { project, direction, from, to } = output.record;
    log.info({ call, family, project, direction, from, to }, 'call created');
  } else if (output?.type === 'call.changed') {
    const { state, record } = output;
    const { endedBy, cause, errorCode } = record;
    const ended = record.endTime !== undefined;
    log[ended ? 'info' : 'debug'](
      { call, family, project: record.project, state, endedBy, cause, errorCode },
      `call ${state}`,
    );
  } else if (log.isLevelEnabled('debug')) logDetail(log, entry);
}

function logDetail(log: Logger, { subject: call, family, input, output }: JournalEntry): void {
  if (input?.type === 'handler.attempted' || input?.type === 'callback.attempted') {
    const { url, status, ms } = input.attempt;
    const what = input.type === 'handler.attempted' ? 'handler asked' : 'callback sent';
    log.debug({ call, family, url: discreet(url), status, ms }, what);
  } else if (output?.type === 'verb.began') log.debug({ call, family, verb: output.verb }, 'verb began');
}
