import type { Answer, Attempt } from '../journal/journal.ts';
import type { Result } from '../verbs/verb.ts';
import { readRequest } from './bodies.ts';
import { type Asking, type Scene, seconds } from './scene.ts';
import type { Fact, Tellings } from './tell.ts';
import { elements } from './words.ts';

type HttpFact = Extract<Fact['type'], `handler.${string}` | `callback.${string}`>;

/** What goes to the application, and what comes back. */
export const httpLines: Tellings<HttpFact> = {
  'handler.asked': ({ request, urls, result }, scene, { subject }) => {
    const asking: Asking = { urls: urls.map(({ url }) => url), result, attempts: 0 };
    scene.askings.set(request, asking);
    const [first] = urls;
    const attempt = scene.ahead.attempts.get(request)?.[0];
    if (attempt) tellRequest(attempt, scene, subject);
    else if (first && isHttp(first.url))
      scene.tell(
        'engine',
        `${first.method} ${scene.place(first.url)}${resultText(result, scene)}${forWhom(scene, subject)}`,
      );
  },
  'handler.attempted': ({ request, attempt }, scene, { subject }) => {
    const asking = scene.askings.get(request);
    if (!asking) return;
    const isFirst = asking.attempts++ === 0;
    const known = scene.ahead.attempts.get(request);
    if (!known && !isFirst) tellRequest(attempt, scene, subject);
    asking.last = attempt;
    if (attempt.redirectedTo !== undefined && attempt.code === undefined)
      scene.tell('handler', `${attempt.status}${took(attempt)}: go to ${scene.place(attempt.redirectedTo)}`);
    else if (!isHttp(attempt.url)) scene.tell('engine', `skips ${attempt.url}: ${whyOf(attempt)}`);
    else if (attempt.code !== undefined) scene.tell('handler', failure(attempt));
    const next = known?.[asking.attempts];
    if (next) tellRequest(next, scene, subject);
  },
  'handler.answered': ({ request, answer }, scene, { subject }) => {
    const { last } = scene.askings.get(request) ?? {};
    scene.askings.delete(request);
    if (answer.type === 'refused') return tellRefusal(answer, last, scene, subject);
    const what = elements(answer.program.instructions);
    if (last && last.code === undefined) scene.tell('handler', `${last.status}${took(last)}: ${what}`);
    else scene.tell('handler', `${answer.program.url}: ${what}`);
    for (const { line, column, code, severity, message, hint } of answer.problems ?? [])
      scene.tell('handler', `${severity} ${line}:${column} ${code} ${message}${hint === undefined ? '' : `; ${hint}`}`);
  },
  'callback.owed': ({ delivery, url, body }, scene) => {
    scene.owed.set(delivery, { url, body });
  },
  'callback.attempted': ({ delivery, event, number, attempt }, scene, { subject }) => {
    const body = attempt.requestBody || (scene.owed.get(delivery)?.body ?? '');
    const { url, state, parameters } = readRequest({ url: attempt.url, body }, dialectOf(scene, subject));
    const again = number > 1 ? ` (attempt ${number})` : '';
    const told = state === undefined || state === event ? '' : ` ${state}`;
    scene.tell(
      'callback',
      `${attempt.method} ${scene.place(url)} ${event}${told}${given(parameters, scene)}${again}: ${callbackEnd(attempt)}`,
    );
  },
  'callback.delivered': ({ delivery }, scene) => {
    scene.owed.delete(delivery);
  },
  'callback.givenUp': ({ delivery, event, attempts }, scene, { subject }) => {
    const owed = scene.owed.get(delivery);
    scene.owed.delete(delivery);
    const where = owed && ` for ${scene.place(readRequest(owed, dialectOf(scene, subject)).url)}`;
    scene.tell('callback', `${event}${where ?? ''} given up after ${attempts} attempts`);
  },
};

/** Other URLs are not asked, but taken for a program, or skipped. */
const isHttp = (url: string) => /^https?:/i.test(url);

