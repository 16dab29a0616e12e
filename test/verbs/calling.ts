import { expect } from 'vitest';
import type { NewCall } from '../../src/call/route.ts';
import type { Incoming } from '../../src/telephony/network.ts';
import type { Phone, Script } from '../../src/telephony/simulated/script.ts';
import type { Instruction } from '../../src/verbs/index.ts';
import { type Application, options, program, say, type World, world } from '../call/world.ts';

export const us = '+61255501234';
export const one = '+61491570156';
export const other = '+61491570157';

/** What somebody outside does, and when. */
export type Deeds = Readonly<Record<number, (of: World, live: readonly string[]) => void>>;

export interface Story {
  application?: Application;
  phones?: Readonly<Record<string, Phone>>;
  caller?: Script;
  incoming?: Partial<Incoming>;
  /** An API makes the call instead. */
  outgoing?: Partial<NewCall['options']>;
  deeds?: Deeds;
}

/**
 * Lets a call carry out these instructions, and `Afterwards.` behind them, to its end; nothing is left of it. Gives what
 * has happened and, for each time the application was asked, when, where and what it was told.
 */
export async function carriedOut(
  instructions: readonly Instruction[],
  { application = {}, phones = {}, caller, incoming = {}, outgoing, deeds = {} }: Story = {},
) {
  const of = world(
    { '/done': program(), '/voice': program(...instructions, say('Afterwards.')), ...application },
    phones,
  );
  const asked: [at: number, path: string, result: object][] = [];
  of.engine.onEntry(({ at, output }) => {
    if (output?.type !== 'handler.asked') return;
    const { type: _, ...result } = output.result;
    asked.push([(at - begin) / 1000, new URL(output.urls[0]!.url).pathname, result]);
  });
  const begin = of.clock.now();
  if (outgoing)
    of.engine.create({
      project: 'demo',
      dialect: 'voiceml',
      to: one,
      from: us,
      options: { ...options('/voice'), ...outgoing },
    });
  else
    of.network.callIn({ to: us, from: '+61491570006', transport: 'PSTN', ...incoming }, caller && { script: caller });
  for (const [second, deed] of Object.entries(deeds))
    of.clock.setTimeout(() => deed(of, of.engine.live()), Number(second) * 1000);
  await of.clock.run();
  expect({ ...of.engine.left(), timers: of.clock.pending, legs: of.network.live }).toEqual(nothingLeft);
  return { of, asked: asked.slice(1), heard: heardBy(of) };
}

const nothingLeft = { calls: 0, bridges: 0, queued: 0, recordings: 0, timers: 0, legs: 0 };

/** What was said to each party, and when. */
function heardBy({ journal }: World): string[] {
  const begin = journal[0]!.at;
  return journal.flatMap(({ at, output }) =>
    output?.type === 'commanded' && output.command.type === 'play'
      ? output.command.sounds.map((sound) => `${(at - begin) / 1000} ${'text' in sound ? sound.text : sound.type}`)
      : [],
  );
}

/** The problems that were told. */
export const problemsIn = ({ journal }: World): string[] =>
  journal.flatMap(({ output }) => (output?.type === 'problem' ? [`${output.code}: ${output.message}`] : []));

/** What was commanded, by type, on every leg. */
export const commandedIn = ({ journal }: World): string[] =>
  journal.flatMap(({ output }) => (output?.type === 'commanded' ? [output.command.type] : []));
