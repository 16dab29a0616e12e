export { enfonicaApi, refuseUnreadable } from './api.ts';
export { linkTo } from './files.ts';
export { isOurs, routeOf } from './incoming.ts';
