/** What a new call can be told, each parameter with its bounds (LaML 6.3). */
import { expect } from 'vitest';
import { newCallParameters } from '../../../../src/apis/signalwire/new-call.ts';
import type { CallOptions } from '../../../../src/records/call.ts';
import { app } from '../api.ts';
import { type Case, expectRefused, shows } from '../case.ts';
import { newCall } from './calls.ts';
import { amd, detection, type Form, kept, optionsOf, recorded, refused } from './kept-calls.ts';

/** Whole numbers: least, most, unless given, code, what stands beside them, where they are kept. */
const numbers: readonly (readonly [
  string,
  number,
  number,
  number | undefined,
  number,
  Form,
  (o: CallOptions) => unknown,
])[] = [
  ['Timeout', 1, 600, 60, 21208, {}, ({ ringMs }) => ringMs / 1000],
  ['TimeLimit', 1, 86_400, undefined, 10000, {}, ({ maxMs }) => maxMs && maxMs / 1000],
  ['MachineDetectionTimeout', 1, 120, 30, 21234, detection, (o) => o.machineDetection!.timeoutMs / 1000],
  ['MachineDetectionSpeechThreshold', 1000, 6000, 2400, 21234, detection, (o) => o.machineDetection!.speechMs],
  ['MachineDetectionSpeechEndThreshold', 500, 5000, 1200, 21234, detection, (o) => o.machineDetection!.speechEndMs],
  ['MachineDetectionSilenceTimeout', 2000, 10_000, 5000, 21234, detection, (o) => o.machineDetection!.silenceMs],
  ['MachineWordsThreshold', 1, 100, 6, 21234, detection, (o) => o.machineDetection!.words],
];

const byNumber = numbers.map(([name, least, most, usual, code, beside, of]) =>
  shows(
    `calls.create bounds-${name}`,
    `takes ${name} from ${least} to ${most}${usual === undefined ? '' : `, ${usual} unless given`}`,
    async (api) => {
      for (const value of [least, most])
        expect(of(await optionsOf(api, { ...beside, [name]: String(value) }))).toBe(value);
      for (const nothing of [{}, { [name]: '' }])
        expect(of(await optionsOf(api, { ...beside, ...nothing }))).toBe(usual);
      const repeated: [string, string][] = [...Object.entries(beside), [name, String(most)], [name, String(least)]];
      expect(of(await optionsOf(api, repeated)), 'the first counts').toBe(most);
      const strange = [least - 1, most + 1, `${least}.0`, `-${least}`, `+${least}`, `1e3`, ' ', 'x', '0x10', '９'];
      for (const value of [...strange, '9'.repeat(400), `${least}\0`])
        await refused(api, { ...beside, [name]: String(value) }, code);
    },
  ),
);

/** Words: what they mean, unless given, code, what stands beside them, where they are kept. */
const words: readonly (readonly [
  string,
  Record<string, unknown>,
  unknown,
  number,
  Form,
  (o: CallOptions) => unknown,
])[] = [
  ['Method', { GET: 'GET', POST: 'POST', get: 'GET' }, 'POST', 21209, {}, (o) => o.handlerUrls[0]!.method],
  [
    'FallbackMethod',
    { GET: 'GET', POST: 'POST' },
    'POST',
    21209,
    { FallbackUrl: `${app}/f` },
    (o) => o.fallback!.method,
  ],
  [
    'StatusCallbackMethod',
    { GET: 'GET', POST: 'POST' },
    'POST',
    21209,
    { StatusCallback: `${app}/s` },
    (o) => o.stateCallback!.method,
  ],
  [
    'AsyncAmdStatusCallbackMethod',
    { GET: 'GET', POST: 'POST' },
    'POST',
    21209,
    amd,
    (o) => o.machineDetection!.callback!.method,
  ],
  [
    'RecordingStatusCallbackMethod',
    { GET: 'GET', POST: 'POST' },
    'POST',
    21209,
    recorded,
    (o) => o.recording!.recordingReady!.method,
  ],
  [
    'MachineDetection',
    { none: undefined, Enable: 'answer', DetectMessageEnd: 'greeting', enable: 'answer' },
    undefined,
    21234,
    {},
    (o) => o.machineDetection?.until,
  ],
  [
    'AsyncAmd',
    { true: 'beside', false: 'before', TRUE: 'beside' },
    'before',
    10000,
    { ...amd, AsyncAmd: '' },
    (o) => o.machineDetection!.when,
  ],
  [
    'AsyncAmdPartialResults',
    { true: true, false: undefined },
    undefined,
    10000,
    amd,
    (o) => o.machineDetection!.partialResults,
  ],
  ['Record', { true: 'answer', false: undefined, True: 'answer' }, undefined, 10000, {}, (o) => o.recording?.trigger],
  ['RecordingChannels', { mono: 1, dual: 2 }, 1, 10000, recorded, (o) => o.recording!.channels],
  [
    'RecordingTrack',
    { inbound: 'received', outbound: 'sent', both: 'both' },
    'both',
    10000,
    recorded,
    (o) => o.recording!.track,
  ],
  ['Trim', { 'trim-silence': true, 'do-not-trim': false }, true, 13699, recorded, (o) => o.recording!.trim],
];

