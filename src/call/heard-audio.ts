import type { RecordingRecord } from '../records/recording.ts';
import type { RecordedAudio } from '../telephony/leg-event.ts';

/** What a recording has become, by the audio of it. */
export function heard(audio: RecordedAudio): Partial<RecordingRecord> {
  const { channels, file, bytes } = audio;
  if (audio.silent) return { state: 'empty', channels };
  return {
    state: 'succeeded',
    channels,
    ms: audio.ms,
    ...(file !== undefined && { file }),
    ...(bytes !== undefined && { bytes }),
  };
}
