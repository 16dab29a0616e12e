/** Where recordings are found: in a whole project, below a call, or below a conference (LaML 6.3 to 6.5). */
import type { Steering } from '../../journal/act.ts';
import type { RecordingRecord } from '../../records/recording.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import type { RecordingOptions } from '../../verbs/verb.ts';
import { conferenceOf } from './conference-lookup.ts';
import { callOf } from './lookup.ts';
import { fromList, type Listing } from './paging.ts';
import type { Asked } from './route.ts';

/** The sids that a path, or a filter, names. */
export interface Named {
  call?: string | undefined;
  conference?: string | undefined;
}

export const namedIn = ({ sid }: Pick<Asked, 'sid'>): Named => ({
  call: sid('call') || undefined,
  conference: sid('conference') || undefined,
});

/** The recording of a conference is of none of its calls. */
export const isBelow = ({ call, conference }: RecordingRecord, named: Named): boolean =>
  (named.call === undefined || (conference === undefined && idOf(named.call) === call)) &&
  (named.conference === undefined || idOf(named.conference) === conference);

/** All that can be below it, and perhaps others: the newest first. */
export function recordingsNear({ context, project }: Asked, named: Named): Listing<RecordingRecord>['find'] {
  const { engine, store } = context;
  if (named.conference !== undefined) {
    const ids = engine.conferences.get(project, idOf(named.conference) ?? '')?.recordings ?? [];
    return fromList(ids.flatMap((id) => store.recording(id) ?? []).reverse());
  }
  // A sid that is none of ours is of nothing.
  const call = named.call === undefined ? undefined : (idOf(named.call) ?? '-');
  return (piece) => store.findRecordings({ project, call, ...piece });
}

/** What can be recorded from outside. */
export interface Place {
  id: 'calls' | 'conferences';
  path: string;
  what: 'a call' | 'a conference';
  /** What there is of it to choose. */
  parameters: Readonly<Record<string, string>>;
  /** The one that the path names. */
  find(asked: Asked): {
    goesOn: boolean;
    begin(recording: string, options: RecordingOptions): void;
    steer(recording: string, what: Steering): void;
  };
}

export const places: readonly Place[] = [
  {
    id: 'calls',
    path: '/Calls/:call',
    what: 'a call',
    parameters: {
      RecordingChannels: 'mono (unless given) or dual.',
      RecordingTrack: 'inbound, outbound or both (unless given).',
    },
    find: (asked) => {
      const { engine } = asked.context;
      const { id, state } = callOf(asked);
      return {
        goesOn: state === 'inProgress',
        begin: (recording, options) => engine.act(id, { type: 'act.record', recording, options }),
        steer: (recording, what) => engine.act(id, { type: 'act.recording', recording, what }),
      };
    },
  },
  {
    id: 'conferences',
    path: '/Conferences/:conference',
    what: 'a conference',
    parameters: {},
    find: (asked) => {
      const { conferences } = asked.context.engine;
      const { id, state } = conferenceOf(asked);
      const act = (act: Parameters<typeof conferences.act>[2]) => conferences.act(asked.project, id, act);
      return {
        goesOn: state === 'inProgress',
        begin: (recording, options) => act({ type: 'startRecording', recording, options: { ...options, channels: 1 } }),
        steer: (recording, what) => act({ type: 'record', recording, what }),
      };
    },
  },
];
