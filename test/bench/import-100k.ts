/**
 * How long a long list takes and how much memory it needs: `npm run bench:import -- [rows] [inline|shared|csv]`.
 * The file is written by a child process, so that only reading, checking and applying count. The last line is JSON.
 */
import { fork } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import { migrations } from '../../src/migrations/index.js';
import {
  Database,
  createDataSource,
  embeddedPostgres,
  execute,
  migrate,
} from '../../src/platform/database/index.js';
import { importsOver } from '../builders/imports.js';
import { line } from '../builders/list-file.js';

const [mode = '100000', kind = 'inline', target = ''] = process.argv.slice(2);
const ROWS = Number(mode);
const SAMPLE_MS = 20;

if (target) await writeList();
else await measure();

function lineOf(nr: number) {
  return line(nr, {
    'Số tài khoản': String(1_000_000_000 + nr).padStart(12, '0'),
    'Tên tài khoản': `NGUYEN VAN THU ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(nr % 26)}${'abcdefghijklmnopqrstuvwxyz'.charAt(Math.floor(nr / 26) % 26)}`,
    'Ngân hàng': 'Agribank',
    // One row in a hundred is bad.
    'Số tiền': nr % 100 === 0 ? '1,624' : 2_789_000,
  });
}

async function writeList(): Promise<void> {
  const headings = Object.keys(lineOf(1));
  if (kind === 'csv') {
    const out = createWriteStream(target);
    out.write(`${headings.join(';')}\n`);
    for (let nr = 1; nr <= ROWS; nr += 1) {
      const written = out.write(`${Object.values(lineOf(nr)).map(String).join(';')}\n`);
      if (!written) await once(out, 'drain');
    }
    out.end();
    await once(out, 'finish');
    return;
  }
  const writer = new ExcelJS.stream.xlsx.WorkbookWriter({
    filename: target,
    useSharedStrings: kind === 'shared',
  });
  const sheet = writer.addWorksheet('Danh sách');
  sheet.addRow(headings).commit();
  for (let nr = 1; nr <= ROWS; nr += 1) sheet.addRow(Object.values(lineOf(nr))).commit();
  await writer.commit();
}

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'chitra-bench-'));
  const path = join(folder, 'list');
  const child = fork(fileURLToPath(import.meta.url), [mode, kind, path]);
  await once(child, 'exit');
  const server = await embeddedPostgres({ dataDir: '.data/bench' });
  const name = `bench_${process.pid}`;
  const url = await server.url(name);
  const source = createDataSource({ url, migrations, poolMax: 4, applicationName: 'bench' });
  await source.initialize();
  await migrate(source);
  const database = new Database(source);
  const imports = importsOver(database);
  global.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, SAMPLE_MS);
  const seconds: Record<string, number> = {};
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const cpu = process.cpuUsage();
    const result = await work();
    const used = process.cpuUsage(cpu);
    seconds[what] = Math.round(performance.now() - start) / 1000;
    // On a busy machine the wall clock tells of the neighbours; this tells of us (PostgreSQL not counted).
    seconds[`${what}Cpu`] = Math.round((used.user + used.system) / 1000) / 1000;
    return result;
  };
  const { importId } = await timed('receive', () =>
    imports.receive.receive({ path, fileName: 'list', declaration: {} }, imports.officer),
  );
  await timed('check', () => imports.check.check(importId));
  const checkPeak = peak;
  const applied = await timed('apply', () =>
    imports.apply.apply({ importId, mode: 'good-rows' }, imports.officer),
  );
  const marked = await timed('mark', () => imports.mark.copyOf(importId));
  clearInterval(sampler);
  const megabytes = (bytes: number): number => Math.round(bytes / 1_048_576);
  const answer = {
    rows: ROWS,
    kind,
    fileMiB: megabytes((await stat(path)).size),
    ...applied,
    markedExtent: marked.extent,
    seconds,
    rssBeforeMiB: megabytes(before),
    rssPeakCheckMiB: megabytes(checkPeak),
    rssPeakMiB: megabytes(peak),
  };
  await marked.remove();
  await source.destroy();
  await dropDatabase(await server.url('postgres'), name);
  await server.stop();
  await rm(folder, { recursive: true, force: true });
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function dropDatabase(url: string, name: string): Promise<void> {
  const source = createDataSource({ url, migrations: [], poolMax: 1, applicationName: 'bench' });
  await source.initialize();
  await execute(source.manager, `drop database if exists ${name} with (force)`);
  await source.destroy();
}
