import { v7 } from 'uuid';

/** An id as it would have been made at that instant. */
export const idAt = (at: Date): string => v7({ msecs: at.getTime() });
