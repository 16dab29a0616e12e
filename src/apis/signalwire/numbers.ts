/** Numbers of the project (LaML 6.7). */
import type { Changed } from '../../records/changed.ts';
import type { ResourceRecord } from '../../records/resource.ts';
import { formatted } from '../../vendors/signalwire/call-json.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import { isTaken } from '../enfonica/number-records.ts';
import { kinds } from '../enfonica/resources.ts';
import { offered } from './available-numbers.ts';
import { instanceOf, numberOf, settingsKind, settingsOf, settingsRecord } from './number-records.ts';
import { numberFields, settingsFrom, showNumber } from './number-settings.ts';
import { listed, sieved } from './paging.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Asked } from './route.ts';
import { routesOf } from './routes-of.ts';
import { parametersOf } from './settings-fields.ts';

const { create, list, get, update, remove } = routesOf({
  id: 'numbers',
  path: '/IncomingPhoneNumbers',
  one: 'a number',
  permission: 'numbering.phoneNumberInstances',
  component: 'Number',
  key: 'incoming_phone_numbers',
});

function existing(asked: Asked): ResourceRecord {
  const number = numberOf(idOf(asked.sid('number')) ?? '');
  const instance = number === undefined ? undefined : instanceOf(asked.context.store, asked.project, number);
  if (!instance) throw notFound('the number');
  return instance;
}

/** The number that is wanted, or a free one of an area. */
function wantedNumber({ form, context }: Asked): string {
  const number = form.text('PhoneNumber');
  if (number !== undefined) {
    if (!/^\+[1-9]\d{4,14}$/.test(number)) throw new Refusal(21421, 'PhoneNumber must be + and 5 to 15 digits');
    return number;
  }
  const area = form.text('AreaCode');
  if (area === undefined || !/^[2-9]\d\d$/.test(area))
    throw new Refusal(21421, 'PhoneNumber is needed, or AreaCode with three digits');
  const free = offered(`+1${area}`).find((one) => !isTaken(context.store, one));
  if (free === undefined) throw new Refusal(21452, `no number of the area ${area} is free`);
  return free;
}

/** The two ways in which a project comes by a number. */
interface Way {
  origin: 'signalwire' | 'hosted';
  number: string;
}

/** Makes a number the project's; nobody is told whose a number is that somebody has. */
async function take(asked: Asked, wanted: () => Way): Promise<object> {
  const { context, project } = asked;
  const instance = await context.setup.change(() => {
    const { number, origin } = wanted();
    if (isTaken(context.store, number)) throw new Refusal(21422, `${number} is taken`);
    const record: ResourceRecord = {
      kind: kinds.number,
      id: number.slice(1),
      project,
      name: number,
      body: { phoneNumber: number },
      createTime: context.clock.now(),
    };
    const settings = { ...settingsFrom(asked, {}), ...(origin === 'hosted' && { _origin: origin }) };
    const changes: Changed[] = [
      { type: 'resource', record },
      { type: 'resource', record: settingsRecord(record, settings) },
    ];
    return { changes, answer: record };
  });
  return showNumber(asked, instance);
}

/** `*` is any digit; a part of a number is enough. */
function fits(pattern: string | undefined): (number: string) => boolean {
  if (pattern === undefined) return () => true;
  if (!/^\+?[\d*]{1,20}$/.test(pattern)) throw new Refusal(21421, 'PhoneNumber must be digits, with * for any');
  const expression = new RegExp(pattern.replace('+', '\\+').replaceAll('*', '\\d'));
  return (number) => expression.test(number);
}

export const numbers = [
  create({
    summary: 'Takes a number: any that nobody has',
    parameters: {
      PhoneNumber: 'The number, with +.',
      AreaCode: 'Or any of this area of North America.',
      ...parametersOf(numberFields),
    },
    answer: (asked) => take(asked, () => ({ origin: 'signalwire', number: wantedNumber(asked) })),
  }),
  create({
    id: 'numbers.import',
    path: '/Accounts/:account/ImportedPhoneNumbers',
    summary: 'Brings a number along that another carrier has given: any that nobody has here',
    parameters: { PhoneNumber: 'The number, with +.', ...parametersOf(numberFields) },
    answers: 'The number; its `origin` is hosted.',
    answer: (asked) => {
      if (asked.form.text('PhoneNumber') === undefined) throw new Refusal(21421, 'PhoneNumber is needed');
      return take(asked, () => ({ origin: 'hosted', number: wantedNumber(asked) }));
    },
  }),
  list({
    summary: 'Lists the numbers of the project, the newest first',
    parameters: {
      PhoneNumber: 'A part of it, with * for any digit.',
      FriendlyName: 'Its name.',
      Origin: 'signalwire (twilio is the same) or hosted.',
      Beta: 'true: those that are new to the vendor, which none is.',
    },
    answer: (asked) => {
      const { context, project, form } = asked;
      const isIt = fits(form.text('PhoneNumber'));
      const name = form.text('FriendlyName');
      const origin = form.choice('Origin', ['signalwire', 'twilio', 'hosted'], 10000)?.replace('twilio', 'signalwire');
      const areNew = form.flag('Beta') ?? false;
      const isOne = (record: ResourceRecord): boolean => {
        const settings = settingsOf(context.store, record);
        const number = record.name ?? '';
        return (
          isIt(number) &&
          (name === undefined || (settings.friendly_name ?? formatted(number)) === name) &&
          (origin === undefined || (settings._origin ?? 'signalwire') === origin)
        );
      };
      return listed<ResourceRecord>(asked, {
        key: 'incoming_phone_numbers',
        find: sieved(
          (piece) => context.store.findResources({ kind: kinds.number, project, ...piece }),
          (record) => !areNew && isOne(record),
        ),
        show: (record) => showNumber(asked, record),
      });
    },
  }),
  get({ answer: (asked) => showNumber(asked, existing(asked)) }),
  update({
    summary: 'Changes what calls to a number run',
    parameters: parametersOf(numberFields),
    answer: async (asked) => {
      const { context } = asked;
      const instance = await context.setup.change(() => {
        const found = existing(asked);
        const record = settingsRecord(found, settingsFrom(asked, settingsOf(context.store, found)));
        return { changes: [{ type: 'resource', record }], answer: found };
      });
      return showNumber(asked, instance);
    },
  }),
  remove({
    summary: 'Gives a number back',
    answer: async (asked) => {
      const { store, clock, setup } = asked.context;
      await setup.change(() => {
        const record = existing(asked);
        const settings = store.resource(settingsKind, record.project, record.id);
        const gone: Changed[] = settings ? [{ type: 'resource', record: settings, deleted: true }] : [];
        return {
          changes: [{ type: 'resource', record: { ...record, deleteTime: clock.now() } }, ...gone],
          answer: undefined,
        };
      });
    },
  }),
];
