import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A bank on the documented wire that books at once and may hold its answer back. It is *not* idempotent: an order
 * that comes again is booked again, so that nothing but our own care keeps its books right.
 */
export interface HoldingBank {
  readonly url: string;
  /** How often each reference was booked. */
  readonly bookings: ReadonlyMap<string, number>;
  /** From now on the next `count` answers are held back for ever. */
  hold(count: number): void;
  /** How many callers wait for an answer that will not come. */
  held(): number;
  close(): Promise<void>;
}

export async function holdingBank(): Promise<HoldingBank> {
  const bookings = new Map<string, number>();
  let toHold = 0;
  let held = 0;

  const pay = (body: { reference: string }, response: ServerResponse): void => {
    const { reference } = body;
    bookings.set(reference, (bookings.get(reference) ?? 0) + 1);
    if (toHold > 0) {
      toHold -= 1;
      held += 1;
      return;
    }
    answer(response, statusOf(reference));
  };
  const enquire = (body: { payments: { reference: string }[] }, response: ServerResponse): void => {
    answer(response, {
      payments: body.payments.map(({ reference }) =>
        bookings.has(reference) ? statusOf(reference) : { reference, found: false },
      ),
    });
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      if (request.url === '/payments') pay(body as { reference: string }, response);
      else enquire(body as { payments: { reference: string }[] }, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bookings,
    hold: (count) => {
      toHold = count;
    },
    held: () => held,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const statusOf = (reference: string) => ({
  reference,
  status: 'ACCC',
  sequence: 1,
  bankReference: `B${reference.slice(-10)}`,
});

function answer(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}
