import type { Answer, Attempt, JournalEntry, Problem } from '../journal/journal.ts';
import type { Result } from '../verbs/verb.ts';
import type { Found } from './finding.ts';
import type { Following } from './following.ts';
import { pathOf } from './path-of.ts';
import type { Step } from './walk.ts';

/** One asking of the application: what for, every attempt, and what came of it. */
interface Asking {
  result: Result;
  attempts: Attempt[];
  answer?: Answer;
  subject: string;
}

/** What the requests of a step show to be wrong. */
export function signsInRequests({ entries, act }: Step, following: Following): Found[] {
  return [...askingsIn(entries).values()].flatMap((asking) => [
    ...failures(asking, following),
    ...(asking.answer?.type === 'program'
      ? [...warnings(asking.answer.problems ?? [], asking.attempts), ...mistyped(asking.attempts.at(-1))]
      : []),
    ...(asking.answer?.type === 'refused' && act?.does === 'wait' && hasNothing(asking.result) ? unheard(asking) : []),
  ]);
}

function askingsIn(entries: readonly JournalEntry[]): Map<string, Asking> {
  const askings = new Map<string, Asking>();
  for (const { input, output, subject } of entries) {
    if (output?.type === 'handler.asked') askings.set(output.request, { result: output.result, attempts: [], subject });
    if (input?.type === 'handler.attempted') askings.get(input.request)?.attempts.push(input.attempt);
    const asking = input?.type === 'handler.answered' ? askings.get(input.request) : undefined;
    if (asking && input?.type === 'handler.answered') asking.answer = input.answer;
  }
  return askings;
}

const hasNothing = (result: Result) => result.type === 'digits' && result.digits === '';

const unheard = ({ attempts }: Asking): Found[] => {
  const [first] = attempts;
  const where = first ? `${first.method} ${pathOf(first.url)}` : 'the handler';
  return [{ kind: 'silenceNotHandled', message: `${where} fails when the caller says and presses nothing` }];
};

function failures({ attempts, answer, result, subject }: Asking, following: Following): Found[] {
  const failed = attempts.filter(({ code }) => code !== undefined && code !== 'HANDLER_ABANDONED');
  if (answer?.type === 'program') return failed.filter(isNotMeant).flatMap((one) => rescued(one));
  return failed.flatMap((attempt) => {
    const found = [failure(attempt, following.calls.get(subject)?.documents.at(-1))];
    if (result.type === 'recorded') found.push(recordingLost(attempt));
    return found;
  });
}

/** Busy is what an application may say it is. */
const isNotMeant = ({ status }: Attempt) => status !== 503 && status !== 429;

const said = ({ method, url, reason, code }: Attempt) => `${method} ${pathOf(url)}: ${reason ?? code}`;

const rescued = (attempt: Attempt): Found[] => [
  { kind: 'requestRescued', message: said(attempt), url: attempt.url, same: pathOf(attempt.url) },
];

const recordingLost = (attempt: Attempt): Found => ({
  kind: 'recordingLost',
  message: `${said(attempt)}; what the caller has recorded leads nowhere`,
  url: attempt.url,
  same: pathOf(attempt.url),
});

function failure(attempt: Attempt, from: { url: string; source: string } | undefined): Found {
  const { url, code = 'HANDLER_UNAVAILABLE' } = attempt;
  const same = `${pathOf(url)} ${code}`;
  const common = { message: said(attempt), url, same };
  if (code === 'CONTENT_TYPE') return { kind: 'contentType', ...common };
  if (code === 'HANDLER_TOO_LARGE' || code === 'DOCUMENT_TOO_LARGE') return { kind: 'documentTooLarge', ...common };
  if (code === 'HANDLER_REDIRECTS') return { kind: 'redirectLoop', ...common };
  if (/^(?:DOCUMENT|ELEMENT|ATTRIBUTE|TEXT)_/.test(code) || attempt.status === 200)
    return { kind: 'documentRefused', ...common };
  const written = attempt.status === 404 && from ? writtenRelative(url, from) : undefined;
  if (written === undefined || !from) return { kind: 'requestFailed', ...common };
  const message = `"${written}" in the document of ${pathOf(from.url)} leads to ${pathOf(url)}, which is not there; is "/${written.replace(/^(?:\.\.?\/)+/, '')}" meant?`;
  return { kind: 'relativeUrl', message, url, same };
}

/** How a URL was written in the document, when it was relative to the folder of the document. */
function writtenRelative(url: string, { url: base, source }: { url: string; source: string }): string | undefined {
  for (const [, , written = ''] of source.matchAll(/=\s*(["'])(.*?)\1|>\s*([^<\s]+)\s*</gs)) {
    const plain = written.replaceAll('&amp;', '&');
    if (plain === '' || /^(?:[a-z][\w+.-]*:|\/|\?|#)/i.test(plain)) continue;
    if (URL.parse(plain, base)?.href === url) return plain;
  }
  return undefined;
}

function warnings(problems: readonly Problem[], attempts: readonly Attempt[]): Found[] {
  const url = attempts.at(-1)?.url ?? '';
  return problems.map(({ code, message, line, column, hint }): Found => {
    const kind =
      code === 'CONTENT_TYPE'
        ? 'contentType'
        : code === 'ELEMENT_UNREACHABLE'
          ? 'elementNotReached'
          : 'documentWarning';
    const more = hint === undefined ? '' : ` (${hint})`;
    return {
      kind,
      message: `${pathOf(url)}:${line}:${column} ${code} ${message}${more}`,
      url,
      line,
      column,
      same: kind === 'elementNotReached' ? `${pathOf(url)}:${line}:${column}` : `${pathOf(url)} ${line} ${code}`,
    };
  });
}

/** A document that is said to be something else: forgiven by one engine, and not by the next. */
function mistyped(attempt: Attempt | undefined): Found[] {
  const type = attempt?.responseHeaders['content-type'];
  if (!attempt || type === undefined || !/html|json|javascript|octet-stream/i.test(type)) return [];
  const message = `${attempt.method} ${pathOf(attempt.url)}: the document came as ${type}; send text/xml`;
  return [{ kind: 'contentType', message, url: attempt.url, same: pathOf(attempt.url) }];
}
