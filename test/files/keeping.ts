/** A process that keeps a recording and makes an MP3 of it, for whoever watches what it asks of the system. */
import { argv } from 'node:process';
import { Mp3s } from '../../src/files/mp3s.ts';
import { recordingsIn } from '../../src/telephony/simulated/recording-store.ts';
import { toWav } from '../../src/telephony/simulated/wav.ts';

const wav = recordingsIn(argv[2]!).keep('a', () => toWav([], 1_000, 1), 16_044);
await new Mp3s().of(wav!);
