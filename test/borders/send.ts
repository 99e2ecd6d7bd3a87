import { Agent, request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

export interface Asked {
  readonly method: string;
  /** Address and query, as they go over the line. */
  readonly target: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
  /** Refused before any code of ours saw it: by Node's own parser, which has no words for people. */
  readonly byTheParser: boolean;
}

export const EVENT_STREAM = 'text/event-stream';

/** No answer may take longer, on a machine that is busy with other things too. */
const PATIENCE_MS = 20_000;

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** One request over HTTP, with nothing made better on its way. Of a stream of events, its beginning. */
export function send(url: string, asked: Asked): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = request(
      url,
      { agent, method: asked.method, path: asked.target, headers: asked.headers },
      (response) => {
        const chunks: Buffer[] = [];
        const type = String(response.headers['content-type'] ?? '');
        const end = () => {
          done({
            status: response.statusCode ?? 0,
            type,
            text: Buffer.concat(chunks).toString('utf8'),
            headers: response.headers,
            byTheParser: response.headers['x-request-id'] === undefined,
          });
        };
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          // It would go on for a quarter of an hour.
          if (type.startsWith(EVENT_STREAM)) {
            end();
            response.destroy();
          }
        });
        response.on('error', fail);
        response.on('end', end);
      },
    );
    sent.setTimeout(PATIENCE_MS, () => sent.destroy(new Error('no answer in time')));
    sent.on('error', fail);
    sent.end(asked.body);
  });
}

/** The very bytes, for what no HTTP client would send; the status line of the answer, or '' when the line was cut. */
export function sendBytes(url: string, bytes: Buffer): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((done) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    const end = () => {
      socket.destroy();
      const text = Buffer.concat(chunks).toString('utf8');
      done({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text });
    };
    socket.setTimeout(PATIENCE_MS, end);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', end);
    socket.on('close', end);
    socket.on('connect', () => socket.write(bytes));
  });
}

export const closeAgent = (): void => agent.destroy();
