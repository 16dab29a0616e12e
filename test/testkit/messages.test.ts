import { expect } from 'vitest';

import { callTest, expectCall } from '../../src/testkit/vitest.ts';
import { asFetch } from './applications.ts';

const test = callTest({ application: asFetch });

/** What a test that expects too much says. */
function complaint(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  return 'it holds';
}

test('what was not heard is shown beside what was', async ({ dial }) => {
  const caller = await dial();
  await caller.presses('2');
  expect(complaint(() => expect(caller).toHear('corner books'))).toMatchInlineSnapshot(`
    "expected the caller to hear "corner books": since the caller pressed 2, the caller has heard "Leave a message after the tone.", "beep"

          0.0   caller        calls +61255501234 from +61491570006
          0.0   engine        POST https://app.example/voice (state STARTING)
          0.0   handler       200: Input
          0.0   engine        answers
          0.0   call          in progress
          0.0   engine        says "For the shop, press 1. To leave a message, press 2." (3.1 s)
    >     3.1   caller        presses 2
    >     3.1   engine        POST /choice action=INPUT digits=2 (state IN_PROGRESS)
    >     3.1   handler       200: Say, Record
    >     3.1   engine        says "Leave a message after the tone." (1.9 s)
    >     5.0   engine        beeps (0.5 s)
    >     5.5   engine        begins recording 1

    executing the document of https://app.example/choice:
      1 | <Response>
      2 |   <Say>Leave a message after the tone.</Say>
    > 3 |   <Record MaxDurationSeconds="30" NextUri="/thanks" RecordingReadyUri="/recorded"/>
      4 | </Response>"
  `);
});

test('what is not asked for', async ({ dial }) => {
  const caller = await dial();
  expect(complaint(() => expect(caller).toBeAskedFor({ digits: 4, stopKey: '*' }))).toMatchInlineSnapshot(`
    "expected the caller to be asked for {"digits":4,"stopKey":"*"}: it is asked for one digit, ended by #

    >     0.0   caller        calls +61255501234 from +61491570006
    >     0.0   engine        POST https://app.example/voice (state STARTING)
    >     0.0   handler       200: Input
    >     0.0   engine        answers
    >     0.0   call          in progress
    >     0.0   engine        says "For the shop, press 1. To leave a message, press 2." (3.1 s)

    executing the document of https://app.example/voice:
      1 | <Response>
    > 2 |   <Input MaxDigitCount="1" NextUri="/choice">
      3 |     <Say>For the shop, press 1. To leave a message, press 2.</Say>
      4 |   </Input>
      5 | </Response>"
  `);
});

test('nobody was called', async ({ dial, rehearsal }) => {
  const caller = await dial();
  expect(complaint(() => expect(caller).toDial('+61491570156'))).toMatchInlineSnapshot(`
    "expected a call to "+61491570156": since the caller called, nobody was called

    >     0.0   caller        calls +61255501234 from +61491570006
    >     0.0   engine        POST https://app.example/voice (state STARTING)
    >     0.0   handler       200: Input
    >     0.0   engine        answers
    >     0.0   call          in progress
    >     0.0   engine        says "For the shop, press 1. To leave a message, press 2." (3.1 s)

    executing the document of https://app.example/voice:
      1 | <Response>
    > 2 |   <Input MaxDigitCount="1" NextUri="/choice">
      3 |     <Say>For the shop, press 1. To leave a message, press 2.</Say>
      4 |   </Input>
      5 | </Response>"
  `);
  expect(complaint(() => rehearsal.callee('+61491570156'))).toMatchInlineSnapshot(`
    "nobody has called +61491570156 so far: nobody was called

          0.0   caller        calls +61255501234 from +61491570006
          0.0   engine        POST https://app.example/voice (state STARTING)
          0.0   handler       200: Input
          0.0   engine        answers
          0.0   call          in progress
          0.0   engine        says "For the shop, press 1. To leave a message, press 2." (3.1 s)

    executing the document of https://app.example/voice:
      1 | <Response>
    > 2 |   <Input MaxDigitCount="1" NextUri="/choice">
      3 |     <Say>For the shop, press 1. To leave a message, press 2.</Say>
      4 |   </Input>
      5 | </Response>"
  `);
});

