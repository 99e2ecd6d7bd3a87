import { freePort } from '../../src/platform/database/index.js';
import { testRedis, within, type TestRedis } from './redis.js';

const SLOTS = 16_384;
const MASTERS = 3;
const NODE_TIMEOUT_MS = 1500;
const IN_ORDER_WITHIN_MS = 30_000;
/** A replica is taken on at once, not when others may have come. */
const AT_ONCE = ['--repl-diskless-sync-delay', '0'];

export interface TestCluster {
  /** As REDIS_URL names it, by two of its nodes. */
  readonly url: string;
  readonly nodes: readonly TestRedis[];
  flush(): Promise<void>;
  /** The node that takes what belongs to this key now. */
  masterOf(key: string): Promise<TestRedis>;
  close(): Promise<void>;
}

/** Three masters with a replica each, which takes over when its master is gone. Null where there is no redis-server. */
export async function testCluster(): Promise<TestCluster | null> {
  const nodes: TestRedis[] = [];
  const close = async () => {
    for (const node of nodes) await node.close();
  };
  try {
    for (let nth = 0; nth < 2 * MASTERS; nth += 1) {
      const bus = ['--cluster-port', String(await freePort())];
      const timing = ['--cluster-node-timeout', String(NODE_TIMEOUT_MS)];
      const args = ['--cluster-enabled', 'yes', ...bus, ...timing, ...AT_ONCE];
      const node = await testRedis({ args });
      if (!node) return null;
      nodes.push(node);
    }
    await join(nodes);
  } catch (error) {
    await close();
    throw error;
  }
  const hosts = nodes.slice(0, 2).map(({ url }) => new URL(url).host);
  return {
    url: `redis+cluster://${hosts.join(',')}`,
    nodes,
    close,
    flush: async () => {
      for (const node of nodes) {
        if ((await roleOf(node)) === 'master') await node.flush();
      }
    },
    masterOf: (key) => masterOf(nodes, key),
  };
}

async function join(nodes: readonly TestRedis[]): Promise<void> {
  const masters = nodes.slice(0, MASTERS);
  for (const [nth, node] of masters.entries()) {
    const from = Math.floor((nth * SLOTS) / MASTERS);
    const to = Math.floor(((nth + 1) * SLOTS) / MASTERS) - 1;
    await tell(node, 'CLUSTER', 'ADDSLOTSRANGE', from, to);
  }
  const [first] = nodes as [TestRedis];
  for (const node of nodes.slice(1)) {
    const [port, bus] = await portsOf(node);
    await tell(first, 'CLUSTER', 'MEET', '127.0.0.1', port, bus);
  }
  const ids = await Promise.all(masters.map((node) => tell(node, 'CLUSTER', 'MYID')));
  const knowsAll = async (node: TestRedis) =>
    String(await tell(node, 'CLUSTER', 'INFO')).includes(`cluster_known_nodes:${nodes.length}`);
  for (const node of nodes) await until(() => knowsAll(node));
  for (const [nth, node] of nodes.slice(MASTERS).entries()) {
    await tell(node, 'CLUSTER', 'REPLICATE', String(ids[nth]));
  }
  for (const node of nodes) {
    await until(async () =>
      String(await tell(node, 'CLUSTER', 'INFO')).includes('cluster_state:ok'),
    );
  }
  for (const node of nodes.slice(MASTERS)) await until(() => isInStep(node));
}

async function portsOf({ url }: TestRedis): Promise<[string, string]> {
  const { port } = new URL(url);
  const found = await within(url, (client) => client.config('GET', 'cluster-port'));
  return [port, String((found as string[])[1])];
}

async function masterOf(nodes: readonly TestRedis[], key: string): Promise<TestRedis> {
  for (const node of nodes) {
    const answer = await tell(node, 'GET', key).catch((error: Error) => error.message);
    const isHere =
      answer === null ||
      (typeof answer === 'string' && !/^(MOVED|CLUSTERDOWN|Connection)/.test(answer));
    if (isHere && (await roleOf(node)) === 'master') return node;
  }
  throw new Error('nobody holds that key');
}

export interface TestSentinel {
  /** As REDIS_URL names what it watches. */
  readonly url: string;
  readonly name: string;
  readonly servers: readonly [TestRedis, TestRedis];
  flush(): Promise<void>;
  /** Which of the two is the master, as the sentinel says. */
  master(): Promise<TestRedis>;
  /** As somebody does by hand; waits until the other is the master. */
  failOver(): Promise<void>;
  close(): Promise<void>;
}

const NAME = 'chitra-test';

/** A master, its replica, and a sentinel that watches both. Null where there is no redis-server. */
export async function testSentinel(): Promise<TestSentinel | null> {
  const first = await testRedis({ args: AT_ONCE });
  if (!first) return null;
  const opened: TestRedis[] = [first];
  const close = async () => {
    for (const server of opened.reverse()) await server.close();
  };
  try {
    const second = (await testRedis({ args: AT_ONCE })) as TestRedis;
    opened.push(second);
    await tell(second, 'REPLICAOF', '127.0.0.1', new URL(first.url).port);
    await until(() => isInStep(second));
    const sentinel = await watched(first);
    opened.push(sentinel);
    await until(async () => String(await tell(sentinel, 'INFO', 'sentinel')).includes('slaves=1'));
    const servers = [first, second] as const;
    const master = async () => {
      const at = (await tell(sentinel, 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME)) as string[];
      return servers.find(({ url }) => new URL(url).port === at[1]) as TestRedis;
    };
    return {
      url: `redis+sentinel://${new URL(sentinel.url).host}/${NAME}`,
      name: NAME,
      servers,
      close,
      master,
      flush: async () => (await master()).flush(),
      failOver: async () => {
        const before = await master();
        await until(async () =>
          tell(sentinel, 'SENTINEL', 'FAILOVER', NAME).then(
            () => true,
            () => false,
          ),
        );
        await until(async () => (await master()) !== before);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function watched(master: TestRedis): Promise<TestRedis> {
  const sentinel = (await testRedis({ sentinel: true })) as TestRedis;
  await tell(sentinel, 'SENTINEL', 'MONITOR', NAME, '127.0.0.1', new URL(master.url).port, '1');
  await tell(sentinel, 'SENTINEL', 'SET', NAME, 'down-after-milliseconds', '1500');
  return sentinel;
}

const roleOf = async (node: TestRedis): Promise<string> =>
  tell(node, 'ROLE').then(
    (role) => String((role as unknown[])[0]),
    () => 'away',
  );

const isInStep = async (replica: TestRedis): Promise<boolean> =>
  String(await tell(replica, 'INFO', 'replication')).includes('master_link_status:up');

const tell = (node: TestRedis, command: string, ...args: (string | number)[]): Promise<unknown> =>
  within(node.url, (client) => client.call(command, ...args));

async function until(question: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + IN_ORDER_WITHIN_MS;
  while (!(await question())) {
    if (Date.now() > deadline) throw new Error('the servers of Redis do not find together');
    await new Promise((wake) => setTimeout(wake, 100));
  }
}
