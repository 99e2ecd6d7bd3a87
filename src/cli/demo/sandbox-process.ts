import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const booksSchema = z.object({
  credits: z.number(),
  creditedAmount: z.string(),
  returns: z.number(),
  returnedAmount: z.string(),
  creditedTwice: z.number(),
  rejected: z.number(),
  pending: z.number(),
  changesToCome: z.number(),
  noticesWaiting: z.number(),
});

/** What the sandbox bank's own books say in sum. */
export type BankBooks = z.infer<typeof booksSchema>;

const creditsSchema = z.object({
  items: z.array(z.object({ reference: z.string(), amount: z.string(), returned: z.boolean() })),
  nextAfter: z.string().nullable(),
});

export type BankCredit = z.infer<typeof creditsSchema>['items'][number];

const START_PATIENCE_MS = 30_000;

/** The sandbox bank as its own process, with its own database, reached over HTTP like any bank. */
export class SandboxProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(options: {
    port: number;
    environment: Readonly<Record<string, string>>;
  }): Promise<SandboxProcess> {
    const program = fileURLToPath(new URL('../../banks/sandbox/main.js', import.meta.url));
    const child = spawn(process.execPath, [program], {
      env: { ...options.environment, SANDBOX_PORT: String(options.port) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const sandbox = new SandboxProcess(child, `http://127.0.0.1:${options.port}`);
    await sandbox.untilUp();
    return sandbox;
  }

  async books(): Promise<BankBooks> {
    return booksSchema.parse(await this.ask('/sandbox/books'));
  }

  /** Every credit in its books, for counting who was credited how often. */
  async *credits(): AsyncGenerator<BankCredit> {
    for (let after: string | null = '0'; after !== null;) {
      const page: z.infer<typeof creditsSchema> = creditsSchema.parse(
        await this.ask(`/sandbox/credits?after=${after}`),
      );
      yield* page.items;
      after = page.nextAfter;
    }
  }

  /** Ends it in good order and waits for that. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = new Promise((done) => this.child.once('exit', done));
    this.child.kill('SIGTERM');
    await gone;
  }

  private async ask(path: string): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`);
    if (!response.ok) throw new Error(`the sandbox bank answers ${response.status}`);
    return response.json();
  }

  private async untilUp(): Promise<void> {
    const deadline = Date.now() + START_PATIENCE_MS;
    for (;;) {
      if (this.child.exitCode !== null) throw new Error('the sandbox bank did not start');
      const up = await this.books().then(
        () => true,
        () => false,
      );
      if (up) return;
      if (Date.now() > deadline) throw new Error('the sandbox bank did not answer in time');
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
}
