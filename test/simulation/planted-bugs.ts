import type { PlantedBug } from './plant.js';

export const PLANTED_BUGS: readonly PlantedBug[] = [];
