import { readdirSync } from 'node:fs';
import { sourceFile, sourceFiles } from './source-files.js';
import { foreignTables, schemaOf, speaker } from './table-owners.js';

const modules = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const migrations = sourceFiles('src/migrations').filter(({ path }) => /\/\d{4}-/.test(path));
const schema = schemaOf(migrations, modules);

/** Its books are another program's, in another database. */
const isSandbox = (path: string) => path.startsWith('src/banks/sandbox/');

describe('the tables of the schema', () => {
  it('are known with their owners', () => {
    expect(schema.tables.get('payment')).toBe('payments');
    expect(schema.tables.get('batch_line')).toBe('batches');
    expect(schema.views.get('payee_view')).toBe('beneficiaries');
    expect(schema.tables.size).toBeGreaterThan(30);
    const strays = [...schema.tables, ...schema.views].filter(([, of]) => !modules.includes(of));
    expect(strays).toEqual([]);
  });

  it('are touched by their own module only; others read its views, and later ones only', () => {
    const files = sourceFiles('src').filter(
      ({ path }) => !isSandbox(path) && !path.endsWith('.spec.ts') && !path.startsWith('src/cli/'),
    );
    expect(files.filter(({ path }) => path.endsWith('.store.ts')).length).toBeGreaterThan(15);
    expect(files.flatMap((file) => foreignTables(file, schema, modules))).toEqual([]);
  });

  it('are published as views that say so', () => {
    expect([...schema.views.keys()].filter((name) => !name.endsWith('_view'))).toEqual([]);
  });
});

describe('the check of table owners', () => {
  const found = (path: string, text: string) =>
    foreignTables(sourceFile(path, text), schema, modules);

  it.each([
    ['src/batches/batch.store.ts', 'const sql = `select * from entitlement where id = $1`;'],
    ['src/batches/batch.store.ts', "const sql = 'update entitlement set state = $1';"],
    ['src/batches/batch.store.ts', 'const sql = `${cte} insert into payment (id) values ($1)`;'],
    [
      'src/batches/batch.read.ts',
      'const sql = `select 1 from batch b join payment_view p on true`;',
    ],
    ['src/payments/run.store.ts', 'const sql = `delete from only batch_line`;'],
    ['src/audit/audit.read.ts', 'const sql = `select 1 from payment_view`;'],
    ['src/platform/outbox/outbox.ts', 'const sql = `select 1 from payee_view`;'],
    ['src/migrations/0005-beneficiaries.ts', 'const sql = `id uuid references payment (id)`;'],
    ['src/migrations/0008-approvals.ts', 'const sql = `select state from batch`;'],
  ])('sees in %s: %s', (path, text) => {
    expect(found(path, text)).toHaveLength(1);
  });

  it.each([
    ['src/payments/run.store.ts', 'const sql = `select 1 from approved_batch_line_view`;'],
    ['src/payments/run.store.ts', 'const sql = `with picked as (select 1) select 1 from picked`;'],
    ['src/payments/run.store.ts', 'const sql = `update payment p set x = 1 from submission s`;'],
    ['src/migrations/0009-payments.ts', 'const sql = `id uuid references batch_line (id)`;'],
  ])('is content with %s: %s', (path, text) => {
    expect(found(path, text)).toEqual([]);
  });

  it('gives a later migration to the module it is named for', () => {
    expect(speaker('src/migrations/0042-payments-by-month.ts', modules)).toBe('payments');
  });
});
