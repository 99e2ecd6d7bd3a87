import { createHash } from 'node:crypto';
import { OutboxOnlyModule } from '../../../test/builders/outbox-only.module.js';
import { testBanksModule } from '../../../test/builders/banks.js';
import { fundsHavePlenty } from '../../../test/builders/officers.js';
import { peopleOwed } from '../../../test/builders/owed.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { BatchesModule } from '../../batches/index.js';
import { newId } from '../../kernel/index.js';
import { one } from '../../platform/database/index.js';
import { ApprovalsModule } from '../approvals.module.js';

type Agent = Awaited<ReturnType<HttpUnderTest['asUser']>>['agent'];
let test: TestDatabase;
let http: HttpUnderTest;
let preparer: Agent;
let accountant: Agent;
let holder: Agent;

beforeAll(async () => {
  test = await testDatabase();
  http = await httpUnderTest(test, {
    imports: [OutboxOnlyModule, testBanksModule(), BatchesModule, ApprovalsModule],
  });
  await fundsHavePlenty(test.database.reader);
  preparer = (await http.asUser(['preparer'])).agent;
  accountant = (await http.asUser(['chief_accountant'], { signature: 'second' })).agent;
  holder = (await http.asUser(['account_holder'], { signature: 'first' })).agent;
});
afterAll(async () => {
  await http.close();
  await test.close();
});

const post = (agent: Agent, path: string, body: object) =>
  agent.post(`/api/v1${path}`).set('Idempotency-Key', newId()).send(body);

const get = (agent: Agent, path: string) =>
  agent
    .get(`/api/v1${path}`)
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    });

describe('the treasury’s paper over HTTP', () => {
  it('is refused until everybody has signed, and is then a file to be kept, and written down', async () => {
    await peopleOwed(test.database.reader, 2, { period: '2033-05' });
    const order = { programme: 'NCC_MONTHLY', period: '2033-05' };
    const draft = await post(preparer, '/batches', order).expect(201);
    const path = `/batches/${draft.body.id}`;
    const proposed = await post(preparer, `${path}/proposals`, {})
      .set('If-Match', String(draft.headers['etag']))
      .expect(201);
    const refused = await preparer.get(`/api/v1${path}/treasury-list.pdf`).expect(409);
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(refused.body).toMatchObject({
      code: 'approvals.not-signed-yet',
      state: 'proposed',
    });
    const { digest, lineCount, total } = proposed.body;
    for (const agent of [accountant, holder]) {
      await post(agent, `${path}/approvals`, { digest, lineCount, total }).expect(201);
    }
    for (const [format, type, magic] of [
      ['pdf', 'application/pdf', '%PDF'],
      ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'],
    ]) {
      const file = await get(preparer, `${path}/treasury-list.${format}`).expect(200);
      expect(file.headers).toMatchObject({
        'content-type': type,
        'content-disposition': `attachment; filename="mau-09-NCC_MONTHLY-2033-05-01.${format}"`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'no-store',
      });
      const bytes: Buffer = file.body;
      expect(String(bytes.subarray(0, magic?.length))).toBe(magic);
      const known = await one<{ sha256: string }>(
        test.database.reader,
        `select detail ->> 'sha256' as sha256 from audit_entry
          where action = 'batch.treasury-paper-made' and detail ->> 'format' = $1`,
        [format],
      );
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(known?.sha256);
    }
  });

  it('is for those who may read batches', async () => {
    const path = `/api/v1/batches/${newId()}/treasury-list.xlsx`;
    await http.anonymous().get(path).expect(401);
    await (await http.asSystem('alert.read')).get(path).expect(403);
    await preparer.get(path).expect(404);
    await preparer.get('/api/v1/batches/not-an-id/treasury-list.pdf').expect(400);
  });
});
