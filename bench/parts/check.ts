/** Reading documents: what we make of them, beside what fast-xml-parser alone takes to validate and parse the same. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { checkDocument } from '../../src/dialects/check.ts';
import { type Dialect, lamlDocuments, documents as voicemlDocuments } from '../menu-call.ts';
import { servePart } from '../part.ts';

export interface Check {
  /** How long each side reads before it is the other's turn, in milliseconds, and how often. */
  ms: number;
  rounds: number;
  dialect: Dialect;
}

export interface Rates {
  documents: number;
  bytes: number;
  /** Documents a second, one number for each round. */
  ours: number[];
  alone: number[];
}

/** As in `src/dialects/xml.ts`, but for our own decoder of references. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  jPath: false,
  onDangerousProperty: (name) => name,
});

const menuDocuments = { voiceml: voicemlDocuments, laml: lamlDocuments };

function documents(dialect: Dialect): string[] {
  const good = new URL(`../../test/good/${dialect}/`, import.meta.url);
  const files = existsSync(good) ? readdirSync(good).filter((name) => name.endsWith('.xml')) : [];
  const texts = [
    ...Object.values(menuDocuments[dialect]),
    ...files.map((name) => readFileSync(new URL(name, good), 'utf8')),
  ];
  return texts.filter((text) => checkDocument({ dialect, body: text }).ok && XMLValidator.validate(text) === true);
}

function check({ ms, rounds, dialect }: Check): Rates {
  const texts = documents(dialect);
  const bodies = texts.map((text) => Buffer.from(text));
  const readByUs = (index: number) => checkDocument({ dialect, body: bodies[index]! }).problems;
  const readAlone = (index: number) => XMLValidator.validate(texts[index]!) && parser.parse(texts[index]!);
  const rates: Rates = { documents: texts.length, bytes: Buffer.concat(bodies).length, ours: [], alone: [] };
  for (const warm of [readByUs, readAlone]) perSecond(warm, texts.length, ms);
  for (let round = 0; round < rounds; round++) {
    rates.ours.push(perSecond(readByUs, texts.length, ms));
    rates.alone.push(perSecond(readAlone, texts.length, ms));
  }
  return rates;
}

function perSecond(read: (index: number) => unknown, count: number, ms: number): number {
  const begin = process.cpuUsage();
  let done = 0;
  for (const until = performance.now() + ms; performance.now() < until; done += count)
    for (let index = 0; index < count; index++) read(index);
  const { user, system } = process.cpuUsage(begin);
  return (done * 1e6) / (user + system);
}

const tasks = { check };
export type CheckTasks = typeof tasks;

servePart(tasks);
