import { execFileSync, spawnSync } from 'node:child_process';

/** Of everything we make; behind it the process it was made by, so that what a killed one left can be told. */
const PREFIX = 'ct';
const OURS = /^ct(\d+)(b|h\d+)$/;
/** Ours out of 10.0.0.0/8: 10.213.x.0/24, whichever nobody has. */
const RANGES = 256;
const MOST_HOSTS = 99;
const FIRST_HOST = 10;

/** One stand-in for a machine: processes that are started in its namespace see its network and no other. */
export interface Host {
  readonly name: string;
  readonly address: string;
  /** What is put before a command so that it runs there; it becomes that command, under the same process id. */
  readonly within: readonly string[];
}

/**
 * Network namespaces in place of machines, each with one cable to a bridge, at which this machine has an address as
 * well. A cable can be pulled. Linux only, as root, with iproute2; all of it is gone with `remove`, and what a killed
 * process left is removed by the next one that opens a network.
 */
export class HostNetwork {
  private constructor(
    /** Of this machine at the bridge. */
    readonly address: string,
    /** Addresses of the bridge's net, as pg_hba wants them. */
    readonly range: string,
    readonly hosts: readonly Host[],
  ) {}

  /** @throws with the reason where there can be none. */
  static open(count: number): HostNetwork {
    const why = whyNoHosts();
    if (why !== null) throw new Error(why);
    if (count < 1 || count > MOST_HOSTS) throw new RangeError(`hosts: 1 to ${MOST_HOSTS}`);
    removeLeftovers();
    const net = freeNet();
    const bridge = nameOf('b');
    const hosts = Array.from({ length: count }, (_, nth): Host => {
      const name = nameOf(`h${nth + 1}`);
      const within = ['ip', 'netns', 'exec', name];
      return { name, address: `${net}.${FIRST_HOST + nth}`, within };
    });
    const made = new HostNetwork(`${net}.1`, `${net}.0/24`, hosts);
    try {
      ip('link', 'add', bridge, 'type', 'bridge');
      ip('address', 'add', `${net}.1/24`, 'dev', bridge);
      ip('link', 'set', bridge, 'up');
      for (const host of hosts) plugIn(host, bridge);
    } catch (error) {
      made.remove();
      throw error;
    }
    return made;
  }

  /** Nothing comes to the host or from it any more, and nobody is told: as when the cable is pulled. */
  cutOff({ name }: Host): void {
    ip('link', 'set', name, 'down');
  }

  rejoin({ name }: Host): void {
    ip('link', 'set', name, 'up');
  }

  /** Without waiting, however much of it is there; processes within are their owner's to end. */
  remove(): void {
    for (const { name } of this.hosts) removeHost(name);
    tryIp('link', 'delete', nameOf('b'));
  }
}

/** Why no host can be stood in for here, in a sentence that says what to do; null where it can. */
export function whyNoHosts(): string | null {
  if (process.platform !== 'linux') return 'hosts are stood in for on Linux only';
  if (process.getuid?.() !== 0) return 'hosts are stood in for by root only: run it as root';
  if (spawnSync('ip', ['-V']).status !== 0) {
    return 'there is no ip on this machine (apt-get install iproute2)';
  }
  const probe = nameOf('h0');
  const may = tryIp('netns', 'add', probe) && tryIp('link', 'add', probe, 'type', 'veth');
  removeHost(probe);
  return may
    ? null
    : 'this machine lets nobody make network namespaces (a container needs --privileged for it)';
}

/** Namespaces, bridges and cables of processes that are not there any more; and whoever still runs in them. */
export function removeLeftovers(): void {
  const stale = (name: string): boolean => {
    const owner = OURS.exec(name)?.[1];
    return owner !== undefined && (Number(owner) === process.pid || !isAlive(Number(owner)));
  };
  const namespaces = namesIn(ip('netns', 'list'), /^(\S+)/);
  for (const name of namespaces.filter(stale)) {
    for (const pid of ip('netns', 'pids', name).split('\n').filter(Boolean)) {
      if (isAlive(Number(pid))) process.kill(Number(pid), 'SIGKILL');
    }
    removeHost(name);
  }
  for (const name of madeLinks().filter(stale)) tryIp('link', 'delete', name);
}

/** Everything of ours that stands on this machine now, whoever made it. */
export function standingHosts(): string[] {
  return [...namesIn(ip('netns', 'list'), /^(\S+)/), ...madeLinks()].filter((name) =>
    OURS.test(name),
  );
}

function plugIn({ name, address }: Host, bridge: string): void {
  ip('netns', 'add', name);
  ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
  ip('link', 'set', name, 'master', bridge, 'up');
  ip('-n', name, 'address', 'add', `${address}/24`, 'dev', 'eth0');
  ip('-n', name, 'link', 'set', 'lo', 'up');
  ip('-n', name, 'link', 'set', 'eth0', 'up');
}

function removeHost(name: string): void {
  tryIp('link', 'delete', name);
  tryIp('netns', 'delete', name);
}

const nameOf = (what: string): string => `${PREFIX}${process.pid}${what}`;

const madeLinks = (): string[] => namesIn(ip('-o', 'link'), /^\d+: ([^:@]+)/);

function namesIn(text: string, pattern: RegExp): string[] {
  return text.split('\n').flatMap((line) => pattern.exec(line)?.[1] ?? []);
}

function freeNet(): string {
  const taken = ip('-o', '-4', 'address');
  for (let nth = 0; nth < RANGES; nth += 1) {
    const net = `10.213.${(process.pid + nth) % RANGES}`;
    if (!taken.includes(` ${net}.`)) return net;
  }
  throw new Error('every net of 10.213.0.0/16 is taken');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function ip(...args: string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Whether it was done. */
function tryIp(...args: string[]): boolean {
  return spawnSync('ip', args, { stdio: 'ignore' }).status === 0;
}
