import { instant } from './logic.ts';
import type { HandlerUrl, Written } from './verb.ts';

/** Have the whole call recorded from its answer, or from its first bridge, to its end. The last one before the start wins. */
export interface RecordCall extends Written {
  verb: 'recordCall';
  trigger: 'answer' | 'bridge';
  trim: boolean;
  transcribe: boolean;
  recordingReady?: HandlerUrl;
  transcriptionReady?: HandlerUrl;
}

export const recordCall = instant<RecordCall>(({ instruction, stage }) => {
  const { trigger, trim, transcribe, recordingReady, transcriptionReady } = instruction;
  stage.recordCall({
    source: 'call',
    channels: 2,
    trigger,
    trim,
    transcribe,
    ...(recordingReady && { recordingReady }),
    ...(transcriptionReady && { transcriptionReady }),
  });
  return { type: 'continue' };
});
