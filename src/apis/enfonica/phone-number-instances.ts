/** The numbers of a project, and what is asked when they are called (VoiceML 4.11). */
import { newNumberExample } from './examples.ts';
import { given, pageOf } from './gives.ts';
import { e164, flag, integer, message, optional } from './kinds.ts';
import { wrongWithLabels } from './labels.ts';
import {
  changeableNumber,
  changesOf,
  idOfNumber,
  isTaken,
  type NumberFields,
  type NumberRecord,
  numberFields,
  numberPlace,
  toInstance,
} from './number-records.ts';
import { numbersFrom, toInternational } from './numbering-plan.ts';
import { pageFields } from './paging.ts';
import { prefixField } from './phone-numbers.ts';
import { invalid, Refusal } from './refusal.ts';
import { answerResources, existing, kinds, shown } from './resources.ts';
import { type Context, route } from './route.ts';
import { maskField, updated } from './update-mask.ts';

const collection = '/projects/:project/phoneNumberInstances';
const path = `${collection}/:phoneNumberInstance`;
const name = 'phoneNumberInstance';
const permission = (verb: string) => `numbering.phoneNumberInstances.${verb}`;

const newNumber = message(
  {
    ...numberFields,
    phoneNumber: message({ phoneNumber: e164('The number, or the first one of a range.') }),
    range: optional(
      message({ size: optional(integer('How many numbers follow each other.', { minimum: 1, maximum: 100 })) }),
    ),
  },
  { examples: [newNumberExample] },
);

function checked<F extends NumberFields>(fields: F): F {
  const limits = { keys: 50, keyLength: 100, valueLength: 1_000 };
  const violations = wrongWithLabels(fields.labels, `${name}.labels`, limits);
  if (violations.length > 0) throw invalid(violations);
  return fields;
}

/** One that is there still, of the project. */
export const numberOf = (context: Context, project: string, id: string): NumberRecord =>
  existing(context, numberPlace(project, id)) as NumberRecord;

const keep = (context: Context, decide: () => NumberRecord) =>
  context.setup.change(() => {
    const record = decide();
    return { changes: changesOf(record), answer: toInstance(record) };
  });

export const phoneNumberInstances = [
  route({
    id: 'phoneNumberInstances.create',
    method: 'POST',
    path: collection,
    permission: permission('create'),
    summary: 'Takes a number that nobody has, or a range of them',
    body: { name, schema: newNumber },
    answers: 'PhoneNumberInstance',
    gives: given('PhoneNumberInstance'),
    answer: ({ context, project, body: { phoneNumber: asked, range, ...fields } }) =>
      keep(context, () => {
        const { phoneNumber } = asked;
        const size = range?.size ?? 1;
        const taken = numbersFrom(phoneNumber, size).find((number) => isTaken(context.store, number));
        if (taken) throw new Refusal('ALREADY_EXISTS', `${taken} is taken`);
        const body = { ...checked(fields), phoneNumber, ...(size > 1 && { range: { size } }) };
        const { kind, id } = numberPlace(project, idOfNumber(phoneNumber));
        return { kind, id, project, name: phoneNumber, body, createTime: context.clock.now() };
      }),
  }),
  route({
    id: 'phoneNumberInstances.get',
    method: 'GET',
    path,
    permission: permission('get'),
    summary: 'Shows a number, also a deleted one',
    answers: 'PhoneNumberInstance',
    gives: given('PhoneNumberInstance'),
    answer: ({ context, project, id }) => toInstance(shown(context, numberPlace(project, id(name)))),
  }),
  route({
    id: 'phoneNumberInstances.list',
    method: 'GET',
    path: collection,
    permission: permission('list'),
    summary: 'Lists the numbers of the project, the newest first',
    query: message({
      ...pageFields,
      prefix: optional(prefixField('How they begin: as E.164, or with 0 as within Australia.')),
      includeDeleted: optional(flag('Those that are deleted too.')),
    }),
    answers: '{ phoneNumberInstances, nextPageToken }',
    gives: pageOf('phoneNumberInstances', 'PhoneNumberInstance'),
    answer: (asked) => {
      const { prefix, includeDeleted: deleted } = asked.query;
      const which = { kind: kinds.number, prefix: toInternational(prefix), deleted };
      const { page, ...more } = answerResources(asked, which);
      return { phoneNumberInstances: page?.map(toInstance), ...more };
    },
  }),
  route({
    id: 'phoneNumberInstances.update',
    method: 'PATCH',
    path,
    permission: permission('update'),
    summary: 'Changes a number',
    query: message(maskField),
    body: { name, schema: changeableNumber },
    answers: 'PhoneNumberInstance',
    gives: given('PhoneNumberInstance'),
    answer: ({ context, project, id, query, body: given }) =>
      keep(context, () => {
        const record = numberOf(context, project, id(name));
        const { phoneNumber, range, ...fields } = record.body;
        const after = checked(updated(changeableNumber, fields, given, query.updateMask));
        return { ...record, body: { ...after, phoneNumber, ...(range && { range }) } };
      }),
  }),
  route({
    id: 'phoneNumberInstances.delete',
    method: 'DELETE',
    path,
    permission: permission('delete'),
    summary: 'Gives a number back; it is shown still',
    answers: 'PhoneNumberInstance, with its deleteTime',
    gives: given('PhoneNumberInstance'),
    answer: ({ context, project, id }) =>
      keep(context, () => ({ ...numberOf(context, project, id(name)), deleteTime: context.clock.now() })),
  }),
];
