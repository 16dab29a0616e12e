export { enfonicaApi, refuseUnreadable } from './api.ts';
export { linkTo } from './files.ts';
export { routeOf } from './incoming.ts';
