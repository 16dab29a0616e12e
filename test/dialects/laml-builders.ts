/** What the vendors' own builders can write, from the type declarations that came with them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export type Builder = 'signalwire' | 'twilio';

interface SurfaceElement {
  text: boolean;
  /** Under which elements which builder gives it which attributes; empty: the root. */
  places: Record<string, Partial<Record<Builder, string[]>>>;
  /** Of each attribute: its words, or its type; where the builders differ, of each. */
  values: Record<string, Values | Partial<Record<Builder, Values>>>;
}

type Values = string | string[];

export const surface: Record<string, SurfaceElement> = JSON.parse(
  readFileSync(new URL('laml-builder-surface.json', import.meta.url), 'utf8'),
);

type Attributes = Record<string, string | number | boolean>;
type Method = (attributes: Attributes, text?: string) => Node;
type Node = Record<string, Method> & { toString(): string };

const responses: Record<Builder, () => Node> = {
  signalwire: () => new (require('@signalwire/compatibility-api').RestClient.LaML.VoiceResponse)(),
  twilio: () => new (require('twilio').twiml.VoiceResponse)(),
};

/** One element as it is written: its name, its attributes, its text. */
export interface Step {
  name: string;
  attributes?: Attributes;
  text?: string;
}

/** The document that a builder writes for elements, each inside the one before. */
export function build(builder: Builder, steps: readonly Step[]): string {
  const root = responses[builder]();
  let node = root;
  for (const { name, attributes = {}, text } of steps) node = methodOf(node, name)(attributes, text);
  return root.toString();
}

/** By its name, however the builder spells it: break, break_, ssmlBreak. */
function methodOf(node: Node, name: string): Method {
  const plain = (word: string) => word.toLowerCase().replace(/[-_]/g, '');
  for (let at: object | null = node; at && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const key of Object.getOwnPropertyNames(at))
      if (plain(key) === plain(name) && key !== 'constructor') return node[key]!.bind(node);
  throw new Error(`the builder has no method for ${name}`);
}

/** The elements around one, from the verb down to its parent: the shortest way there. */
export function wayTo(builder: Builder, parent: string): string[] {
  if (parent === 'Response') return [];
  const places = Object.entries(surface[parent]!.places)
    .filter(([, by]) => by[builder])
    .map(([above]) => above);
  const ways = places.includes('Response')
    ? [[]]
    : places.filter((above) => above !== parent && !isInline(above)).map((above) => wayTo(builder, above));
  const [shortest = []] = ways.sort((one, other) => one.length - other.length);
  return [...shortest, parent];
}

const isInline = (name: string) => /^[a-z]/.test(name);

/** Values for an attribute that a document would have. */
export function valuesOf(builder: Builder, element: string, attribute: string): (string | number | boolean)[] {
  const declared = surface[element]!.values[attribute] ?? 'string';
  const values = typeof declared === 'string' || Array.isArray(declared) ? declared : (declared[builder] ?? 'string');
  if (Array.isArray(values)) return values;
  const own = plausible[`${element}.${attribute}`] ?? plausible[attribute];
  if (own !== undefined) return own;
  if (values === 'boolean') return [true, false];
  if (values === 'number') return [6];
  if (/url$|callback$|^action$/i.test(attribute)) return ['https://app.example/x', '/x'];
  if (/method$/i.test(attribute)) return ['GET', 'POST'];
  return ['x'];
}

/** Where any text, or any number, would be none that the attribute takes. */
const plausible: Record<string, (string | number)[]> = {
  'Dial.record': ['record-from-answer', 'do-not-record'],
  'Dial.trim': ['trim-silence'],
  'Gather.finishOnKey': ['#', '', '*0'],
  'Gather.input': ['dtmf', 'speech', 'dtmf speech'],
  'Gather.speechTimeout': ['auto', '3'],
  'Pay.chargeAmount': ['10.50'],
  'Pay.language': ['en-GB'],
  'Pay.maxAttempts': [2],
  'Pay.postalCode': ['true', '94110'],
  'Play.digits': ['1ww2W#'],
  'Prompt.attempt': [1, '1 2'],
  'Prompt.cardType': ['visa'],
  'Record.finishOnKey': ['#', ''],
  'Stream.url': ['wss://ears.example/live'],
  'Transcription.track': ['both_tracks'],
  'break.time': ['300ms', '2s'],
  machineDetection: ['Enable', 'DetectMessageEnd'],
  machineDetectionSilenceTimeout: [3000],
  machineDetectionSpeechEndThreshold: [1000],
  machineDetectionSpeechThreshold: [2000],
  recordingStatusCallbackEvent: ['in-progress completed absent'],
  sendDigits: ['ww1'],
  statusCallbackEvent: ['initiated ringing answered completed'],
  'Conference.statusCallbackEvent': ['start end join'],
  'Conference.trim': ['trim-silence'],
  validCardTypes: ['visa mastercard'],
};
