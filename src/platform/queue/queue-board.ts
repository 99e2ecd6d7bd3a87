import type { IncomingMessage, ServerResponse } from 'node:http';
import { getQueueToken } from '@nestjs/bullmq';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { Queue } from 'bullmq';
import type { QueueSpec } from './queue-spec.js';
import { QUEUE_SPECS } from './worker-host.js';

/** As express calls it. */
export type BoardHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/** What only looks; the board's own read-only mode refuses the rest once more. */
const LOOKS = new Set(['GET', 'HEAD']);

/**
 * The queues as engineers look at them (bull-board): jobs by queue and state, with the ids they carry and why they
 * failed. Read-only: what waits is rung for anew by the command line, from the database. Works with both backends.
 */
@Injectable()
export class QueueBoard {
  private readonly routers = new Map<string, BoardHandler>();

  constructor(
    private readonly modules: ModuleRef,
    @Inject(QUEUE_SPECS) private readonly specs: readonly QueueSpec[],
  ) {}

  /** Answers everything under `basePath`; who may ask is the caller's business. */
  at(basePath: string): BoardHandler {
    const known = this.routers.get(basePath);
    if (known) return known;
    const board = this.build(basePath);
    const router: BoardHandler = (request, response, next) => {
      if (!LOOKS.has(request.method ?? '')) {
        response.writeHead(405).end();
        return;
      }
      request.url = request.url?.slice(basePath.length) || '/';
      board(request, response, next);
    };
    this.routers.set(basePath, router);
    return router;
  }

  private build(basePath: string): BoardHandler {
    const serverAdapter = new ExpressAdapter();
    serverAdapter.setBasePath(basePath);
    const queues = this.specs.map(({ name }) => {
      const queue = this.modules.get<Queue>(getQueueToken(name), { strict: false });
      return new BullMQAdapter(queue, { readOnlyMode: true, allowRetries: false });
    });
    createBullBoard({
      queues,
      serverAdapter,
      options: { uiConfig: { boardTitle: 'ChiTra', pollingInterval: { showSetting: true } } },
    });
    return serverAdapter.getRouter() as BoardHandler;
  }
}
