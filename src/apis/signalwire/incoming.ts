import type { Route } from '../../call/route.ts';
import type { Store } from '../../store/store.ts';
import type { Incoming } from '../../telephony/network.ts';
import { kinds } from '../enfonica/resources.ts';
import { urlsOfNumber } from './application-records.ts';
import { settingsOf } from './number-records.ts';

/** An incoming call does not ring anybody by itself; its children have limits of their own. */
const ringMs = 30_000;

/** What a call to a number runs that has been set up in this API; undefined when none has a VoiceUrl or an application. */
export function lamlRouteOf(store: Store, { to }: Incoming): Route | undefined {
  const instance = store.resourceNamed(kinds.number, to);
  if (!instance) return undefined;
  const { project } = instance;
  const urls = urlsOfNumber(store, project, settingsOf(store, instance));
  return urls.handlerUrls.length === 0 ? undefined : { project, dialect: 'laml', options: { ...urls, ringMs } };
}
