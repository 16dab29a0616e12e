import { type Api, app } from '../api.ts';
import { done } from '../case.ts';
import { talking } from './calls.ts';

export const prefixed = (letters: string, sid: string) => letters + sid.replaceAll('-', '');

export const room = (attributes: string, name = 'Room 1') =>
  `<Response><Dial action="${app}/over"><Conference ${attributes}>${name}</Conference></Dial></Response>`;

/** A call that dials into a conference as this document says. */
export async function entering(api: Api, document: string): Promise<string> {
  api.documents['/room'] = document;
  const { calls } = await done(api, 'GET', '/Calls');
  return talking(api, { Url: `${app}/room`, To: `+15550100${200 + (calls as unknown as object[]).length}` });
}

/** Ann and Bob.Smith talk. */
export async function meeting(api: Api): Promise<{ sid: string; path: string; ann: string; bob: string }> {
  api.documents['/over'] = '<Response><Pause length="600"/></Response>';
  const ann = await entering(api, room('participantLabel="Ann Lee"'));
  const bob = await entering(api, room('participantLabel="bob.smith"'));
  const { conferences } = await done(api, 'GET', '/Conferences');
  const { sid } = (conferences as unknown as { sid: string }[])[0]!;
  return { sid, path: `/Conferences/${sid}/Participants`, ann, bob };
}
