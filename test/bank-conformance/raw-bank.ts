import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SystemClock, Money } from '../../src/kernel/index.js';
import { RestAdapter } from '../../src/banks/adapters/rest/rest.adapter.js';
import type { BankCall, PaymentOrder } from '../../src/banks/index.js';

/** What a hostile or broken bank does with a connection once a whole request has arrived. */
export type Behaviour = (socket: Socket, request: string) => void;

/** A TCP server that speaks no HTTP of its own: every byte of an answer is the test's. */
export class RawBank {
  /** Every request that arrived whole, in order. */
  readonly requests: string[] = [];
  connections = 0;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private behaviour: Behaviour,
    private readonly onConnect: (socket: Socket) => void,
  ) {
    this.server = createServer((socket) => this.serve(socket));
  }

  static async start(
    behaviour: Behaviour,
    onConnect: (socket: Socket) => void = () => undefined,
  ): Promise<RawBank> {
    const bank = new RawBank(behaviour, onConnect);
    await new Promise<void>((done) => bank.server.listen(0, '127.0.0.1', done));
    return bank;
  }

  now(behaviour: Behaviour): void {
    this.behaviour = behaviour;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((done) => this.server.close(done));
  }

  private serve(socket: Socket): void {
    this.connections += 1;
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
    this.onConnect(socket);
    let received = '';
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (received.length < end + 4 + length) return;
      const request = received;
      received = '';
      this.requests.push(request);
      this.behaviour(socket, request);
    });
  }
}

/** An HTTP/1.1 answer as bytes. */
export function httpAnswer(given: {
  status?: number;
  type?: string | null;
  headers?: readonly string[];
  body?: string | Buffer;
}): Buffer {
  const body = Buffer.from(given.body ?? '');
  const type = given.type === undefined ? 'application/json' : given.type;
  const head = [
    `HTTP/1.1 ${given.status ?? 200} X`,
    ...(type === null ? [] : [`Content-Type: ${type}`]),
    `Content-Length: ${body.length}`,
    ...(given.headers ?? []),
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

export const answering =
  (given: Parameters<typeof httpAnswer>[0]): Behaviour =>
  (socket) =>
    socket.write(httpAnswer(given));

export const json =
  (value: unknown, status = 200): Behaviour =>
  (socket) =>
    socket.write(httpAnswer({ status, body: JSON.stringify(value) }));

/** 24 bytes of a secret that is nobody's. */
export const TEST_SECRET = `whsec_${Buffer.from('a secret only for testing').toString('base64')}`;

export function restAdapterTo(port: number, timeoutMs = 400): RestAdapter {
  const options = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    keyId: 'key-1',
    secret: TEST_SECRET,
    noticeSecret: [TEST_SECRET],
    plainHttp: true,
  };
  return new RestAdapter(options, { concurrency: 4, timeoutMs }, new SystemClock());
}

export function anOrder(differing: Partial<PaymentOrder> = {}): PaymentOrder {
  return {
    reference: 'CT0123456789ABCDEF0123456789ABCDEF',
    amount: Money.of('2789000'),
    bankBin: '970405',
    accountNumber: '0012345678901',
    accountName: 'Nguyễn Thị Ví Dụ',
    narrative: 'NCC 11 2026',
    fund: 'NSTW_NCC',
    ...differing,
  };
}

export function aCall(timeoutMs = 5000): BankCall {
  return { signal: AbortSignal.timeout(timeoutMs), attemptId: 'attempt-1' };
}
