import { apiVersion } from './parameters.ts';
import { accountSid, sidOf } from './sids.ts';

/** Where nobody has said under which URL the engine can be reached. */
const nearby = 'http://localhost';

/** The resource of a project in its API, without extension: of a recording, this is its audio (LaML 5.3). */
export const resourceUrl = (
  publicUrl: string | undefined,
  project: string,
  kind: 'Recordings' | 'Transcriptions',
  id: string,
): string =>
  `${(publicUrl ?? nearby).replace(/\/$/, '')}/api/laml/${apiVersion}/Accounts/${accountSid(project)}/${kind}/${sidOf(id)}`;
