import { dataFolder } from '../store/data-file.ts';
import { describeStore } from './store.ts';

describeStore('sqlite', () => {
  const folder = dataFolder();
  return { store: folder.open(), close: () => folder[Symbol.dispose]() };
});
