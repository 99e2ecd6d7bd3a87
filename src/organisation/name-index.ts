import { InvalidValueError, foldText } from '../kernel/index.js';

/** Letters and digits only, folded: `NHNo&PTNT` and `nhno ptnt` are one key. */
export function nameKey(text: string): string {
  return foldText(text).replace(/[^a-z0-9]+/g, '');
}

/**
 * Finds a thing by any of its names, exactly after folding; never by likeness.
 * @throws InvalidValueError at start-up when one name stands for two things: a list must never pick at random.
 */
export class NameIndex<T> {
  private readonly byKey = new Map<string, T>();

  constructor(
    private readonly what: string,
    things: readonly T[],
    namesOf: (thing: T) => readonly string[],
  ) {
    for (const thing of things) for (const name of namesOf(thing)) this.add(name, thing);
  }

  find(text: string): T | null {
    return this.byKey.get(nameKey(text)) ?? null;
  }

  private add(name: string, thing: T): void {
    const key = nameKey(name);
    if (key === '')
      throw new InvalidValueError(this.what, `the name "${name}" has no letter or digit`);
    const other = this.byKey.get(key);
    if (other !== undefined && other !== thing) {
      throw new InvalidValueError(this.what, `the name "${name}" stands for two of them`);
    }
    this.byKey.set(key, thing);
  }
}
