import { expect } from 'vitest';
import type { CallRecord } from '../../../../src/records/call.ts';
import { callRecord, idOf } from '../../../vendors/records.ts';
import type { Api } from '../api.ts';
import { done, failedPrecondition, notFound, refuses, shows } from '../case.ts';
import { put } from '../seed.ts';

const path = `/v1beta1/projects/demo/calls/${idOf('c1')}/sipInfo`;

const has = (differing: Partial<CallRecord>) => async (api: Api) =>
  put(api, { type: 'call', record: callRecord({ transport: 'SIP', state: 'completed', ...differing }) });

const start = Date.UTC(2025, 11, 31, 9);

export const sipInfo = [
  shows('sipInfo.get over', 'shows when a SIP call was on the wire, and its Call-ID', async (api) => {
    await has({ startTime: start, endTime: start + 60_000, sipCallId: 'a84b4c76e66710@pc33' })(api);
    expect(await done(api, 'GET', path)).toEqual({
      name: path.slice('/v1beta1/'.length),
      startTime: '2025-12-31T09:00:00Z',
      endTime: '2025-12-31T09:01:00Z',
      sipCallId: 'a84b4c76e66710@pc33',
    });
  }),
  refuses(
    'sipInfo.get going-on',
    'shows nothing of a call that is not over',
    ['GET', path],
    failedPrecondition,
    has({ state: 'inProgress' }),
  ),
  refuses(
    'sipInfo.get not-sip',
    'has nothing of a call that is not SIP',
    ['GET', path],
    notFound,
    has({ transport: 'PSTN' }),
  ),
  refuses(
    'sipInfo.get old',
    'has nothing of a call that ended more than 30 days ago',
    ['GET', path],
    notFound,
    has({ endTime: start - 31 * 86_400_000 }),
  ),
  refuses('sipInfo.get no-call', 'has nothing of a call that is not there', ['GET', path], notFound),
];
