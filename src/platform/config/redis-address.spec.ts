import { readRedisAddress } from './redis-address.js';

describe('the address of Redis', () => {
  it.each([
    ['http://redis', 'is a redis://'],
    ['redis+ring://a', 'is a redis://'],
    ['redis+cluster://', 'is user:password@host:port,host:port'],
    ['redis+cluster://a:1?tls=1', 'is user:password@host:port,host:port'],
    ['redis+cluster://u:p/w@a:1', 'names each node'],
    ['redis+cluster://a:1,,b:2', 'names each node'],
    ['redis+cluster://a:1,b:0', 'names each node'],
    ['redis+cluster://a:1,b:70000', 'names each node'],
    ['redis+cluster://a:1, b:2', 'names each node'],
    ['redis+cluster://u:%E0%A4%A@a:1', 'percent-encoded'],
    ['redis+cluster://a:1,b:2/0', 'no numbered databases'],
    ['redis+sentinel://a:1,b:2', 'ends with /name'],
    ['redis+sentinel://a:1,b:2/', 'ends with /name'],
    ['redis://a:1,b:2', 'redis+cluster://host:port,host:port'],
    ['redis://user:p,w@a:1,b:2', 'redis+cluster://host:port,host:port'],
    ['redis://a:99999', 'is redis://user:password@host:port'],
  ])('%s is refused: %s', (text, why) => {
    const found = readRedisAddress(text);
    expect(found).toEqual(expect.stringContaining(why));
  });

  it('is one server as it always was, whatever stands behind the host', () => {
    for (const url of ['redis://redis:6379', 'rediss://u:p,w@redis/2?family=6']) {
      expect(readRedisAddress(url)).toEqual({ kind: 'one', url });
    }
  });

  it('is a cluster by some of its nodes, entered in one way', () => {
    expect(
      readRedisAddress('rediss+cluster://chitra:a%40b%2Fc@k1:7000,10.0.0.2,[fd00::3]:7002'),
    ).toEqual({
      kind: 'cluster',
      nodes: [
        { host: 'k1', port: 7000 },
        { host: '10.0.0.2', port: 6379 },
        { host: 'fd00::3', port: 7002 },
      ],
      username: 'chitra',
      password: 'a@b/c',
      tls: true,
    });
  });

  it('is a master by its sentinels, which listen elsewhere than Redis', () => {
    expect(readRedisAddress('redis+sentinel://:pw@s1,s2:5000/chitra')).toEqual({
      kind: 'sentinel',
      nodes: [
        { host: 's1', port: 26_379 },
        { host: 's2', port: 5000 },
      ],
      name: 'chitra',
      username: undefined,
      password: 'pw',
      tls: false,
    });
  });
});
