/** Faxes: shown and listed. They belong to the project, not to their call (VoiceML 4.9). */
import { toFax } from '../../vendors/enfonica/fax.ts';
import { faxName } from '../../vendors/enfonica/names.ts';
import { linkTo } from './files.ts';
import { given, pageOf } from './gives.ts';
import { message, optional, view } from './kinds.ts';
import { pageFields } from './paging.ts';
import { answerProducts } from './products.ts';
import { notFound } from './refusal.ts';
import { route } from './route.ts';

const names = { BASIC: 'BASIC', FULL: 'FULL' } as const;
const asView = (about: string) => optional(view('FAX_VIEW_UNSPECIFIED', names, about));

const getFax = route({
  id: 'faxes.get',
  method: 'GET',
  path: '/projects/:project/faxes/:fax',
  permission: 'voice.faxes.get',
  summary: 'Shows a fax',
  query: message({ view: asView('FULL unless given: with a link to its pages, which is valid for 60 minutes.') }),
  answers: 'Fax',
  gives: given('Fax'),
  answer: ({ context, project, id, query }) => {
    const record = context.store.fax(id('fax'));
    if (record?.project !== project) throw notFound(faxName(project, id('fax')));
    return toFax(record, query.view === 'BASIC' ? 'basic' : 'full', linkTo(context));
  },
});

const listFaxes = route({
  id: 'faxes.list',
  method: 'GET',
  path: '/projects/:project/faxes',
  permission: 'voice.faxes.list',
  summary: 'Lists faxes, the newest first',
  query: message({ ...pageFields, view: asView('BASIC unless given: without the link to its pages.') }),
  answers: '{ faxes, nextPageToken }',
  gives: pageOf('faxes', 'Fax'),
  answer: (asked) => {
    const shown = asked.query.view === 'FULL' ? 'full' : 'basic';
    const { page, nextPageToken } = answerProducts(asked, 'faxes', (which) => asked.context.store.findFaxes(which));
    return { faxes: page?.map((record) => toFax(record, shown, linkTo(asked.context))), nextPageToken };
  },
});

export const faxes = [getFax, listFaxes];
