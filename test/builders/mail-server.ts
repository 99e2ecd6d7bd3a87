import { SMTPServer } from 'smtp-server';
import { freePort } from '../../src/platform/database/index.js';

export interface KeptLetter {
  readonly to: string[];
  /** As it came over the wire. */
  readonly text: string;
}

/** A real mail server that keeps what it is given; down until it is told to be up. */
export async function mailServer() {
  const port = await freePort();
  const letters: KeptLetter[] = [];
  let server: SMTPServer | null = null;
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    /** @param refuses addresses that have no mailbox here. */
    up: (refuses: readonly string[] = []) =>
      new Promise<void>((ready) => {
        server = serverOf(letters, refuses);
        server.listen(port, '127.0.0.1', ready);
      }),
    down: () =>
      new Promise<void>((done) => {
        if (!server) return done();
        server.close(done);
        server = null;
      }),
  };
}

function serverOf(letters: KeptLetter[], refuses: readonly string[]): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: ({ address }, _session, done) =>
      done(refuses.includes(address) ? new Error('no such mailbox') : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        letters.push({ to, text: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
}

/** A letter's parts as a person reads them. */
export function readable(letter: KeptLetter | undefined): string {
  return (letter?.text ?? '')
    .split(/\r?\n\r?\n/)
    .map((part) =>
      /^[A-Za-z0-9+/=\r\n]{40,}$/.test(part) ? Buffer.from(part, 'base64').toString() : part,
    )
    .join('\n')
    .replace(/=\r?\n/g, '')
    .replace(/(=[0-9A-F]{2})+/g, (hex) => Buffer.from(hex.replaceAll('=', ''), 'hex').toString());
}
