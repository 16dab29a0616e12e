import { difference } from './difference.ts';
import type { Flow } from './flow.ts';
import { type Replay, type ReplayOptions, replay } from './replay.ts';
import { callbacksAsThen, tolerant } from './tolerance.ts';

export interface Today {
  replay: Replay;
  /** What is different, as lines with `-` (then) and `+` (now); empty when nothing is. */
  difference: string;
  /** What was compared, line for line. */
  compared: { expected: string; now: string };
}

type Paint = Parameters<typeof difference>[2];

/** Plays a recorded flow against an application that runs at `url` now, and says what it does differently. */
export async function playedToday(
  flow: Flow,
  recorded: string,
  url: string,
  options: ReplayOptions & { paint?: Paint } = {},
): Promise<Today> {
  const { origin } = new URL(url);
  const { paint, ...reach } = options;
  const then = originsOf(flow);
  const now = await replay(movedTo(flow, origin), reach);
  const origins = then[0] === undefined ? {} : { [origin]: then[0] };
  const expected = tolerant(recorded);
  const compared = { expected, now: callbacksAsThen(expected, tolerant(now.transcript, origins)) };
  return { replay: now, difference: difference(compared.expected, compared.now, paint), compared };
}

const isWeb = (url: string) => /^https?:/i.test(url);

function originsOf({ url, urls = [], calls = [] }: Flow): string[] {
  const all = [...(url === undefined ? [] : [url]), ...urls, ...calls.flatMap((call) => call.urls ?? call.url ?? [])];
  return [...new Set(all.filter(isWeb).map((one) => new URL(one).origin))];
}

/** The same flow, asked of the application at `origin`; what people do stays. */
function movedTo({ handler: _, journal: __, ...flow }: Flow, origin: string): Flow {
  const moved = (url: string) => {
    if (!isWeb(url)) return url.startsWith('/') ? origin + url : url;
    const { pathname, search } = new URL(url);
    return origin + pathname + search;
  };
  return {
    ...flow,
    live: true,
    ...(flow.calls
      ? {
          calls: flow.calls.map((call) => ({
            ...call,
            ...(call.urls && { urls: call.urls.map(moved) }),
            ...(call.url && { url: moved(call.url) }),
          })),
        }
      : { urls: (flow.urls ?? [flow.url ?? '/voice']).map(moved) }),
    ...(flow.acts && {
      acts: flow.acts.map((act) => (act.redirect ? { ...act, redirect: moved(act.redirect) } : act)),
    }),
  };
}
