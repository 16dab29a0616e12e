interface Count {
  made: number;
  live: number;
  /** Families that are counted together. */
  families: string[];
}

/** How many calls each family has had. */
export class FamilyCounts {
  readonly #counts = new Map<string, Count>();

  made(family: string): number {
    return this.#counts.get(family)?.made ?? 0;
  }

  /**
   * A call of one family has come in through a number of ours and begins another: the two are counted as one, or a
   * number that calls itself twice would make twice as many calls at every hop.
   */
  join(family: string, before: string): void {
    const count = this.#counts.get(before);
    if (!count || this.#counts.has(family)) return;
    count.families.push(family);
    this.#counts.set(family, count);
  }

  begun(family: string): void {
    const count = this.#counts.get(family) ?? { made: 0, live: 0, families: [family] };
    count.made++;
    count.live++;
    this.#counts.set(family, count);
  }

  /** Gives the families of which no call is left. */
  over(family: string): readonly string[] {
    const count = this.#counts.get(family);
    if (!count || --count.live > 0) return [];
    for (const one of count.families) this.#counts.delete(one);
    return count.families;
  }
}
