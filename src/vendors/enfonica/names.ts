/** Resource names: `projects/{project}/calls/{call}` and what hangs below. Ids stand in them as they are. */

export const callName = (project: string, call: string) => `projects/${project}/calls/${call}`;

export const recordingName = (project: string, call: string, recording: string) =>
  `projects/${project}/calls/${call}/recordings/${recording}`;

export const transcriptionName = (project: string, call: string, transcription: string) =>
  `projects/${project}/calls/${call}/transcriptions/${transcription}`;

/** A fax belongs to the project, not to the call that received it (VoiceML 4.9). */
export const faxName = (project: string, fax: string) => `projects/${project}/faxes/${fax}`;

/** What a resource name names. */
export type Named =
  | { type: 'call'; project: string; call: string }
  | { type: 'recording'; project: string; call: string; recording: string }
  | { type: 'transcription'; project: string; call: string; transcription: string }
  | { type: 'fax'; project: string; fax: string };

/** Reads a resource name; undefined when it is none of these. */
export function parseName(name: string): Named | undefined {
  const [projects, project, collection, id, below, child, ...more] = name.split('/');
  if (projects !== 'projects' || !project || !id || more.length > 0) return undefined;
  if (below === undefined) {
    if (collection === 'calls') return { type: 'call', project, call: id };
    return collection === 'faxes' ? { type: 'fax', project, fax: id } : undefined;
  }
  if (collection !== 'calls' || !child) return undefined;
  if (below === 'recordings') return { type: 'recording', project, call: id, recording: child };
  return below === 'transcriptions' ? { type: 'transcription', project, call: id, transcription: child } : undefined;
}
