import { idOf } from '../../../vendors/records.ts';
import type { Api } from '../api.ts';
import { callsPath, newCall } from '../call-fields.ts';
import { type Case, done, expectRefused, shows } from '../case.ts';
import { seed } from './products.ts';

const unavailable = { code: 503, status: 'UNAVAILABLE' };

const full = (api: Api) => Object.assign(api.store, { ready: false });

/** What goes wrong inside stays inside. */
export const trouble: Case[] = [
  shows('api store-full', 'begins nothing while nothing can be kept, and shows what there is', async (api) => {
    full(api);
    expectRefused(await api.ask('POST', callsPath, { body: newCall() }), unavailable);
    const domains = '/v1beta1/projects/demo/sipDomains';
    expectRefused(await api.ask('POST', `${domains}?sipDomainId=desk`, { body: {} }), unavailable);
    await done(api, 'GET', callsPath);
  }),
  shows('api defect', 'says nothing of what went wrong inside', async (api) => {
    seed(api);
    const path = `/v1beta1/projects/demo/calls/${idOf('c1')}/recordings/${idOf('e1')}`;
    const { audio } = (await done(api, 'GET', path)) as { audio: [{ uri: string }] };
    api.service.openFile = () => Promise.reject(new Error('EACCES: /data/e1.wav'));
    const answer = await api.ask('GET', audio[0].uri, { as: null });
    expectRefused(answer, { code: 500, status: 'INTERNAL', message: /^[^/]*$/ });
  }),
];
