import { bankReferenceOf, newId } from '../../../src/kernel/index.js';
import { one } from '../../../src/platform/database/index.js';
import { testDatabase, type TestDatabase } from '../../setup/database.js';

describe("a payment's reference at the bank", () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  // Payments are born by one statement over all lines, which spells the reference in SQL.
  it('is the same in code as PostgreSQL makes it when payments are born', async () => {
    const id = newId();
    const made = await one<{ reference: string }>(
      db.database.reader,
      `select 'CT' || upper(replace($1::uuid::text, '-', '')) as reference`,
      [id],
    );
    expect(made?.reference).toBe(bankReferenceOf(id));
    expect(bankReferenceOf(id.toUpperCase())).toBe(bankReferenceOf(id));
  });
});
