import type { Phone } from './script.ts';

export interface MagicNumber {
  number: string;
  /** What happens when it is called, as a sentence of the documentation. */
  about: string;
  phone: Phone;
}

/** Fictional numbers that behave in a way of their own; every other one is answered after 2 s by somebody who stays. */
export const magicNumbers: readonly MagicNumber[] = [
  {
    number: '+15555550100',
    about: 'Answers after 2 s, says "Hello, how can I help?" and stays until the other side hangs up.',
    phone: { script: [{ after: 0.5, say: 'Hello, how can I help?' }] },
  },
  { number: '+15555550101', about: 'Is busy.', phone: { busy: true } },
  { number: '+15555550102', about: 'Rings, and never answers.', phone: { answers: false } },
  { number: '+15555550103', about: 'Refuses the call after 2 s of ringing.', phone: { rejects: true } },
  { number: '+15555550104', about: 'Cannot be reached.', phone: { unreachable: true, after: 1 } },
  { number: '+15555550105', about: 'Is not a valid number, says the network.', phone: { invalid: true } },
  { number: '+15555550106', about: 'Answers after 2 s and hangs up at once.', phone: { drops: true } },
  {
    number: '+15555550107',
    about: 'An answering machine: answers after 2 s, says its greeting, beeps and listens.',
    phone: { machine: { greeting: 'Nobody is here right now. Please leave a message after the tone.', beep: true } },
  },
  {
    number: '+15555550108',
    about: 'A fax machine: answers after 2 s, sends a fax of two pages to whoever receives it, and hangs up.',
    phone: { fax: { pages: 2 } },
  },
  {
    number: '+15555550109',
    about: 'Answers after 2 s and presses 1 two seconds later: accepts a call that is screened.',
    phone: { script: [{ after: 2, press: '1' }] },
  },
  {
    number: '+15555550110',
    about: 'Answers after 2 s and presses 2 two seconds later: declines a call that is screened.',
    phone: { script: [{ after: 2, press: '2' }] },
  },
  { number: '+15555550111', about: 'The network fails before it rings.', phone: { fails: true } },
  {
    number: '+15555550112',
    about: 'Answers after 2 s and hangs up 10 s later.',
    phone: { hangsUp: 10 },
  },
  {
    number: '+15555550113',
    about: 'Begins to ring only after 5 s, and answers 2 s later.',
    phone: { after: 5 },
  },
  {
    number: '+15555550114',
    about: 'Takes one call at a time: answers after 2 s, and is busy for everybody else meanwhile.',
    phone: { lines: 1 },
  },
  {
    number: '+15555550115',
    about: 'Is announced as out of service before the answer, and cannot be reached.',
    phone: { unreachable: true, earlyMedia: 'The number you have called is not in service.' },
  },
  {
    number: '+15555550116',
    about: 'Answers after 2 s, puts the caller on hold 3 s later for 10 s, and stays.',
    phone: {
      script: [
        { after: 3, hold: true },
        { after: 10, resume: true },
      ],
    },
  },
  {
    number: '+15555550117',
    about: 'An answering machine that does not beep: answers after 2 s, says its greeting and listens.',
    phone: { machine: { greeting: 'Nobody is here right now. Please call again tomorrow.', beep: false } },
  },
  {
    number: '+15555550118',
    about: 'Answers after 2 s, says "Hello?" and stays: a person, as machine detection knows them.',
    phone: { script: [{ after: 0.5, say: 'Hello?' }] },
  },
  {
    number: '+15555550119',
    about: 'Answers after 2 s, and neither receives text messages nor lets itself be referred to somebody else.',
    phone: { texts: false, refers: 'refuses' },
  },
];

export const magicPhones: Readonly<Record<string, Phone>> = Object.fromEntries(
  magicNumbers.map(({ number, phone }) => [number, phone]),
);
