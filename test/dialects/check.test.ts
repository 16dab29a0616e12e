import { expect, test } from 'vitest';
import { checkDocument } from '../../src/dialects/check.ts';

const hints = (body: string): (string | undefined)[] =>
  checkDocument({ dialect: 'voiceml', body: `<Response>${body}</Response>` }).problems.map(({ hint }) => hint);

test.for([
  ['<Imput/>', 'did you mean <Input>?'],
  ['<Inptu/>', 'did you mean <Input>?'],
  ['<Sya>x</Sya>', 'did you mean <Say>?'],
  ['<RecordCal/>', 'did you mean <RecordCall>?'],
  ['<Gather/>', "VoiceML's is <Input>"],
  ['<Gahter/>', "did you mean <Gather>? VoiceML's is <Input>"],
  ['<gather/>', "VoiceML's is <Input>"],
  ['<Dial/>', "VoiceML's is <Call>, with an <Endpoint> in it for each party"],
  ['<Pause/>', "VoiceML's is <Wait>"],
  ['<Hangup/>', 'a call is hung up at the end of its document: leave it out'],
  ['<Conference/>', 'VoiceML has nothing like it'],
  ['<SpeakSentence/>', "VoiceML's is <Say>"],
  ['<Endpoint>+61491570156</Endpoint>', '<Endpoint> goes in <Call>'],
  ['<Xylophone/>', undefined],
] as const)('%s: %s', ([document, hint]) => {
  expect(hints(document)).toEqual([hint]);
});

test.for([
  ['Say', 'TimeoutSeconds', 'TimeoutSeconds belongs to <Call>, <Endpoint>, <Input>, <Record>'],
  ['Say', 'stopkey', 'StopKey belongs to <Input>, <Record>'],
  ['Input', 'numDigits', 'did you mean MaxDigitCount?'],
  ['Input', 'action', 'did you mean NextUri?'],
  ['Input', 'timeout', 'did you mean TimeoutSeconds?'],
  ['Input', 'finishOnKey', 'did you mean StopKey?'],
  ['Input', 'method', 'VoiceML requests are always made by POST'],
  ['Input', 'NextUrl', 'did you mean NextUri?'],
  ['Input', 'MaxDigtCount', 'did you mean MaxDigitCount?'],
  ['Record', 'maxLength', 'did you mean MaxDurationSeconds?'],
  ['Record', 'trim', 'did you mean PostProcessing?'],
  ['Wait', 'length', 'did you mean DurationSeconds?'],
  ['Say', 'language', 'the voice has the language in its name'],
  ['Wait', 'xylophone', undefined],
] as const)('<%s %s>: %s', ([element, attribute, hint]) => {
  expect(hints(`<${element} ${attribute}="1"/>`)).toEqual([hint]);
});

test('every problem is told, in the order of the document', () => {
  const body = '<Response>\n  <Say voise="x">Hi</Say>\n  <Input MaxDigitCount="0"/>\n  <Hangup/>\n</Response>';
  expect(checkDocument({ dialect: 'voiceml', body })).toEqual({
    ok: false,
    problems: [
      {
        line: 2,
        column: 8,
        code: 'ATTRIBUTE_UNKNOWN',
        severity: 'warning',
        message: '<Say> has no attribute voise: it is ignored',
        hint: 'did you mean Voice?',
      },
      {
        line: 3,
        column: 10,
        code: 'ATTRIBUTE_NOT_VALID',
        severity: 'error',
        message: 'MaxDigitCount is "0"; it must be a whole number from 1 to 128',
      },
      {
        line: 4,
        column: 3,
        code: 'ELEMENT_UNKNOWN',
        severity: 'error',
        message: 'there is no element <Hangup> in VoiceML',
        hint: 'a call is hung up at the end of its document: leave it out',
      },
    ],
  });
});

test('a warning alone is no failure', () => {
  expect(checkDocument({ dialect: 'voiceml', body: '<Response><Wait x="1"/></Response>' })).toMatchObject({
    ok: true,
    problems: [{ code: 'ATTRIBUTE_UNKNOWN' }],
  });
});

test.for([
  ['twiml', '; TwiML is understood as laml'],
  ['LaML', '; did you mean laml?'],
  ['morse', ''],
] as const)('a dialect named %s is not there, and what is meant is said', ([dialect, hint]) => {
  expect(() => checkDocument({ dialect, body: '<Response/>' })).toThrow(
    `there is no dialect ${dialect}; there is laml, voiceml${hint}`,
  );
});

test.for(['morse', '', 'constructor', '__proto__'])('there is no dialect %s', (dialect) => {
  expect(() => checkDocument({ dialect, body: '<Response/>' })).toThrow(
    expect.objectContaining({ code: 'DIALECT_UNKNOWN' }),
  );
});
