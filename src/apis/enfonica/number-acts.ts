/** What else is done with a number than to keep it: move it to another project, split its range (VoiceML 4.11). */
import { given } from './gives.ts';
import { integer, message, optional, text } from './kinds.ts';
import { changesOf, idOfNumber, type NumberRecord, toInstance } from './number-records.ts';
import { numbersFrom } from './numbering-plan.ts';
import { numberOf } from './phone-number-instances.ts';
import { Refusal, wrong } from './refusal.ts';
import { kinds } from './resources.ts';
import { route } from './route.ts';

/** Without the colon of what follows. */
const path = '/projects/:project/phoneNumberInstances/:phoneNumberInstance(^[^:/]+)';
const permission = (verb: string) => `numbering.phoneNumberInstances.${verb}`;

const move = message({
  destinationParent: text('The project to move it to.', {
    pattern: '^projects/[^/]+$',
    'x-expected': 'must be projects/{project}',
  }),
  regulatoryListing: optional(text('The listing of that project that it will belong to.')),
});

const split = message({ size: integer('How many numbers the first of the two has.', { minimum: 1 }) });

export const numberActs = [
  route({
    id: 'phoneNumberInstances.move',
    method: 'POST',
    path: `${path}::move`,
    permission: permission('move'),
    summary: 'Moves a number to another project that the token is for',
    body: { name: '', schema: move },
    answers: 'PhoneNumberInstance',
    gives: given('PhoneNumberInstance'),
    answer: ({ context, project, id, body: { destinationParent, regulatoryListing } }) =>
      context.setup.change(() => {
        const record = numberOf(context, project, id('phoneNumberInstance'));
        if (destinationParent !== `projects/${project}`)
          throw new Refusal('PERMISSION_DENIED', `${destinationParent} does not exist, or the token is not for it`);
        const body = { ...record.body, ...(regulatoryListing !== undefined && { regulatoryListing }) };
        const moved: NumberRecord = { ...record, body };
        return { changes: [{ type: 'resource', record: moved }], answer: toInstance(moved) };
      }),
  }),
  route({
    id: 'phoneNumberInstances.splitRange',
    method: 'POST',
    path: `${path}::splitRange`,
    permission: permission('splitRange'),
    summary: 'Makes two ranges of one',
    body: { name: '', schema: split },
    answers: '{ first, second }',
    gives: message({ first: given('PhoneNumberInstance'), second: given('PhoneNumberInstance') }),
    answer: ({ context, project, id, body: { size } }) =>
      context.setup.change(() => {
        const record = numberOf(context, project, id('phoneNumberInstance'));
        const { range, phoneNumber: start, ...fields } = record.body;
        const whole = range?.size;
        if (whole === undefined) throw new Refusal('FAILED_PRECONDITION', 'the number is not a range');
        if (size >= whole) throw wrong('size', `must be from 1 to ${whole - 1}`);
        const phoneNumber = numbersFrom(start, size + 1)[size]!;
        const first: NumberRecord = { ...record, body: { ...fields, phoneNumber: start, ...sized(size) } };
        const second: NumberRecord = {
          ...record,
          id: idOfNumber(phoneNumber),
          name: phoneNumber,
          createTime: context.clock.now(),
          body: { ...fields, phoneNumber, ...sized(whole - size) },
        };
        const alone = { kind: kinds.rangeNumber, project, id: phoneNumber, name: phoneNumber, body: {}, createTime: 0 };
        return {
          changes: [{ type: 'resource', record: alone, deleted: true }, ...changesOf(first), ...changesOf(second)],
          answer: { first: toInstance(first), second: toInstance(second) },
        };
      }),
  }),
];

const sized = (size: number) => (size > 1 ? { range: { size } } : {});
