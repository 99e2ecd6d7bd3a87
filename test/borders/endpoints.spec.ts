import { Books } from './checksum.js';
import { complaintsOf, FUZZ_SEED, lasting } from './fuzz.js';
import { openOffice, type Office } from './office.js';
import { operationsOf, routesOf, type Operation } from './operations.js';
import { goodPlansOf, plansOf, sweepOf } from './requests.js';
import { barrage } from './barrage.js';
import { FORM_TYPE, formsOf } from './forms.js';
import { noticeBodies, signed } from './notices.js';
import fc from 'fast-check';
import { closeAgent } from './send.js';
import { Walk } from './walk.js';

/** Of each operation; reading has less to lose. */
const ORDERS = 8;
const QUESTIONS = 5;
const FORMS = 150;
const NOTICES = 100;

describe(`the borders of the whole service under fire (FUZZ_SEED=${FUZZ_SEED})`, () => {
  let office: Office;
  let books: Books;
  let walk: Walk;
  let operations: Operation[];
  let document: unknown;

  beforeAll(async () => {
    office = await openOffice();
    document = await (await fetch(`${office.url}/api/openapi.json`)).json();
    operations = operationsOf(document);
    books = await Books.open(office.databaseUrl);
    walk = await Walk.begin(office, books);
    for (const operation of operations) await walk.lookAt(operation);
  }, 180_000);
  afterAll(async () => {
    closeAgent();
    await books.close();
    await office.stop();
  }, 60_000);

  it('every address that is served is described, so that none is left out here', () => {
    const described = operations.map(({ name }) => name).sort();
    expect(described.length).toBeGreaterThan(60);
    expect([...new Set(routesOf(office.booted.app.getHttpAdapter().getInstance()))].sort()).toEqual(
      described,
    );
  });

  it(
    'whatever is asked, nothing breaks, a refusal is a problem, and what is refused leaves no trace',
    async () => {
      const complaints: string[] = [];
      for (const operation of operations) {
        const usual = operation.method === 'GET' ? QUESTIONS : ORDERS;
        await walk.lookAbove(operation, operations);
        complaints.push(
          ...(await complaintsOf(operation.name, plansOf(operation), usual, (plan) =>
            walk.try(operation, plan),
          )),
        );
      }
      expect(complaints).toEqual([]);
    },
    lasting(240_000),
  );

  it(
    'whatever a single field holds that is nearly right',
    async () => {
      const complaints: string[] = [];
      let sent = 0;
      for (const operation of operations) {
        const good = fc.sample(goodPlansOf(operation), { numRuns: 1, seed: FUZZ_SEED })[0]!;
        for (const plan of sweepOf(operation, good)) {
          sent += 1;
          const complaint = await walk.try(operation, plan);
          if (complaint) complaints.push(`FUZZ_SEED=${FUZZ_SEED}: ${complaint}`);
        }
      }
      expect(sent).toBeGreaterThan(400);
      expect(complaints).toEqual([]);
    },
    lasting(240_000),
  );

  it(
    'whatever goes over the line, bodies too large, too deep, packed, or in no encoding included',
    async () => {
      const complaints: string[] = [];
      let sent = 0;
      for (const operation of operations.filter(({ method }) => method !== 'GET')) {
        const good = fc.sample(goodPlansOf(operation), { numRuns: 1, seed: FUZZ_SEED })[0]!;
        const person = walk.personFor(operation, good);
        const asked = await walk.asking(operation, good, person);
        for (const [name, shot] of barrage(operation, asked)) {
          sent += 1;
          const headers = { ...shot.headers, ...walk.headersFor(operation, person) };
          const named = shot.headers['idempotency-key'];
          if (named !== asked.headers['idempotency-key'] && named !== undefined)
            headers['idempotency-key'] = named;
          if (shot.headers.origin !== asked.headers.origin) headers.origin = shot.headers.origin;
          const complaint = await walk.ask(operation, { ...shot, headers }, person);
          if (complaint) complaints.push(`FUZZ_SEED=${FUZZ_SEED}: ${name}: ${complaint}`);
        }
      }
      expect(sent).toBeGreaterThan(1000);
      expect(complaints).toEqual([]);
      expect({}).not.toHaveProperty('isAdmin');
    },
    lasting(240_000),
  );

  it(
    'whatever a form holds',
    async () => {
      const complaints: string[] = [];
      for (const operation of operations.filter(({ form }) => form !== null)) {
        const person = walk.personFor(operation, { who: 'permitted', which: 0 });
        const fields = Object.keys(operation.form?.properties ?? {});
        const found = await complaintsOf(operation.name, formsOf(fields), FORMS, (body) => {
          const headers = {
            ...walk.headersFor(operation, person),
            'content-type': FORM_TYPE,
            'content-length': String(body.length),
          };
          return walk.ask(
            operation,
            { method: 'POST', target: operation.path, headers, body },
            person,
          );
        });
        complaints.push(...found);
      }
      expect(complaints).toEqual([]);
    },
    lasting(120_000),
  );

  it(
    'a bank that has our secret and speaks nonsense is refused or kept, and breaks nothing',
    async () => {
      const operation = operations.find(({ path }) => path.endsWith('/{bank}/notices'))!;
      const attempt = (body: Buffer) => {
        const headers = {
          ...walk.headersFor(operation, null),
          ...signed(office.noticeSecret, body),
        };
        const target = operation.path.replace('{bank}', 'sandbox');
        return walk.ask(operation, { method: 'POST', target, headers, body }, null);
      };
      expect(await complaintsOf('signed notices', noticeBodies, NOTICES, attempt)).toEqual([]);
      expect(walk.visits.get(operation.name)?.done).toBeGreaterThan(5);
    },
    lasting(60_000),
  );

  it('no key is left running by what was refused, and no half of a file stays behind', async () => {
    expect(
      await books.count(`select count(*)::int as n from idempotency_key where state = 'running'`),
    ).toBe(0);
    expect(
      await books.count(
        `select count(*)::int as n from import_file_chunk c where not exists (select from entitlement_import i where i.id = c.import_id)`,
      ),
    ).toBe(0);
  });

  it('no operation was passed over, and whoever may was let in to each', () => {
    const counted = Object.values((document as { paths: Record<string, object> }).paths)
      .flatMap((methods) => Object.keys(methods))
      .filter((method) => /^(get|post|put|patch|delete)$/.test(method)).length;
    expect(walk.visits.size).toBe(counted);
    for (const [name, { sent, statuses }] of walk.visits) {
      const beyondTheDoor = [...statuses.keys()].filter(
        (status) => ![401, 403, 431].includes(status),
      );
      expect({ name, enough: sent >= QUESTIONS, beyondTheDoor }).toEqual({
        name,
        enough: true,
        beyondTheDoor: expect.arrayContaining([expect.any(Number)]) as number[],
      });
    }
  });
});
