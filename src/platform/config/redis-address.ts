export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

/** How a group of servers is entered: the same for each of them. */
interface RedisEntry {
  readonly username?: string;
  readonly password?: string;
  readonly tls: boolean;
}

/** What REDIS_URL names: one server; a cluster, by some of its nodes; a master, by the sentinels that know it. */
export type RedisAddress =
  | { readonly kind: 'one'; readonly url: string }
  | (RedisEntry & { readonly kind: 'cluster'; readonly nodes: readonly RedisNode[] })
  | (RedisEntry & {
      readonly kind: 'sentinel';
      readonly nodes: readonly RedisNode[];
      /** Of the master, as the sentinels call it. */
      readonly name: string;
    });

const FORM =
  /^redis(?<tls>s?)\+(?<kind>cluster|sentinel):\/\/(?:(?<user>[^:@/]*)(?::(?<secret>[^@/]*))?@)?(?<hosts>[^@/?#]+)(?:\/(?<name>[^/?#]*))?$/;
const NODE = /^(?<host>[a-z0-9](?:[a-z0-9._-]*)|\[[0-9a-f:.]+\])(?::(?<port>\d{1,5}))?$/i;
const PORTS = { cluster: 6379, sentinel: 26_379 } as const;
const HIGHEST_PORT = 65_535;

/** @returns the address, or what is wrong with it: a rule, never the value. */
export function readRedisAddress(text: string): RedisAddress | string {
  if (/^rediss?:\/\//.test(text)) return oneServer(text);
  if (!/^rediss?\+(cluster|sentinel):\/\//.test(text)) {
    return 'is a redis://, rediss://, redis+cluster:// or redis+sentinel:// address';
  }
  const found = FORM.exec(text)?.groups;
  if (!found)
    return 'is user:password@host:port,host:port behind its //, the password percent-encoded';
  const kind = found['kind'] === 'cluster' ? 'cluster' : 'sentinel';
  const nodes = (found['hosts'] ?? '').split(',').map((node) => nodeOf(node, PORTS[kind]));
  if (!nodes.every((node) => node !== null))
    return 'names each node as host or host:port, with commas between';
  const [username, password] = [found['user'], found['secret']].map(decoded);
  if (username === null || password === null)
    return 'holds a user and password that are percent-encoded';
  const entry = { username, password, tls: found['tls'] === 's' };
  const name = found['name'] ?? '';
  if (kind === 'cluster') {
    return name === ''
      ? { kind, nodes, ...entry }
      : 'ends with the last node: a cluster has no numbered databases';
  }
  return name === ''
    ? 'ends with /name, the name by which the sentinels know the master'
    : { kind, nodes, name, ...entry };
}

function oneServer(url: string): RedisAddress | string {
  const host = url.slice(url.lastIndexOf('@') + 1);
  if (host.includes(',')) {
    return 'names one server; nodes of a cluster are redis+cluster://host:port,host:port';
  }
  return URL.canParse(url) ? { kind: 'one', url } : 'is redis://user:password@host:port';
}

function nodeOf(text: string, usual: number): RedisNode | null {
  const found = NODE.exec(text)?.groups;
  const port = found?.['port'] === undefined ? usual : Number(found['port']);
  if (!found?.['host'] || port < 1 || port > HIGHEST_PORT) return null;
  return { host: found['host'].replace(/^\[|\]$/g, ''), port };
}

/** Undefined where nothing is said, null where it is not percent-encoded. */
function decoded(text: string | undefined): string | undefined | null {
  if (text === undefined || text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
