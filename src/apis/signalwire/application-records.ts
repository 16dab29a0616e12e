/** Applications: what calls run whoever names them, and how they are kept. */
import type { CallOptions } from '../../records/call.ts';
import type { ResourceRecord } from '../../records/resource.ts';
import type { Store } from '../../store/store.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import type { HandlerUrl } from '../../verbs/verb.ts';
import type { Asked } from './route.ts';

export const applicationKind = 'lamlApplication';

/** What is set up: the vendor's names in snake case. */
export type Settings = Readonly<Record<string, string>>;

export function applicationOf({ context, project }: Asked, sid: string): ResourceRecord | undefined {
  return context.store.resource(applicationKind, project, idOf(sid) ?? '');
}

const named = (settings: Settings, url: string, method: string): HandlerUrl | undefined => {
  const found = settings[url];
  if (!found) return undefined;
  return { url: found, method: settings[method]?.toUpperCase() === 'GET' ? 'GET' : 'POST' };
};

/** What a call runs that these settings are for. */
export function urlsOf(settings: Settings): Pick<CallOptions, 'handlerUrls' | 'fallback' | 'stateCallback'> {
  const voice = named(settings, 'voice_url', 'voice_method');
  const fallback = named(settings, 'voice_fallback_url', 'voice_fallback_method');
  const callback = named(settings, 'status_callback', 'status_callback_method');
  return {
    handlerUrls: voice ? [voice] : [],
    ...(fallback && { fallback }),
    ...(callback && { stateCallback: { ...callback, events: ['completed'] } }),
  };
}

/** Who hears what became of a message that was sent for an application. */
export function messageCallbackOf({ body }: ResourceRecord): HandlerUrl | undefined {
  const { message_status_callback: url, ...settings } = body as Settings;
  return url ? { url, method: 'POST' } : named(settings, 'sms_status_callback', 'sms_status_callback_method');
}

export const urlsOfApplication = ({ body }: ResourceRecord) => urlsOf(body as Settings);

/** The same of a number; its application is stronger than its URL. */
export function urlsOfNumber(store: Store, project: string, settings: Settings): ReturnType<typeof urlsOf> {
  const { voice_application_sid: sid } = settings;
  const application = sid === undefined ? undefined : store.resource(applicationKind, project, idOf(sid) ?? '');
  return application ? urlsOfApplication(application) : urlsOf(settings);
}
