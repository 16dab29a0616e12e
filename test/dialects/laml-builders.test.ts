import { describe, expect, test } from 'vitest';
import { laml } from '../../src/dialects/laml/index.ts';
import type { Purpose } from '../../src/verbs/verb.ts';
import { type Builder, build, type Step, surface, valuesOf, wayTo } from './laml-builders.ts';

/** What an element needs so that nothing else is wrong with the document. */
const texts: Record<string, string> = {
  Dial: '+15551234567',
  Number: '+15551234567',
  Sip: 'sip:desk@pbx.example',
  Uri: 'sip:desk@pbx.example',
  Redirect: '/next',
  Play: 'https://app.example/a.mp3',
};
const needed: Record<string, Record<string, string>> = {
  'Stop>Siprec': { name: 'n' },
  'Stop>Stream': { name: 'n' },
  'Stop>Transcription': { name: 'n' },
  Header: { name: 'X-A' },
  Parameter: { name: 'n' },
  Pay: { paymentConnectorUrl: 'https://pay.example/' },
  Stream: { url: 'wss://ears.example/live' },
};

/** And what must stand in it. */
const below: Record<string, Step[]> = {
  Connect: [{ name: 'Room', text: 'x' }],
  Refer: [{ name: 'Sip', text: 'sip:desk@pbx.example' }],
};

const stepTo = (name: string, parent: string, attributes: Record<string, string | number | boolean> = {}): Step => ({
  name,
  attributes: { ...needed[name], ...needed[`${parent}>${name}`], ...attributes },
  // A <Play> with digits has no file, and an element with another in it no number of its own.
  ...(surface[name]!.text && !('digits' in attributes) && { text: texts[name] ?? 'x' }),
});

function problemsOf(builder: Builder, steps: Step[]): string[] {
  const document = build(builder, steps);
  const purpose: Purpose = steps[0]?.name === 'Leave' ? 'wait' : 'main';
  const { program, problems } = laml.parse({
    body: Buffer.from(document),
    contentType: 'text/xml',
    url: 'https://app.example/',
    purpose,
  });
  expect(program, document).toBeDefined();
  return problems.map(({ code, message }) => `${code} ${message}`);
}

interface Case {
  builder: Builder;
  parent: string;
  name: string;
  attributes: string[];
}

const cases: Case[] = Object.entries(surface).flatMap(([name, { places }]) =>
  Object.entries(places).flatMap(([parent, by]) =>
    Object.entries(by)
      .filter(([builder]) => parent !== '' && !(builder === 'signalwire' && /^[a-z]/.test(parent)))
      .map(([builder, attributes]) => ({ builder: builder as Builder, parent, name, attributes })),
  ),
);

/** Those that must be somebody, whatever else stands in them. */
const fixed: Record<string, string> = { Client: 'ann', Sip: 'sip:desk@pbx.example' };

const above = (builder: Builder, parent: string): Step[] => {
  const way = wayTo(builder, parent);
  return way.map((name, index) => {
    const { text: _, ...step } = stepTo(name, way[index - 1] ?? 'Response');
    return name in fixed ? { ...step, text: fixed[name]! } : step;
  });
};

/** Known, and without effect: every other attribute of the builders counts. */
const seen = new Set<string>();

describe.for(cases)('$builder: <$parent><$name>', ({ builder, parent, name, attributes }) => {
  test('without attributes is understood', () => {
    expect(problemsOf(builder, [...above(builder, parent), stepTo(name, parent), ...(below[name] ?? [])])).toEqual([]);
  });

  test.for(
    attributes.flatMap((attribute) => valuesOf(builder, name, attribute).map((value) => [attribute, value] as const)),
  )('%s="%s" is understood', ([attribute, value]) => {
    const problems = problemsOf(builder, [
      ...above(builder, parent),
      stepTo(name, parent, { [attribute]: value }),
      ...(below[name] ?? []),
    ]);
    const ignored = `ATTRIBUTE_IGNORED ${attribute} of <${name}> is known, and has no effect here`;
    if (problems.includes(ignored)) seen.add(`${name} ${attribute}`);
    const expected = `${parent}>${name} ${attribute}` === 'Gather>Play digits' ? [inGather] : [];
    expect(problems.filter((problem) => problem !== ignored)).toEqual(expected);
  });
});

const inGather = 'ATTRIBUTE_CONFLICT <Play> in <Gather> must not have digits: it is ignored';

test("SignalWire's builder cannot put SSML into SSML, which it declares", () => {
  const steps = [{ name: 'Say', text: '' }, { name: 'lang' }, { name: 'break' }];
  expect(() => build('signalwire', steps)).toThrow(TypeError);
});

test('these attributes of the builders are accepted and ignored', () => {
  expect([...seen].sort()).toMatchInlineSnapshot(`
    [
      "Conference jitterBufferSize",
      "Conference recordingConfigurationId",
      "Conference region",
      "Dial events",
      "Dial passports",
      "Dial recordingConfigurationId",
      "Dial referMethod",
      "Dial referUrl",
      "Gather debug",
      "Number byoc",
      "Pay bankAccountType",
      "Queue postWorkActivitySid",
      "Queue reservationSid",
      "Record recordingConfigurationId",
      "Recording recordingConfigurationId",
      "Start action",
      "Start method",
      "Stream audioFormat",
      "Stream connectorName",
      "Stream sampleRate",
      "Transcription intelligenceService",
      "Uri priority",
      "Uri weight",
      "emphasis level",
      "lang xml:lang",
      "phoneme alphabet",
      "phoneme ph",
      "prosody pitch",
      "prosody rate",
      "prosody volume",
      "say-as format",
      "say-as role",
      "w role",
    ]
  `);
});
