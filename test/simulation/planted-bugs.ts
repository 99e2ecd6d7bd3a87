import { BOOK_BUGS } from './book-bugs.js';
import type { PlantedBug } from './plant.js';
import { SENDING_BUGS } from './sending-bugs.js';

/*
 * Mistakes that somebody might make tomorrow, each of which the simulation must find. `seed`: where to begin so that
 * it is found soon. After changes of the code another seed may be needed: `npm run simulate -- --bugs` searches from
 * the recorded one on and says which seed caught each.
 */
export const PLANTED_BUGS: readonly PlantedBug[] = [...SENDING_BUGS, ...BOOK_BUGS];
