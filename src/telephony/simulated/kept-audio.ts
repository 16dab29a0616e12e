import type { RecordedAudio } from '../leg-event.ts';
import type { Part } from './recorded.ts';
import { timing } from './timing.ts';
import { toWav, wavBytes } from './wav.ts';
import type { World } from './world.ts';

/** The audio of a recording comes a while later, whatever has become of the leg. */
export function keepAudio(
  { post, recordings, finish }: World,
  id: string,
  { audio, parts }: { audio: RecordedAudio; parts: Part[] },
): void {
  post.later(timing.processing, () => {
    if (audio.silent) return finish({ type: 'recording', id, audio });
    const bytes = wavBytes(audio.ms, audio.channels);
    try {
      const file = recordings.keep(id, () => toWav(parts, audio.ms, audio.channels), bytes);
      finish({ type: 'recording', id, audio: { ...audio, bytes, ...(file !== undefined && { file }) } });
    } catch (error) {
      finish({ type: 'recordingFailed', id, reason: `the audio could not be kept: ${String(error)}` });
    }
  });
}
