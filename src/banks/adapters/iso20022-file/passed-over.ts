/** Places that are named; beyond them they are only counted. */
const PLACES = 20;

const SAYS = {
  'not-booked': 'entry that is not booked',
  'nothing-moved': 'entry of no amount',
  'batch-differs':
    'batch whose payments do not add up to what was booked, kept as one entry without a reference',
  'others-account': 'statement of an account that is not ours',
} as const;

export type PassedOverWhy = keyof typeof SAYS;

/** What a file holds that counts for nothing, for whoever looks at the file. */
export class PassedOver {
  private readonly found = new Map<PassedOverWhy, { count: number; places: string[] }>();

  add(why: PassedOverWhy, where: string): void {
    const found = this.found.get(why) ?? { count: 0, places: [] };
    this.found.set(why, found);
    found.count += 1;
    if (found.places.length < PLACES) found.places.push(where);
  }

  /** A line for each kind of it. */
  told(): string[] {
    return [...this.found].map(([why, { count, places }]) => {
      const more = count > places.length ? '; …' : '';
      return `${count} × ${SAYS[why]} (${places.join('; ')}${more})`;
    });
  }
}
