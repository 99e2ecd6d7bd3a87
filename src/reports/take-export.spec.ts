import { anOffice } from '../../test/builders/officers.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { AuditTrail } from '../audit/index.js';
import { ManualClock } from '../kernel/index.js';
import { rows } from '../platform/database/index.js';
import { TakeExport } from './take-export.js';

describe('taking a list out of the house', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  it('leaves a trace of who and with which filter, without the names that were looked for', async () => {
    const clock = new ManualClock(new Date('2026-11-28T18:00:00Z'));
    const { preparer } = await anOffice(db.database.reader);
    const exports = new TakeExport(db.database, new AuditTrail(clock), clock);
    const taken = await exports.take(
      {
        actor: preparer,
        list: 'beneficiaries',
        format: 'csv',
        filter: {
          q: 'Nguyễn Văn Đà',
          number: '020012345678',
          communeCode: '05977',
          period: '2026-11',
          state: ['open', 'paid'],
          bank: undefined,
        },
      },
      { language: 'vi', title: 'Người hưởng', filters: [], columns: [], rows: [] },
    );
    expect(taken.fileName).toBe('beneficiaries-2026-11-29.csv');
    const [entry] = await rows<{ action: string; detail: unknown; actor_name: string }>(
      db.database.reader,
      'select action, detail, actor_name from audit_entry',
    );
    expect(entry).toEqual({
      action: 'list.exported',
      actor_name: 'lap.bang',
      detail: {
        format: 'csv',
        filter: {
          q: '…',
          number: '…',
          communeCode: '05977',
          period: '2026-11',
          state: 'open,paid',
        },
      },
    });
  });
});