const byWord = words.map(([name, meanings, usual, code, beside, of]) =>
  shows(`calls.create words-${name}`, `takes ${name}, and no word that it does not know`, async (api) => {
    for (const [value, meaning] of Object.entries(meanings))
      expect(of(await optionsOf(api, { ...beside, [name]: value })), value).toBe(meaning);
    for (const nothing of [{}, { [name]: '' }]) expect(of(await optionsOf(api, { ...beside, ...nothing }))).toBe(usual);
    const first = Object.keys(meanings)[0]!;
    for (const value of ['PUT', '1', 'yes', `${first}\n`, ` ${first}`, `${first},${first}`, 'null', 'constructor'])
      await refused(api, { ...beside, [name]: value }, code);
  }),
);

/** URLs: their code, what stands beside them, where they are kept. */
const urls: readonly (readonly [string, number, Form, (o: CallOptions) => string])[] = [
  ['Url', 21205, {}, (o) => o.handlerUrls[0]!.url],
  ['FallbackUrl', 21402, {}, (o) => o.fallback!.url],
  ['StatusCallback', 21456, {}, (o) => o.stateCallback!.url],
  ['AsyncAmdStatusCallback', 21456, amd, (o) => o.machineDetection!.callback!.url],
  ['RecordingStatusCallback', 21456, recorded, (o) => o.recording!.recordingReady!.url],
];

const goodUrls = [
  'http://a.example',
  'HTTPS://A.example:8443/x?y=1&z=%20#rt=1',
  'https://me:it@a.example/',
  'https://bücher.example/ä',
];
const badUrls = [
  'x',
  '/x',
  '//a.example',
  'ftp://a.example',
  'http://',
  'http:///x',
  'http://[::1',
  'http://a b.example',
];

const byUrl = urls.map(([name, code, beside, of]) =>
  shows(`calls.create urls-${name}`, `takes an http or https URL as ${name}`, async (api) => {
    for (const url of goodUrls) expect(of(await optionsOf(api, { ...beside, [name]: url }))).toBe(url);
    const strange = [
      'javascript:alert(1)',
      'http://a.example/\r\nX: 1',
      'http://a.example/\0',
      `http://a.example/${'x'.repeat(5000)}`,
    ];
    for (const url of [...badUrls, ...strange]) await refused(api, { ...beside, [name]: url }, code);
  }),
);

/** What is not read where nothing makes it count. */
const unread = new Set(['AsyncAmdStatusCallback', 'AsyncAmdStatusCallbackMethod', 'AsyncAmdPartialResults']);

/** Bytes of a form, as no client would send them. */
const rawForm = (form: Form, name: string, value: string): string =>
  [...Object.entries(form).filter(([other]) => other !== name)]
    .map(([other, text]) => `${other}=${encodeURIComponent(text)}`)
    .concat(`${name}=${value}`)
    .join('&');

export const newCallValues: Case[] = [
  ...byNumber,
  ...byWord,
  ...byUrl,
  shows(
    'calls.create hostile',
    'takes no parameter with control characters, that is not UTF-8, or very long',
    async (api) => {
      for (const name of Object.keys(newCallParameters))
        for (const value of ['a%00b', 'a%0d%0ab', '%FF%FE', '%ED%A0%80', '%1b[2J', 'x'.repeat(200_000)]) {
          const sent = rawForm(name === 'Twiml' ? newCall({ Url: '' }) : newCall(), name, value);
          const answer = await api.ask('POST', `${api.base}/Calls`, { body: sent });
          const { code } = answer.body as { code: number };
          const where = `${name}=${value.slice(0, 12)}`;
          if (unread.has(name)) expect([where, answer.status]).toEqual([where, 200]);
          else {
            expect([where, [400, 422].includes(answer.status)]).toEqual([where, true]);
            expectRefused(answer, { status: answer.status, code });
          }
        }
      expect([...api.store.calls()]).toHaveLength(6 * unread.size);
    },
  ),
  shows(
    'calls.create unknown',
    'ignores parameters that it does not know, and those of Twilio that do nothing here',
    async (api) => {
      const strange = {
        CallReason: 'x',
        Byoc: 'BY1',
        CallToken: 'x',
        Passports: 'x',
        ClientNotificationUrl: 'x',
        Nonsense: '\0',
      };
      expect((await kept(api, strange)).options).toEqual((await kept(api)).options);
    },
  ),
  shows('calls.create amd-ignored', 'takes nothing of AsyncAmd… where AsyncAmd is not true', async (api) => {
    const { machineDetection } = await optionsOf(api, {
      ...detection,
      AsyncAmdStatusCallback: 'x',
      AsyncAmdStatusCallbackMethod: 'x',
      AsyncAmdPartialResults: 'x',
    });
    expect(machineDetection).toMatchObject({ until: 'answer', when: 'before' });
    expect(machineDetection).not.toHaveProperty('callback');
  }),
];
