/** One thing that can be heard. `loops`: how often, 1 unless given, 0 until somebody stops it. */
export type Sound = { loops?: number } & (
  | { type: 'speech'; text: string; voice?: string; language?: string }
  | { type: 'audio'; url: string }
  /** Keypad tones, 100 ms each and 100 ms between; `w` is half a second of silence, `W` a whole one. */
  | { type: 'tones'; digits: string }
  | { type: 'silence'; ms: number }
  | { type: 'beep' }
  /** The network's own, for whoever waits. */
  | { type: 'music' }
  /** Several one after the other, looped as one. */
  | { type: 'sequence'; sounds: readonly Sound[] }
);
