/** How numbers are kept: an instance has its first number as its name, each further one of a range a record below it. */
import type { Static } from '@sinclair/typebox';
import type { Changed } from '../../records/changed.ts';
import type { ResourceRecord } from '../../records/resource.ts';
import type { Store } from '../../store/store.ts';
import { timestamp } from '../../vendors/enfonica/json.ts';
import { labels, list, message, oneOf, optional, text, uri, web } from './kinds.ts';
import { describe, numbersFrom } from './numbering-plan.ts';
import { kinds, type Place } from './resources.ts';

/** What can be changed of a number. */
export const numberFields = {
  displayName: optional(text('What the number is called.', { maxLength: 100 })),
  labels: optional(labels('At most 50; keys of 100 and values of 1,000 characters.')),
  incomingMessageHandlerUris: optional(list(uri('Asked about messages.', web), { maxItems: 5 })),
  incomingCallHandlerUris: optional(
    list(uri('Asked what to do with a call.', ['http', 'https', 'sip', 'tel']), { maxItems: 5 }),
  ),
  callRecordingTrigger: optional(
    oneOf('From when its calls are recorded.', 'RECORDING_TRIGGER_UNSPECIFIED', { DISABLED: 1, ANSWER: 2, BRIDGE: 3 }),
  ),
  regulatoryListing: optional(text('The listing that the number belongs to.')),
};

export const changeableNumber = message(numberFields);

export type NumberFields = Static<typeof changeableNumber>;

export interface NumberBody extends NumberFields {
  phoneNumber: string;
  /** Under which it is sold, and set up. */
  sku?: string;
  activationSku?: string;
  /** Of more numbers than this first one. */
  range?: { size: number };
}

export interface NumberRecord extends ResourceRecord {
  body: NumberBody;
}

/** A number is called by its digits where an id is wanted. */
export const idOfNumber = (number: string): string => number.slice(1);

export const numberPlace = (project: string, id: string): Place => ({
  kind: kinds.number,
  project,
  id,
  name: `projects/${project}/phoneNumberInstances/${id}`,
});

/** In the words of the API. */
export function toInstance({ project, id, body, createTime, deleteTime }: ResourceRecord) {
  const { phoneNumber, range, sku, activationSku, ...fields } = body as NumberBody;
  const { name } = numberPlace(project, id);
  const isDeleted = deleteTime !== undefined;
  return {
    name,
    phoneNumber: { ...describe(phoneNumber), sku, activationSku },
    ...fields,
    createTime: timestamp(createTime),
    deleteTime: isDeleted ? timestamp(deleteTime) : undefined,
    activateTime: timestamp(createTime),
    lifecycleState: isDeleted ? 'DELETED' : 'ACTIVE',
    range: range && toRange(name, phoneNumber, range.size),
    compliant: true,
  };
}

const toRange = (name: string, first: string, size: number) => ({
  primaryPhoneNumberInstance: name,
  startPhoneNumber: first,
  endPhoneNumber: numbersFrom(first, size).at(-1),
  size,
});

/** Somebody has the number, alone or in a range. */
export const isTaken = (store: Store, number: string): boolean => instanceOf(store, number) !== undefined;

/** Whose number it is, of all projects. */
export function instanceOf(store: Store, number: string): NumberRecord | undefined {
  const alone = store.resourceNamed(kinds.number, number);
  if (alone) return alone as NumberRecord;
  const inRange = store.resourceNamed(kinds.rangeNumber, number);
  return inRange && (store.resource(kinds.number, inRange.project, inRange.parent ?? '') as NumberRecord | undefined);
}

/** An instance and the further numbers of its range, kept; deleted ones leave their numbers to others. */
export function changesOf(record: NumberRecord): Changed[] {
  const { project, id, createTime, deleteTime, body } = record;
  const further = numbersFrom(body.phoneNumber, body.range?.size ?? 1).slice(1);
  const kept = { kind: kinds.rangeNumber, project, parent: id, body: {}, createTime };
  return [
    { type: 'resource', record },
    ...further.map((number): Changed => {
      const one = { ...kept, id: number, name: number };
      return deleteTime === undefined
        ? { type: 'resource', record: one }
        : { type: 'resource', record: one, deleted: true };
    }),
  ];
}
