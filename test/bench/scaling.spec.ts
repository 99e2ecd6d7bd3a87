import type { Mode, PipelineFigures } from './pipeline/pipeline.js';
import { countsOf, scalingOf } from './scaling.js';

describe('the scaling of the bench', () => {
  it('takes lists of whole numbers and nothing else', () => {
    expect(countsOf('1,2,4')).toEqual([1, 2, 4]);
    for (const text of ['0', '17', '', '1,', '2.5', 'many', '1;2']) {
      expect(countsOf(text)).toBeNull();
    }
  });

  it('measures both pipelines with each number, here and on hosts, against the first of its kind', async () => {
    const asked: string[] = [];
    const measure = (
      mode: Mode,
      payments: number,
      { workers, onHosts }: { workers: number; onHosts: boolean },
    ) => {
      asked.push(`${mode} ${payments} ${workers} ${onHosts ? 'hosts' : 'here'}`);
      const paymentsPerSecond = onHosts ? workers * 50 : workers * 100;
      return Promise.resolve({ paymentsPerSecond, cpuMsPerPayment: {} } as PipelineFigures);
    };
    const payments = { bulk: 1000, single: 100 };
    const found = await scalingOf({ payments, workers: [1, 2], hosts: [2, 4] }, measure);
    expect(asked).toEqual([
      ...['bulk 1000 1 here', 'bulk 1000 2 here', 'bulk 1000 2 hosts', 'bulk 1000 4 hosts'],
      ...['single 100 1 here', 'single 100 2 here', 'single 100 2 hosts', 'single 100 4 hosts'],
    ]);
    expect(found.slice(0, 4).map(({ hosts, toFirst }) => [hosts, toFirst])).toEqual([
      [null, 1],
      [null, 2],
      [2, 1],
      [4, 2],
    ]);
  });
});
