import { expect, test } from 'vitest';
import { replay } from '../../src/replay/replay.ts';

/** "Hello there." takes 0.7 s; keys are pressed at these seconds of the call. */
const prompt = '<Say>Hello there.</Say>';
const spoken = 0.7;

interface Row {
  attributes?: string;
  before?: string;
  body?: string;
  keys: readonly [at: number, key: string][];
  digits: string;
  /** When the application is asked, in seconds of the call. */
  asked: number;
}

const rows: [title: string, row: Row][] = [
  ['silence counts from the end of the prompts', { body: prompt, keys: [], digits: '', asked: spoken + 5 }],
  ['silence counts from the start when there is no prompt', { keys: [], digits: '', asked: 5 }],
  ['a prompt that says nothing takes no time', { body: '<Say></Say>', keys: [], digits: '', asked: 5 }],
  ['silence is as long as TimeoutSeconds says', { attributes: 'TimeoutSeconds="2"', keys: [], digits: '', asked: 2 }],
  ['a key cuts the prompt, and silence counts from it', { body: prompt, keys: [[0.2, '1']], digits: '1', asked: 5.2 }],
  [
    'each key begins the silence anew',
    {
      keys: [
        [4, '1'],
        [8, '2'],
        [12, '3'],
      ],
      digits: '123',
      asked: 17,
    },
  ],
  ['a key just before the silence ends counts', { keys: [[4.999, '1']], digits: '1', asked: 9.999 }],
  ['a key just after it is too late', { keys: [[5.001, '1']], digits: '', asked: 5 }],
  ['the stop key first gives nothing', { body: prompt, keys: [[0.3, '#']], digits: '', asked: 0.3 }],
  ['the stop key alone gives nothing', { keys: [[2, '#']], digits: '', asked: 2 }],
  [
    'the stop key last is not kept',
    {
      keys: [
        [1, '4'],
        [2, '2'],
        [3, '#'],
      ],
      digits: '42',
      asked: 3,
    },
  ],
  [
    'another stop key lets # be kept',
    {
      attributes: 'StopKey="*"',
      keys: [
        [1, '#'],
        [2, '*'],
      ],
      digits: '#',
      asked: 2,
    },
  ],
  [
    'without a stop key everything is kept',
    {
      attributes: 'StopKey="none"',
      keys: [
        [1, '#'],
        [2, '*'],
      ],
      digits: '#*',
      asked: 7,
    },
  ],
  [
    'the last of the digits ends it at once',
    {
      attributes: 'MaxDigitCount="2"',
      keys: [
        [1, '4'],
        [2, '2'],
        [3, '0'],
      ],
      digits: '42',
      asked: 2,
    },
  ],
  [
    'one digit during the prompt may be all',
    { attributes: 'MaxDigitCount="1"', body: prompt, keys: [[0.1, '7']], digits: '7', asked: 0.1 },
  ],
  [
    'keys before it are not kept',
    {
      before: prompt,
      body: prompt,
      keys: [
        [0.1, '1'],
        [0.5, '2'],
      ],
      digits: '',
      asked: 2 * spoken + 5,
    },
  ],
  [
    'all prompts after a key are dropped',
    { body: prompt + prompt + prompt, keys: [[0.9, '1']], digits: '1', asked: 5.9 },
  ],
];

test.for(rows)('%s', async ([, { attributes = '', before = '', body = '', keys, digits, asked }]) => {
  const { requests, journal } = await replay({
    handler: {
      'POST /voice': `<Response>${before}<Input NextUri="/next" ${attributes}>${body}</Input></Response>`,
      'POST /next': '<Response/>',
    },
    caller: keys.map(([at, press], index) => ({
      // A key is 100 ms down and 100 ms up before the next step begins.
      after: at - (index === 0 ? 0 : keys[index - 1]![0] + 0.2),
      press,
    })),
  });
  const begin = journal[0]!.at;
  const second = journal.filter(({ output }) => output?.type === 'handler.asked')[1];
  expect(requests[1]!.json).toMatchObject({ parameters: { action: 'INPUT', digits } });
  expect((second!.at - begin) / 1000).toBeCloseTo(asked, 3);
});
