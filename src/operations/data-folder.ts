import { join } from 'node:path';

/** The file of the data folder in which calls and everything about them are. */
export const dataFile = (data: string): string => join(data, 'callflow.sqlite');

/** The folder in it in which audio and faxes are. */
export const recordingsFolder = (data: string): string => join(data, 'recordings');
