import type { Api } from './api.ts';
import { done } from './case.ts';

export const callsPath = '/v1beta1/projects/demo/calls';
export const app = 'https://app.example.test/voice';

export const newCall = (differing: object = {}) => ({
  to: '+61491570156',
  from: '+61255501234',
  options: { handlerUris: [app] },
  ...differing,
});

/** Makes a call by the API and gives its name. */
export async function make(api: Api, differing: object = {}, as = 'demo'): Promise<string> {
  const made = await done(api, 'POST', callsPath.replace('demo', as), { body: newCall(differing), as });
  return made.name as string;
}
