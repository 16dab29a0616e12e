/** How long an MP3 will be: bit rates are constant, so this is known before it is made. */
export const wavHeadBytes = 44;
export const bytesPerSample = 2;

export const kbpsOf = { 1: 32, 2: 64 } as const;

const sampleRate = 8_000;
/** Of MPEG 2.5, in which 8 kHz are. */
const samplesPerFrame = 576;
/** What the encoder holds back at first and gives at the end. */
const framesHeldBack = 2;

/** How many bytes the MP3 has of a recording whose WAV file has so many. */
export function mp3Bytes(wavBytes: number, channels: 1 | 2): number {
  const samples = (wavBytes - wavHeadBytes) / (bytesPerSample * channels);
  const frameBytes = ((samplesPerFrame / 8) * kbpsOf[channels] * 1_000) / sampleRate;
  return (Math.ceil(samples / samplesPerFrame) + framesHeldBack) * frameBytes;
}
