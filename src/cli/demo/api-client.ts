import { createHash } from 'node:crypto';
import type { z } from 'zod';

/** A refusal of the API, in the words it gave. */
export class ApiRefused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiRefused';
  }
}

interface ProblemBody {
  code?: string;
  title?: string;
  detail?: string;
}

/** One person at the API, as any other client: a session cookie, JSON, and an idempotency key per act. */
export class ApiClient {
  private cookie = '';

  private constructor(private readonly base: string) {}

  static async signIn(base: string, login: string, password: string): Promise<ApiClient> {
    const client = new ApiClient(base);
    await client.send('POST', '/api/v1/sessions', { json: { login, password } });
    return client;
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await this.send('GET', path, {}));
  }

  /** The same act again gives the stored answer: a demo that is run twice does everything once. */
  async post<T>(
    path: string,
    schema: z.ZodType<T>,
    body: { json?: unknown; form?: FormData; ifMatch?: string; act: string },
  ): Promise<T> {
    const key = createHash('sha256').update(body.act).digest('hex');
    return schema.parse(await this.send('POST', path, { ...body, key }));
  }

  private async send(
    method: string,
    path: string,
    body: { json?: unknown; form?: FormData; ifMatch?: string; key?: string },
  ): Promise<unknown> {
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        'accept-language': 'en',
        origin: this.base,
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(body.ifMatch ? { 'if-match': body.ifMatch } : {}),
        ...(body.key ? { 'idempotency-key': body.key } : {}),
        ...(body.json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body.form ?? (body.json === undefined ? undefined : JSON.stringify(body.json)),
    });
    const cookie = response.headers.getSetCookie().find((c) => c.startsWith('chitra.sid='));
    if (cookie) this.cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    const answer: unknown = text === '' ? null : JSON.parse(text);
    if (response.ok) return answer;
    const problem = (answer ?? {}) as ProblemBody;
    throw new ApiRefused(
      response.status,
      problem.code ?? '',
      `${method} ${path}: ${response.status} ${problem.code ?? ''} ${problem.detail ?? problem.title ?? ''}`,
    );
  }
}
