import { Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SystemClock } from '../../kernel/index.js';
import { NestLog } from '../../platform/logging/index.js';
import { BooksStore } from './books.store.js';
import { FileRoom } from './files/file-room.js';
import { FileSide } from './files/file-side.js';
import { ledgerOf } from './files/ledgers.js';
import { BankController } from './http/bank.controller.js';
import { Door } from './http/door.middleware.js';
import { FilesController } from './http/files.controller.js';
import { ListsController } from './http/lists.controller.js';
import { SandboxController } from './http/sandbox.controller.js';
import { TakeLists } from './lists/take-list.js';
import { SandboxBank } from './sandbox-bank.js';
import type { SandboxSettings } from './sandbox.settings.js';
import { SendNotices } from './send-notices.js';
import { TakeOrders } from './take-orders.js';

/** Ten thousand orders with long names, and room to spare. */
const LARGEST_MESSAGE = '16mb';

export interface RunningSandboxBank {
  readonly url: string;
  readonly bank: SandboxBank;
  stop(): Promise<void>;
}

@Module({})
class SandboxModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(Door).forRoutes(BankController);
  }
}

/** Opens the books at `databaseUrl`, serves HTTP and starts the bank's own work. */
export async function startSandboxBank(
  settings: SandboxSettings,
  databaseUrl: string,
): Promise<RunningSandboxBank> {
  const clock = new SystemClock();
  const fileBanks = settings.SANDBOX_FILE_BANKS.split(',').filter(Boolean);
  const accounts = settings.SANDBOX_FILE_ACCOUNTS.split(',');
  const ledgers = fileBanks.flatMap((bank) => accounts.map((account) => ledgerOf(bank, account)));
  const store = await BooksStore.open({
    url: databaseUrl,
    banks: [...settings.SANDBOX_BANKS.split(','), ...ledgers],
    openingBalance: settings.SANDBOX_OPENING_BALANCE,
  });
  const target = { url: settings.SANDBOX_NOTICE_URL, secret: settings.SANDBOX_NOTICE_SECRET };
  const takeOrders = new TakeOrders(store, clock);
  const rooms = new Map<string, FileRoom>();
  for (const bank of settings.SANDBOX_FILES_DIR === undefined ? [] : fileBanks) {
    rooms.set(bank, await FileRoom.open(settings.SANDBOX_FILES_DIR ?? '', bank));
  }
  const parts = {
    store,
    clock,
    takeOrders,
    files: new FileSide({ store, clock, takeOrders }, rooms, accounts),
    lists: new TakeLists({ store, clock, takeOrders }, accounts[0] ?? ''),
    sendNotices: new SendNotices(store, clock, target),
  };
  const door: { server?: Server; port: number } = { port: settings.SANDBOX_PORT };
  const bank = new SandboxBank(settings, parts, (forMs) => closeFor(forMs));
  const app = await NestFactory.create<NestExpressApplication>(
    {
      module: SandboxModule,
      controllers: [SandboxController, FilesController, ListsController, BankController],
      providers: [{ provide: SandboxBank, useValue: bank }, Door],
    },
    { bodyParser: false, logger: new NestLog() },
  );
  app.useBodyParser('raw', { type: () => true, limit: LARGEST_MESSAGE });
  await app.listen(door.port, settings.SANDBOX_HOST);
  door.server = app.getHttpServer();
  door.port = (door.server.address() as AddressInfo).port;
  bank.start();

  let reopening: NodeJS.Timeout | undefined;
  function closeFor(forMs: number): void {
    door.server?.close();
    door.server?.closeAllConnections();
    reopening = setTimeout(() => door.server?.listen(door.port, settings.SANDBOX_HOST), forMs);
  }

  return {
    url: `http://${settings.SANDBOX_HOST}:${door.port}`,
    bank,
    stop: async () => {
      clearTimeout(reopening);
      door.server?.closeAllConnections();
      if (door.server?.listening) await app.close();
      await bank.stop();
    },
  };
}
