import { Books } from './checksum.js';
import { complaintsOf, FUZZ_SEED, lasting } from './fuzz.js';
import { openOffice, type Office } from './office.js';
import { operationsOf, routesOf, type Operation } from './operations.js';
import { plansOf } from './requests.js';
import { closeAgent } from './send.js';
import { Walk } from './walk.js';

/** Of each operation; reading has less to lose. */
const ORDERS = 50;
const QUESTIONS = 25;

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
        const began = performance.now();
        complaints.push(
          ...(await complaintsOf(plansOf(operation), usual, (plan) => walk.try(operation, plan))),
        );
        if (process.env.FUZZ_TOLD)
          process.stderr.write(`${operation.name} ${Math.round(performance.now() - began)} ms\n`);
      }
      expect(complaints).toEqual([]);
    },
    lasting(240_000),
  );

  it('no operation was passed over, and none refused everything it was asked', () => {
    const visited = operations.map(({ name }) => walk.visits.get(name)?.sent ?? 0);
    expect(visited.filter((sent) => sent < QUESTIONS)).toEqual([]);
    if (process.env.FUZZ_TOLD) {
      for (const [name, { sent, done, statuses }] of walk.visits)
        process.stderr.write(`${name} ${sent} ${done} ${JSON.stringify([...statuses])}\n`);
    }
  });
});
