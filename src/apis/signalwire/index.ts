export { bases, refuseUnreadable, signalwireApi } from './api.ts';
export { lamlRouteOf } from './incoming.ts';
export { numberId, settingsKind } from './number-records.ts';
