import {
  consoleUnderTest,
  type ConsoleUnderTest,
  type Visitor,
} from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { describeWithRedis } from '../../../test/setup/redis.js';
import { Doorbell } from '../../platform/queue/index.js';

const PATH = '/admin/queues';

function aBoard(name: string, environment: () => Record<string, string>) {
  describe(name, () => {
    let db: TestDatabase;
    let office: ConsoleUnderTest;
    let administrator: Visitor;
    beforeAll(async () => {
      db = await testDatabase();
      office = await consoleUnderTest(db, { environment: environment() });
      administrator = await office.visitor(['administrator']);
    });
    afterAll(async () => {
      await office.close();
      await db.close();
    });

    it('is for administrators, who are signed in', async () => {
      const monitor = await office.visitor(['monitor', 'chief_accountant']);
      for (const path of [PATH, `${PATH}/api/queues`, `${PATH}/static/js/x.js`]) {
        await monitor.agent.get(path).expect(403);
      }
      expect((await fetch(`${office.url}${PATH}/api/queues`)).status).toBe(401);
    });

    it('changes nothing, whatever it is asked', async () => {
      const orders = [
        () => administrator.agent.put(`${PATH}/api/queues/events/pause`),
        () => administrator.agent.put(`${PATH}/api/queues/events/clean/wait`),
        () => administrator.agent.post(`${PATH}/api/queues/events/add`),
        () => administrator.agent.delete(`${PATH}/api/queues/events/obliterate`),
      ];
      for (const order of orders) {
        const { status } = await order().set('Origin', office.url);
        expect([404, 405]).toContain(status);
      }
    });

    it('shows every queue with its jobs, without a right to press anything', async () => {
      const doorbell = office.booted.app.get(Doorbell, { strict: false });
      const ring = { name: 'outbox.deliver', id: 'board-1', payload: { eventId: 'e-1' } };
      await doorbell.ring('events', [ring]);
      const asked = `${PATH}/api/queues?activeQueue=events&status=waiting&page=1`;
      const { body } = await administrator.agent.get(asked).expect(200);
      const queues = body.queues as {
        name: string;
        readOnlyMode: boolean;
        counts: Record<string, number>;
        jobs: { id: string }[];
      }[];
      expect(queues.map(({ name: queue }) => queue)).toEqual(
        expect.arrayContaining(['events', 'bank-sandbox']),
      );
      expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
      const events = queues.find(({ name: queue }) => queue === 'events');
      expect(events?.counts['waiting']).toBe(1);
      expect(events?.jobs.map(({ id }) => id)).toEqual(['board-1']);
    });

    it('is a page whose files come from here, under the policy of all pages', async () => {
      const page = await administrator.agent.get(PATH).expect(200);
      const policy = String(page.headers['content-security-policy']);
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("base-uri 'self'");
      expect(policy).not.toContain('unsafe');
      expect(page.text).toContain(`<base href="${PATH}/"`);
      const scripts = [...page.text.matchAll(/src="(static\/[^"]+)"/g)].map(([, src]) => src);
      expect(scripts.length).toBeGreaterThan(0);
      for (const script of scripts) {
        await administrator.agent.get(`${PATH}/${script}`).expect(200);
      }
    });
  });
}

aBoard('the board of queues in PostgreSQL', () => ({}));

describeWithRedis('with Redis', (redis) => {
  aBoard('the board of queues in Redis', () => ({ REDIS_URL: redis().url }));
});
