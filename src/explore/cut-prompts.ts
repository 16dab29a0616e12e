import type { Input, JournalEntry, Output } from '../journal/journal.ts';
import type { Found } from './finding.ts';

const deeds: ReadonlySet<string> = new Set([
  'leg.pressed',
  'leg.speaking',
  'leg.spoke',
  'leg.hungUp',
  'child.answered',
  'child.ended',
]);

/** Prompts that were stopped, or ended with the call, although nobody had done anything meanwhile. */
export function cutPrompts(entries: readonly JournalEntry[]): Found[] {
  const prompts = new Prompts();
  for (const { input, output } of entries) {
    if (input) prompts.hear(input);
    if (output) prompts.see(output);
  }
  return prompts.cut.map((text) => ({ kind: 'promptCut', message: `"${text}" is cut short` }));
}

class Prompts {
  readonly cut: string[] = [];
  /** What is being said, by the id of its command. */
  readonly #playing = new Map<string, string>();

  hear(input: Input): void {
    if (deeds.has(input.type)) this.#playing.clear();
    if (input.type !== 'leg.done' && input.type !== 'leg.stopped') return;
    const text = this.#playing.get(input.id);
    if (input.type === 'leg.stopped' && text !== undefined) this.cut.push(text);
    this.#playing.delete(input.id);
  }

  see(output: Output): void {
    if (output.type === 'heard' && deeds.has(output.event.type)) this.#playing.clear();
    if (output.type !== 'commanded') return;
    const { command } = output;
    if (command.type === 'play') this.#plays(command.id, command.sounds[0]);
    if (command.type !== 'hangUp') return;
    this.cut.push(...this.#playing.values());
    this.#playing.clear();
  }

  #plays(id: string, sound: { type: string; text?: string; loops?: number } | undefined): void {
    if (sound?.type === 'speech' && sound.loops !== 0) this.#playing.set(id, sound.text ?? '');
  }
}
