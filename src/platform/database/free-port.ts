import { createServer } from 'node:net';

/** A free TCP port on the loopback address: the preferred one when nobody has it, else any. */
export async function freePort(preferred = 0): Promise<number> {
  return listenOnce(preferred).catch((error: unknown) => {
    if (preferred === 0) throw error;
    return listenOnce(0);
  });
}

function listenOnce(port: number): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? done(address.port) : fail(new Error('no port')),
      );
    });
  });
}
