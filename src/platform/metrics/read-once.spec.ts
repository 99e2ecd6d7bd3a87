import { readOnce } from './read-once.js';

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

describe('a figure that several gauges show', () => {
  it('is read once for all who ask at the same moment', async () => {
    let readings = 0;
    const ask = readOnce(async () => {
      readings += 1;
      await pause(1);
      return readings;
    });
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    expect(await ask()).toBe(2);
  });

  it('rests so many times as long as it took, where it is to', async () => {
    let readings = 0;
    const ask = readOnce(async () => {
      readings += 1;
      await pause(60);
      return readings;
    }, 10);
    await ask();
    await pause(200);
    expect(await ask()).toBe(1);
    await pause(800);
    expect(await ask()).toBe(2);
  });

  it('is read again at once after a failure', async () => {
    let readings = 0;
    const ask = readOnce(() => {
      readings += 1;
      return readings === 1 ? Promise.reject(new Error('away')) : Promise.resolve(readings);
    });
    await expect(ask()).rejects.toThrow('away');
    expect(await ask()).toBe(2);
  });
});