test('a call that goes on, and one that ended otherwise', async ({ dial }) => {
  const caller = await dial();
  expect(complaint(() => expect(caller).toHaveEnded('completed'))).toMatchInlineSnapshot(`
    "expected the call of the caller to have ended as completed: it goes on (inProgress)

    >     0.0   caller        calls +61255501234 from +61491570006
    >     0.0   engine        POST https://app.example/voice (state STARTING)
    >     0.0   handler       200: Input
    >     0.0   engine        answers
    >     0.0   call          in progress
    >     0.0   engine        says "For the shop, press 1. To leave a message, press 2." (3.1 s)

    executing the document of https://app.example/voice:
      1 | <Response>
    > 2 |   <Input MaxDigitCount="1" NextUri="/choice">
      3 |     <Say>For the shop, press 1. To leave a message, press 2.</Say>
      4 |   </Input>
      5 | </Response>"
  `);
  await caller.hangsUp();
  expect(complaint(() => expect(caller).toHaveEnded({ by: 'engine' }))).toMatchInlineSnapshot(`
    "expected the call of the caller to have ended by engine: it ended as completed, by farSide

          0.0   caller        calls +61255501234 from +61491570006
          0.0   engine        POST https://app.example/voice (state STARTING)
          0.0   handler       200: Input
          0.0   engine        answers
          0.0   call          in progress
          0.0   engine        says "For the shop, press 1. To leave a message, press 2." (3.1 s)
    >     3.1   caller        hangs up
    >     3.1   call          completed: ended by the far side (normal) after 3.1 s, 3.1 s of it answered

    executing the document of https://app.example/voice:
      1 | <Response>
    > 2 |   <Input MaxDigitCount="1" NextUri="/choice">
      3 |     <Say>For the shop, press 1. To leave a message, press 2.</Say>
      4 |   </Input>
      5 | </Response>"
  `);
  await expect(caller.presses('1')).rejects.toThrowErrorMatchingInlineSnapshot(`
    [Surprise: the caller cannot press 1: the call has ended

          0.0   caller        calls +61255501234 from +61491570006
          0.0   engine        POST https://app.example/voice (state STARTING)
          0.0   handler       200: Input
          0.0   engine        answers
          0.0   call          in progress
          0.0   engine        says "For the shop, press 1. To leave a message, press 2." (3.1 s)
          3.1   caller        hangs up
          3.1   call          completed: ended by the far side (normal) after 3.1 s, 3.1 s of it answered

    executing the document of https://app.example/voice:
      1 | <Response>
    > 2 |   <Input MaxDigitCount="1" NextUri="/choice">
      3 |     <Say>For the shop, press 1. To leave a message, press 2.</Say>
      4 |   </Input>
      5 | </Response>]
  `);
});

test('what is no key is not pressed', async ({ dial }) => {
  const caller = await dial();
  const says = 'the caller cannot press "a": keys are 0 to 9, *, # and A to D, and w waits';
  await expect(caller.presses('1w2abc')).rejects.toThrow(says);
});

test('a request that was made with something else', async ({ dial }) => {
  const caller = await dial();
  await caller.presses('2');
  expect(complaint(() => expect(caller).toHaveRequested('/choice', { digits: '1' }))).toMatchInlineSnapshot(`
    "expected a request to "/choice" with {"digits":"1"}: there was POST https://app.example/choice with {"digits":"2"}

          0.0   caller        calls +61255501234 from +61491570006
          0.0   engine        POST https://app.example/voice (state STARTING)
          0.0   handler       200: Input
          0.0   engine        answers
          0.0   call          in progress
          0.0   engine        says "For the shop, press 1. To leave a message, press 2." (3.1 s)
    >     3.1   caller        presses 2
    >     3.1   engine        POST /choice action=INPUT digits=2 (state IN_PROGRESS)
    >     3.1   handler       200: Say, Record
    >     3.1   engine        says "Leave a message after the tone." (1.9 s)
    >     5.0   engine        beeps (0.5 s)
    >     5.5   engine        begins recording 1

    executing the document of https://app.example/choice:
      1 | <Response>
      2 |   <Say>Leave a message after the tone.</Say>
    > 3 |   <Record MaxDurationSeconds="30" NextUri="/thanks" RecordingReadyUri="/recorded"/>
      4 | </Response>"
  `);
  expect(complaint(() => expect(caller).toHaveSent('RECORDING_READY'))).toMatchInlineSnapshot(`
    "expected a callback "RECORDING_READY": nothing was sent

          0.0   caller        calls +61255501234 from +61491570006
          0.0   engine        POST https://app.example/voice (state STARTING)
          0.0   handler       200: Input
          0.0   engine        answers
          0.0   call          in progress
          0.0   engine        says "For the shop, press 1. To leave a message, press 2." (3.1 s)
    >     3.1   caller        presses 2
    >     3.1   engine        POST /choice action=INPUT digits=2 (state IN_PROGRESS)
    >     3.1   handler       200: Say, Record
    >     3.1   engine        says "Leave a message after the tone." (1.9 s)
    >     5.0   engine        beeps (0.5 s)
    >     5.5   engine        begins recording 1

    executing the document of https://app.example/choice:
      1 | <Response>
      2 |   <Say>Leave a message after the tone.</Say>
    > 3 |   <Record MaxDurationSeconds="30" NextUri="/thanks" RecordingReadyUri="/recorded"/>
      4 | </Response>"
  `);
});

test('what was not to be', async ({ dial }) => {
  const caller = await dial();
  expect(complaint(() => expect(caller).not.toHear('press 1'))).toMatchInlineSnapshot(`
    "did not expect the caller to hear "press 1": since the caller called, the caller has heard "For the shop, press 1. To leave a message, press 2."

    >     0.0   caller        calls +61255501234 from +61491570006
    >     0.0   engine        POST https://app.example/voice (state STARTING)
    >     0.0   handler       200: Input
    >     0.0   engine        answers
    >     0.0   call          in progress
    >     0.0   engine        says "For the shop, press 1. To leave a message, press 2." (3.1 s)

    executing the document of https://app.example/voice:
      1 | <Response>
    > 2 |   <Input MaxDigitCount="1" NextUri="/choice">
      3 |     <Say>For the shop, press 1. To leave a message, press 2.</Say>
      4 |   </Input>
      5 | </Response>"
  `);
});

test('without a test framework', async ({ dial }) => {
  const caller = await dial();
  expectCall(caller).toHear('press 1');
  expectCall(caller).not.toHaveEnded();
  expect(complaint(() => expectCall(caller).toHear('press 9'))).toBe(complaint(() => expect(caller).toHear('press 9')));
});
