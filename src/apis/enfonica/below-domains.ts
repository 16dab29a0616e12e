/** The routes of what a SIP domain has below it: aliases and users differ in their fields only (VoiceML 4.10). */
import type { Static, TObject } from '@sinclair/typebox';
import type { ResourceRecord } from '../../records/resource.ts';
import { timestamp } from '../../vendors/enfonica/json.ts';
import { given, nothing, pageOf } from './gives.ts';
import { chosenId, message } from './kinds.ts';
import { pageFields } from './paging.ts';
import { answerResources, existing, type Kind, mustBeFree, type Place } from './resources.ts';
import { type Context, type Route, route } from './route.ts';
import { domainPlace } from './sip-domains.ts';
import { maskField, updated } from './update-mask.ts';

export interface BelowDomain<S extends TObject> {
  kind: Kind;
  /** `alias`, and `aliases` for many. */
  one: 'alias' | 'user';
  many: string;
  /** As a text says it. */
  about: string;
  schema: S;
  /** Fills in defaults where it is shown. */
  complete?(fields: Static<S>): object;
}

/** Create, get, list, update and delete. */
export function belowDomain<S extends TObject>({
  kind,
  one,
  many,
  about,
  schema,
  complete = (fields) => fields as object,
}: BelowDomain<S>): Route[] {
  const collection = `/projects/:project/sipDomains/:sipDomain/${many}`;
  const path = `${collection}/:${one}`;
  const idField = `${one}Id`;
  const body = { name: one, schema };
  const Name = one === 'alias' ? 'Alias' : 'User';

  const placeOf = (project: string, domain: string, id: string): Place => ({
    kind,
    project,
    id: `${domain}/${id}`,
    name: `projects/${project}/sipDomains/${domain}/${many}/${id}`,
  });
  const spell = ({ project, id, body: fields, createTime }: ResourceRecord) => {
    const [domain = '', chosen = ''] = id.split('/');
    const { name } = placeOf(project, domain, chosen);
    return { name, [idField]: chosen, ...complete(fields as Static<S>), createTime: timestamp(createTime) };
  };
  const found = (context: Context, project: string, id: (name: string) => string) => {
    existing(context, domainPlace(project, id('sipDomain')));
    return existing(context, placeOf(project, id('sipDomain'), id(one)));
  };

  return [
    route({
      id: `${many}.create`,
      method: 'POST',
      path: collection,
      permission: `voice.${many}.create`,
      summary: `Sets up ${about}`,
      query: message({ [idField]: chosenId('Its id, which no other of the domain may have.') }),
      body,
      answers: Name,
      gives: given(Name),
      answer: async ({ context, project, id, query, body: given }) => {
        const domain = id('sipDomain');
        const place = placeOf(project, domain, (query as Readonly<Record<string, string>>)[idField]!);
        const record = await context.setup.keep(() => {
          existing(context, domainPlace(project, domain));
          mustBeFree(context, place);
          return {
            kind,
            id: place.id,
            project,
            parent: domain,
            body: given as object,
            createTime: context.clock.now(),
          };
        });
        return spell(record);
      },
    }),
    route({
      id: `${many}.get`,
      method: 'GET',
      path,
      permission: `voice.${many}.get`,
      summary: `Shows ${about}`,
      answers: Name,
      gives: given(Name),
      answer: ({ context, project, id }) => spell(found(context, project, id)),
    }),
    route({
      id: `${many}.list`,
      method: 'GET',
      path: collection,
      permission: `voice.${many}.list`,
      summary: `Lists the ${many} of a SIP domain, the newest first`,
      query: message(pageFields),
      answers: `{ ${many}, nextPageToken }`,
      gives: pageOf(many, Name),
      answer: (asked) => {
        const parent = existing(asked.context, domainPlace(asked.project, asked.id('sipDomain'))).id;
        const { page, ...more } = answerResources(asked, { kind, parent });
        return { [many]: page?.map(spell), ...more };
      },
    }),
    route({
      id: `${many}.update`,
      method: 'PATCH',
      path,
      permission: `voice.${many}.update`,
      summary: `Changes ${about}`,
      query: message(maskField),
      body,
      answers: Name,
      gives: given(Name),
      answer: async ({ context, project, id, query, body: given }) =>
        spell(
          await context.setup.keep(() => {
            const record = found(context, project, id);
            return { ...record, body: updated(schema, record.body as never, given, query.updateMask) as object };
          }),
        ),
    }),
    route({
      id: `${many}.delete`,
      method: 'DELETE',
      path,
      permission: `voice.${many}.delete`,
      summary: `Deletes ${about}`,
      answers: '{}',
      gives: nothing,
      answer: ({ context, project, id }) =>
        context.setup.change(() => {
          const record = found(context, project, id);
          return { changes: [{ type: 'resource', record, deleted: true }], answer: {} };
        }),
    }),
  ];
}
