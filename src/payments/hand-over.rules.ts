import type { Bank } from '../banks/index.js';

/** Whether people carry the bank's lists to its portal: then nothing is sent before somebody asks for the list. */
export function isCarriedByPeople({ adapter }: Bank): boolean {
  return adapter.files?.carriedBy === 'people';
}
