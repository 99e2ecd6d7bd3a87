import { createServer } from 'node:http';
import { alertDesk } from '../../test/builders/alert-desk.js';
import { testBanks } from '../../test/builders/banks.js';
import { mailServer, readable } from '../../test/builders/mail-server.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import { sentPayments, type Sent } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { execute, freePort } from '../platform/database/index.js';
import { Metrics } from '../platform/metrics/index.js';
import { written } from './channels/letter.js';
import { Mailer } from './channels/mailer.js';

const MINUTE = 60_000;

describe('alerts reach people', () => {
  let clock: ManualClock;
  let db: TestDatabase;
  let office: Office;
  let mail: Awaited<ReturnType<typeof mailServer>>;
  let desks: ReturnType<typeof alertDesk>[] = [];

  beforeEach(async () => {
    // 10:00 at the office.
    clock = new ManualClock(new Date('2026-11-20T03:00:00Z'));
    db = await testDatabase();
    mail = await mailServer();
    office = await db.database.transaction((tx) => anOffice(tx));
  });
  afterEach(async () => {
    await mail.down();
    for (const desk of desks) await desk.close();
    desks = [];
    await db.close();
  });

  const deskOf = (file: object) => {
    const desk = alertDesk(db.database, clock, undefined, new Metrics(), testBanks(clock), {
      file,
      environment: {
        SMTP_URL: mail.url,
        SMTP_FROM: 'chitra@treasury.example',
        PUBLIC_URL: 'https://chitra.example',
      },
    });
    desks.push(desk);
    return desk;
  };
  const fail = (count: number, sent: Sent = {}) =>
    db.database.transaction((tx) =>
      sentPayments(tx, office, count, { state: 'rejected', since: clock.now(), ...sent }),
    );
  const round = async (desk: ReturnType<typeof alertDesk>) => {
    await desk.evaluating.evaluate();
    await desk.escalating.escalate();
    await desk.delivering.deliver();
  };
  const DUTY = { name: 'duty', emails: ['duty@treasury.example'] };
  const HEAD = { name: 'head', emails: ['head@treasury.example'], language: 'en' };

  it('nobody is told whom no route names', async () => {
    await mail.up();
    const desk = deskOf({
      receivers: [DUTY],
      routes: [{ receivers: ['duty'], severities: ['critical'] }],
    });
    await fail(2);
    await round(desk);
    expect(mail.letters).toEqual([]);
  });

  it('alerts of one round are one letter: what, what to do, where, with names of nobody', async () => {
    await mail.up();
    const desk = deskOf({ receivers: [DUTY], routes: [{ receivers: ['duty'] }] });
    await fail(2, { reasonCode: 'AC04' });
    await fail(3, { reasonCode: 'AC06' });
    await round(desk);
    expect(mail.letters).toHaveLength(1);
    const text = readable(mail.letters[0]);
    expect(mail.letters[0]?.to).toEqual(['duty@treasury.example']);
    expect(text).toMatch(/^From: ChiTra <chitra@treasury.example>/m);
    expect(text).toContain('Auto-Submitted: auto-generated');
    expect(text).toContain('https://chitra.example/alerts/');
    expect(text).toContain('khoản chi của đợt');
    expect(text.indexOf('bị từ chối')).toBeLessThan(text.indexOf('were rejected'));
    expect(text).not.toMatch(/Người Thử|NGUOI THU|020\d{9}/);
    const found = await desk.read.list({ before: null, limit: 10 });
    const told = await desk.read.deliveries(found[0]?.id ?? '');
    expect(told).toMatchObject([
      { receiver: 'duty', channel: 'email', state: 'delivered', attempts: [{ status: 250 }] },
    ]);
    expect(await desk.metrics.registry.metrics()).toContain(
      'chitra_alert_deliveries_total{channel="email",result="delivered"} 1',
    );
  });

  it('an outage with a thousand payments waiting is one alert and one letter', async () => {
    await mail.up();
    const desk = deskOf({ receivers: [DUTY], routes: [{ receivers: ['duty'] }] });
    await fail(1000, { state: 'ready' });
    await execute(
      db.database.reader,
      `update submission set state = 'waiting' where bank_code = 'sandbox'`,
    );
    await execute(
      db.database.reader,
      `insert into bank_health (bank_code, state, failing_since, last_failed_at, opened_at, probes, next_probe_at, changed_at)
       values ('sandbox', 'open', $1, $1, $1, 0, $1, $1)`,
      [new Date(clock.now().getTime() - 5 * MINUTE)],
    );
    for (let times = 0; times < 3; times += 1) {
      await round(desk);
      clock.advanceMs(2000);
    }
    const found = await desk.read.list({ before: null, limit: 10 });
    expect(found.map(({ rule, count }) => [rule, count])).toEqual([['bank-unreachable', 1000]]);
    expect(mail.letters).toHaveLength(1);
  });

  it('the mail server down, then up: one letter arrives, each try visible', async () => {
    const desk = deskOf({ receivers: [DUTY], routes: [{ receivers: ['duty'] }] });
    await fail(1);
    await round(desk);
    await mail.up();
    clock.advanceMs(6_000);
    await round(desk);
    await round(desk);
    expect(mail.letters).toHaveLength(1);
    const [alert] = await desk.read.list({ before: null, limit: 1 });
    const [told] = await desk.read.deliveries(alert?.id ?? '');
    expect(told?.attempts).toMatchObject([
      { status: null, failure: 'ESOCKET' },
      { status: 250, failure: null },
    ]);
  });

  it('a mailbox that refuses is told of, and the others are not written to twice', async () => {
    await mail.up(['gone@treasury.example']);
    const both = { name: 'duty', emails: ['gone@treasury.example', 'duty@treasury.example'] };
    const desk = deskOf({ receivers: [both], routes: [{ receivers: ['duty'] }] });
    await fail(1);
    await round(desk);
    clock.advanceMs(10 * MINUTE);
    await round(desk);
    expect(mail.letters.map(({ to }) => to)).toEqual([['duty@treasury.example']]);
    const [alert] = await desk.read.list({ before: null, limit: 1 });
    const [told] = await desk.read.deliveries(alert?.id ?? '');
    expect(told).toMatchObject({
      state: 'delivered',
      attempts: [{ failure: '1 of 2 addresses refused' }],
    });
  });

  it('what nobody takes on goes to the head once, in their language; what is taken on does not', async () => {
    await mail.up();
    const desk = deskOf({
      receivers: [DUTY, HEAD],
      routes: [
        {
          receivers: ['duty'],
          escalation: { afterMinutes: 30, to: ['head'] },
          repeatAfterMinutes: 60,
        },
      ],
    });
    await fail(50, { reasonCode: 'AC04' });
    await fail(50, { reasonCode: 'AC06' });
    await round(desk);
    const [first, second] = await desk.read.list({ before: null, limit: 10, living: true });
    await desk.acknowledging.acknowledge(office.holder, { alertId: first?.id ?? '', note: null });
    clock.advanceMs(29 * MINUTE);
    await round(desk);
    expect(mail.letters).toHaveLength(1);
    for (let times = 0; times < 3; times += 1) {
      clock.advanceMs(2 * MINUTE);
      await Promise.all([round(desk), round(desk)]);
    }
    expect(mail.letters.map(({ to }) => to[0])).toEqual([
      'duty@treasury.example',
      'head@treasury.example',
    ]);
    expect(readable(mail.letters[1])).toContain('passed on');
    const history = await desk.read.history(second?.id ?? '');
    expect(history.map(({ happened }) => happened)).toEqual(['opened', 'escalated']);
    clock.advanceMs(30 * MINUTE);
    await round(desk);
    await round(desk);
    expect(mail.letters.map(({ to }) => to[0])).toHaveLength(3);
    expect(mail.letters[2]?.to).toEqual(['duty@treasury.example']);
  });

  it('in quiet hours what is not critical waits for the morning, as one letter; critical does not', async () => {
    await mail.up();
    clock.set(new Date('2026-11-20T15:00:00Z'));
    const desk = deskOf({
      receivers: [DUTY],
      routes: [{ receivers: ['duty'] }],
      quietHours: { from: '21:00', to: '06:30', severities: ['info', 'warning'] },
      // Its end an hour later would be a letter of its own.
      rules: { 'failure-rate': { atLeast: 1000 } },
    });
    await fail(1, { reasonCode: 'AC04' });
    await round(desk);
    clock.advanceMs(60 * MINUTE);
    await fail(1, { reasonCode: 'AC06' });
    await round(desk);
    expect(mail.letters).toEqual([]);
    await fail(50, { reasonCode: 'AC01' });
    await round(desk);
    expect(mail.letters).toHaveLength(1);
    expect(readable(mail.letters[0])).toContain('KHẨN CẤP');
    clock.set(new Date('2026-11-20T23:29:00Z'));
    await round(desk);
    expect(mail.letters).toHaveLength(1);
    clock.set(new Date('2026-11-20T23:30:00Z'));
    await round(desk);
    expect(mail.letters).toHaveLength(2);
    expect(readable(mail.letters[1])).toContain('và 1 cảnh báo khác');
  });

  it('no title makes a header or a tag of its own', async () => {
    await mail.up();
    const mailer = new Mailer(deskOf({}).config);
    const evil = 'late\r\nBcc: thief@example.com\u2028X: y <script>alert(1)</script>';
    const one = { vi: evil, en: evil };
    const letter = written(
      { subject: one, matters: [{ mark: one, title: one, more: one, link: '/a"b' }], foot: one },
      'vi',
    );
    await mailer.send({ id: 'x', to: ['duty@treasury.example'], ...letter });
    mailer.onModuleDestroy();
    const [head = ''] = (mail.letters[0]?.text ?? '').split('\r\n\r\n');
    expect(head).not.toMatch(/^(Bcc|X):/m);
    expect(mail.letters[0]?.to).toEqual(['duty@treasury.example']);
    expect(letter.html).not.toContain('<script>');
    expect(letter.html).toContain('/a&quot;b');
  });

  it('Alertmanager hears of what begins, again while it lasts, and of its end', async () => {
    const heard: { labels: Record<string, string>; endsAt: string; annotations: object }[][] = [];
    const alertmanagerPort = await freePort();
    const receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        expect(request.url).toBe('/api/v2/alerts');
        expect(request.headers.authorization).toBe('Bearer t0ken');
        heard.push(JSON.parse(Buffer.concat(chunks).toString()) as (typeof heard)[number]);
        response.end();
      });
    });
    await new Promise<void>((ready) => receiver.listen(alertmanagerPort, '127.0.0.1', ready));
    const url = `http://127.0.0.1:${alertmanagerPort}/`;
    const desk = deskOf({
      receivers: [{ name: 'prometheus', alertmanager: { url, token: 't0ken' } }],
      routes: [{ receivers: ['prometheus'] }],
    });
    await fail(1);
    await round(desk);
    await desk.refreshing.refresh();
    await execute(db.database.reader, `update payment set state = 'settled'`);
    await round(desk);
    await desk.refreshing.refresh();
    await new Promise((done) => receiver.close(done));
    expect(heard).toHaveLength(3);
    expect(heard[0]?.[0]).toMatchObject({
      labels: { alertname: 'payments-failed', service: 'chitra', bank: 'sandbox' },
      annotations: { severity: 'warning' },
    });
    expect(heard[1]?.[0]?.labels).toEqual(heard[0]?.[0]?.labels);
    const ends = heard.map(([alert]) => new Date(alert?.endsAt ?? 0) > clock.now());
    expect(ends).toEqual([true, true, false]);
  });
});
