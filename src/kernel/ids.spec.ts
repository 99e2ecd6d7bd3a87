import { bankReferenceOf, isId, newId } from './ids.js';

describe('an id', () => {
  it('is a UUIDv7: in the order of making, and never twice', () => {
    const made = Array.from({ length: 1000 }, newId);
    expect(new Set(made).size).toBe(1000);
    expect([...made].sort()).toEqual(made);
    expect(made.every(isId)).toBe(true);
    expect(made[0]?.[14]).toBe('7');
  });

  it('is not any text', () => {
    expect(['', '1', 'CT', `${newId()}0`].some(isId)).toBe(false);
  });
});

describe("a payment's reference at the bank", () => {
  it('fits a bank field, holds letters and digits only, and tells payments apart', () => {
    const references = Array.from({ length: 200 }, () => bankReferenceOf(newId()));
    for (const reference of references) expect(reference).toMatch(/^CT[0-9A-F]{32}$/);
    expect(references[0]?.length).toBeLessThanOrEqual(35);
    expect(new Set(references).size).toBe(200);
  });
});
