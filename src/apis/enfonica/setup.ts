export { ready, Setup, setupOf } from '../setup.ts';