const whyOf = ({ code, reason }: Attempt) => [code, reason].filter((one) => one !== undefined).join(' ');

/** Of one call only, and those that it makes: nothing is said of the one itself. */
function forWhom(scene: Scene, subject: string): string {
  const isChild = scene.calls.get(subject)?.originatingCall !== undefined;
  return scene.roots > 1 || isChild ? ` for ${scene.name(subject)}` : '';
}

const took = ({ ms }: Attempt) => (ms > 0 ? ` after ${seconds(ms)}` : '');

const callbackEnd = (attempt: Attempt) =>
  attempt.code === undefined ? `${attempt.status}${took(attempt)}` : failure(attempt);

function failure(attempt: Attempt): string {
  const { status = 'no answer' } = attempt;
  return `${status}${took(attempt)}: ${whyOf(attempt)}`;
}

/** The reason is told once: by the attempt, or here. */
function tellRefusal({ code, reason }: Refusal, last: Attempt | undefined, scene: Scene, subject: string): void {
  const known = last?.reason !== undefined && reason.includes(last.reason);
  scene.problem = reason;
  scene.tell('engine', `has no document${forWhom(scene, subject)}: ${code}${known ? '' : ` ${scene.named(reason)}`}`);
}

type Refusal = Extract<Answer, { type: 'refused' }>;

function tellRequest(
  { method, url: asked, requestBody, requestHeaders }: Attempt,
  scene: Scene,
  subject: string,
): void {
  if (!isHttp(asked)) return;
  const { url, parameters, call } = readRequest({ url: asked, body: requestBody }, dialectOf(scene, subject));
  const about = [...changesOf(call, scene, subject), ...cookieOf(requestHeaders)].join(', ');
  const found = given(parameters, scene);
  scene.tell('engine', `${method} ${scene.place(url)}${found}${forWhom(scene, subject)}${about && ` (${about})`}`);
}

const dialectOf = (scene: Scene, subject: string) =>
  scene.calls.get(subject)?.dialect ?? scene.conferences.get(subject);

const given = (parameters: readonly [string, string][], scene: Scene) =>
  parameters.map(([name, value]) => ` ${name}=${quoted(scene.named(value))}`).join('');

/** What is new about the call since its last request: at first only its state, and never its times. */
function changesOf(call: ReadonlyMap<string, string>, scene: Scene, subject: string): string[] {
  const before = scene.seen.get(subject);
  scene.seen.set(subject, call);
  if (!before)
    return [...call].filter(([name]) => /^state$|Status$/.test(name)).map(([name, value]) => `${name} ${value}`);
  const changed = [...call].filter(([name, value]) => before.get(name) !== value && !/Time$|Duration$/.test(name));
  const gone = [...before.keys()].filter((name) => !call.has(name));
  return [
    ...changed.map(([name, value]) => `${name} ${quoted(scene.named(value))}`),
    ...gone.map((name) => `${name} gone`),
  ];
}

const cookieOf = ({ cookie }: Attempt['requestHeaders']) => (cookie === undefined ? [] : [`cookie ${cookie}`]);

const quoted = (value: string) => (/^[^\s"]+$/.test(value) ? value : JSON.stringify(value));

/** A result in the engine's own words, while nobody knows yet how it is spelled. */
function resultText(result: Result, scene: Scene): string {
  const { type, ...found } = result;
  const shown = Object.entries(found).filter(([name]) => shownOf.has(name));
  const words = shown.map(([name, value]) => ` ${name}=${quoted(scene.named(String(value)))}`);
  return type === 'nothing' ? '' : words.join('');
}

/** What everybody wants to know of a result. */
const shownOf: ReadonlySet<string> = new Set(
  (
    'digits reason text recording ms silent stopKey ended status call fax parameters ' +
    'queue position waitedMs by joined accepted progress sent outcome'
  ).split(' '),
);
