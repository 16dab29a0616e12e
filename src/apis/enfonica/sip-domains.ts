/** SIP domains: where calls of the project's own SIP devices come in (VoiceML 4.10). */
import type { Static } from '@sinclair/typebox';
import type { Changed } from '../../records/changed.ts';
import type { ResourceRecord } from '../../records/resource.ts';
import { timestamp } from '../../vendors/enfonica/json.ts';
import { sipDomainExample } from './examples.ts';
import { given, pageOf } from './gives.ts';
import { chosenId, flag, list, message, oneOf, optional, text, uri, web } from './kinds.ts';
import { pageFields } from './paging.ts';
import { recordingConfig, wrongWithRecording } from './recording-config.ts';
import { invalid } from './refusal.ts';
import { answerResources, existing, type Kind, kinds, mustBeFree, type Place, shown } from './resources.ts';
import { type Context, route } from './route.ts';
import { maskField, updated } from './update-mask.ts';

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';

const cidrBlock = message({
  displayName: optional(text('What the block is called.', { maxLength: 100 })),
  cidrBlock: text('An IPv4 block.', {
    pattern: `^(?:${octet}\\.){3}${octet}/(?:3[0-2]|[12]?\\d)$`,
    'x-expected': 'must be an IPv4 block, such as 192.0.2.0/24',
  }),
});

export const sipDomain = message(
  {
    displayName: optional(text('What the domain is called.', { maxLength: 100 })),
    allowRegister: optional(flag('Whether users may register.')),
    callTerminationMode: optional(
      oneOf('What happens to calls that come from its devices.', 'TERMINATION_MODE_UNSPECIFIED', {
        TERMINATION_MODE_DISABLED: 1,
        PSTN_TRUNK: 2,
        PROGRAMMABLE: 3,
      }),
    ),
    callTerminationHandlerUris: optional(list(uri('Asked what to do with such a call.', web), { maxItems: 5 })),
    cidrBlocks: optional(list(cidrBlock, { maxItems: 100 })),
    callRecording: optional(recordingConfig),
  },
  { examples: [sipDomainExample] },
);

export type SipDomain = Static<typeof sipDomain>;

export const sipHost = 'sip.enfonica.com';

export const domainPlace = (project: string, id: string): Place => ({
  kind: kinds.sipDomain,
  project,
  id,
  name: `projects/${project}/sipDomains/${id}`,
});

function toSipDomain({ project, id, body, createTime, deleteTime }: ResourceRecord) {
  return {
    name: domainPlace(project, id).name,
    sipDomainId: id,
    fqdn: `${id}.${sipHost}`,
    ...(body as SipDomain),
    createTime: timestamp(createTime),
    deleteTime: deleteTime === undefined ? undefined : timestamp(deleteTime),
  };
}

function checked(body: SipDomain): SipDomain {
  const { callTerminationMode, callTerminationHandlerUris, callRecording } = body;
  const needsHandler = callTerminationMode === 'PROGRAMMABLE' && !callTerminationHandlerUris;
  const field = 'sipDomain.callTerminationHandlerUris';
  const violations = [
    ...(needsHandler ? [{ field, description: 'must have an entry when callTerminationMode is PROGRAMMABLE' }] : []),
    ...wrongWithRecording(callRecording, 'sipDomain.callRecording'),
  ];
  if (violations.length > 0) throw invalid(violations);
  return body;
}

const path = '/projects/:project/sipDomains/:sipDomain';
const body = { name: 'sipDomain', schema: sipDomain };

export const sipDomains = [
  route({
    id: 'sipDomains.create',
    method: 'POST',
    path: '/projects/:project/sipDomains',
    permission: 'voice.sipDomains.create',
    summary: 'Sets up a SIP domain',
    query: message({ sipDomainId: chosenId('Its id, which nobody else may have.') }),
    body,
    answers: 'SipDomain',
    gives: given('SipDomain'),
    answer: async ({ context, project, query: { sipDomainId: id }, body: given }) => {
      const place = domainPlace(project, id);
      return toSipDomain(
        await context.setup.keep(() => {
          mustBeFree(context, place, id);
          return { kind: place.kind, id, project, name: id, body: checked(given), createTime: context.clock.now() };
        }),
      );
    },
  }),
  route({
    id: 'sipDomains.get',
    method: 'GET',
    path,
    permission: 'voice.sipDomains.get',
    summary: 'Shows a SIP domain, also a deleted one',
    answers: 'SipDomain',
    gives: given('SipDomain'),
    answer: ({ context, project, id }) => toSipDomain(shown(context, domainPlace(project, id('sipDomain')))),
  }),
  route({
    id: 'sipDomains.list',
    method: 'GET',
    path: '/projects/:project/sipDomains',
    permission: 'voice.sipDomains.list',
    summary: 'Lists SIP domains, the newest first',
    query: message({ ...pageFields, showDeleted: optional(flag('Those that are deleted too.')) }),
    answers: '{ sipDomains, nextPageToken }',
    gives: pageOf('sipDomains', 'SipDomain'),
    answer: (asked) => {
      const { page, ...more } = answerResources(asked, { kind: kinds.sipDomain, deleted: asked.query.showDeleted });
      return { sipDomains: page?.map(toSipDomain), ...more };
    },
  }),
  route({
    id: 'sipDomains.update',
    method: 'PATCH',
    path,
    permission: 'voice.sipDomains.update',
    summary: 'Changes a SIP domain',
    query: message(maskField),
    body,
    answers: 'SipDomain',
    gives: given('SipDomain'),
    answer: async ({ context, project, id, query, body: given }) =>
      toSipDomain(
        await context.setup.keep(() => {
          const record = existing(context, domainPlace(project, id('sipDomain')));
          return { ...record, body: checked(updated(sipDomain, record.body, given, query.updateMask)) };
        }),
      ),
  }),
  route({
    id: 'sipDomains.delete',
    method: 'DELETE',
    path,
    permission: 'voice.sipDomains.delete',
    summary: 'Deletes a SIP domain with its aliases and users; it is shown still',
    answers: 'SipDomain, with its deleteTime',
    gives: given('SipDomain'),
    answer: async ({ context, project, id }) =>
      toSipDomain(
        await context.setup.change(() => {
          const record = {
            ...existing(context, domainPlace(project, id('sipDomain'))),
            deleteTime: context.clock.now(),
          };
          const below = [kinds.alias, kinds.user].flatMap((kind) => deletions(context, kind, record));
          return { changes: [{ type: 'resource', record }, ...below], answer: record };
        }),
      ),
  }),
];

/** Should the domain be set up again, it begins without any. */
const deletions = ({ store }: Context, kind: Kind, { project, id }: ResourceRecord): Changed[] =>
  store
    .findResources({ kind, project, parent: id, limit: Number.MAX_SAFE_INTEGER })
    .map((record) => ({ type: 'resource', record, deleted: true }));
