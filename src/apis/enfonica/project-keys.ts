export { linkKey, listKey } from '../project-keys.ts';
