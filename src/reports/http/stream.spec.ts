import { afterPayments } from '../../../test/builders/after-payment.modules.js';
import { anOffice } from '../../../test/builders/officers.js';
import { sentPayments } from '../../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { EvaluateAlerts } from '../../alerts/index.js';
import { CreateApiKey, SYSTEM } from '../../identity/index.js';
import { SystemClock } from '../../kernel/index.js';
import { execute } from '../../platform/database/index.js';
import { LiveEvents } from '../live-events.js';
import { ReportsModule } from '../reports.module.js';

interface Told {
  readonly id: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

describe('the stream of what happens', () => {
  let db: TestDatabase;
  let http: HttpUnderTest;
  let url: string;
  let token: string;
  const open: AbortController[] = [];

  beforeAll(async () => {
    db = await testDatabase();
    http = await httpUnderTest(db, {
      imports: [...afterPayments(new SystemClock()), ReportsModule],
    });
    url = `${await http.app.getUrl()}/api/v1/stream`;
    ({ token } = await http.app.get(CreateApiKey).create({
      actor: SYSTEM,
      name: 'wall',
      permissions: ['alert.read', 'payment.read', 'bank.read'],
      expiresAt: new Date(Date.now() + 3_600_000),
    }));
  });
  afterAll(async () => {
    open.forEach((one) => one.abort());
    await http.close();
    await db.close();
  });

  /** Watches until `enough`; bounded by the test's own time. */
  const watch = async (enough: (told: Told[]) => boolean, lastId?: string): Promise<Told[]> => {
    const abort = new AbortController();
    open.push(abort);
    const answer = await fetch(url, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(lastId !== undefined && { 'last-event-id': lastId }),
      },
      signal: abort.signal,
    });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const told: Told[] = [];
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1] ?? '';
        if (field('data') === '') continue;
        const data = JSON.parse(field('data')) as Record<string, unknown>;
        told.push({ id: field('id'), type: field('event'), data });
      }
      if (enough(told)) break;
    }
    abort.abort();
    return told;
  };
  const fail = async () => {
    await db.database.transaction(async (tx) => {
      await sentPayments(tx, await anOffice(tx), 2, { state: 'rejected' });
    });
    await http.app.get(EvaluateAlerts).evaluate();
  };

  it('is for those who may see alerts, payments and banks', async () => {
    await http.anonymous().get('/api/v1/stream').expect(401);
    await (await http.asSystem('alert.read')).get('/api/v1/stream').expect(403);
  });

  it('begins with everything, tells what changes, and what was missed in a short break; names of nobody', async () => {
    const watching = watch((told) => told.some(({ type }) => type === 'alert.opened'));
    const second = watch((told) => told.length >= 1);
    const [snapshot] = await second;
    expect(snapshot).toMatchObject({ type: 'snapshot', data: { alerts: [] } });
    await fail();
    const told = await watching;
    expect(told[0]?.type).toBe('snapshot');
    const opened = told.find(({ type }) => type === 'alert.opened');
    expect(opened?.data).toMatchObject({ rule: 'payments-failed', count: 2, state: 'open' });
    expect(told.map(({ type }) => type)).toContain('run.changed');
    expect(JSON.stringify(told)).not.toMatch(/Người Thử|NGUOI THU|020\d{9}/);
    await execute(db.database.reader, `update payment set state = 'settled'`);
    await http.app.get(EvaluateAlerts).evaluate();
    const missed = await watch(
      (since) => since.some(({ type }) => type === 'alert.resolved'),
      opened?.id,
    );
    expect(missed.map(({ type }) => type)).not.toContain('snapshot');
    const [strange] = await watch((since) => since.length > 0, 'another-life.7');
    expect(strange?.type).toBe('snapshot');
  });

  it('takes in so many viewers and no more, and room comes back when they go', () => {
    const live = http.app.get(LiveEvents);
    const viewers = Array.from({ length: 190 }, () => live.watch(null).subscribe());
    const more = () => Array.from({ length: 20 }, () => live.watch(null).subscribe());
    expect(more).toThrow(expect.objectContaining({ code: 'reports.too-many-viewers' }));
    viewers.forEach((viewer) => viewer.unsubscribe());
    live.watch(null).subscribe().unsubscribe();
  });
});
