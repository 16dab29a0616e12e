import type { Input, JournalEntry, Output } from '../journal/journal.ts';
import type { Scene } from './scene.ts';

export type Fact = Input | Output;
export type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;

/** Tells one kind of fact; null where another one tells it, or where it is not worth a line. */
export type Tell<F extends Fact> = ((fact: F, scene: Scene, entry: JournalEntry) => void) | null;

/** How some kinds of facts are told. */
export type Tellings<T extends Fact['type']> = { readonly [K in T]: Tell<FactOf<K>> };
