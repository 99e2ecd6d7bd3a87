import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { z } from 'zod';
import { defineEvent, SubscriberRegistry } from '../outbox/index.js';
import { JobHandler, OnEvent, Sweeper } from './decorators.js';
import { HandlerRegistry } from './handler-registry.js';

const done = () => Promise.resolve();
const happened = defineEvent('tries.happened', z.object({}));

@JobHandler({ name: 'tries.job', schema: z.object({}) })
class Job {
  handle = done;
}
@JobHandler({ name: 'tries.job', schema: z.object({}) })
class SameJob {
  handle = done;
}
@OnEvent(happened, { subscriber: 'tries.subscriber' })
class Subscriber {
  handle = done;
}
@OnEvent(happened, { subscriber: 'tries.subscriber' })
class SameSubscriber {
  handle = done;
}
@Sweeper({ name: 'tries.sweep' })
class Sweep {
  sweep = done;
}
@Sweeper({ name: 'tries.sweep' })
class SameSweep {
  sweep = done;
}

async function registryOf(...providers: (new () => object)[]): Promise<HandlerRegistry> {
  const program = await Test.createTestingModule({
    imports: [DiscoveryModule],
    providers: [SubscriberRegistry, HandlerRegistry, ...providers],
  }).compile();
  await program.init();
  return program.get(HandlerRegistry);
}

describe('the registry of handlers', () => {
  it.each([
    ['two handlers of one job', [Job, SameJob], 'two handlers for one job'],
    ['two subscribers of one name', [Subscriber, SameSubscriber], 'two handlers under one'],
    ['two sweepers of one name', [Sweep, SameSweep], 'two sweepers of one name'],
  ])('stops the start for %s', async (_, providers, why) => {
    await expect(registryOf(...providers)).rejects.toThrow(why);
  });

  it('finds each kind once', async () => {
    const found = await registryOf(Job, Subscriber, Sweep);
    expect([...found.jobs.keys()]).toEqual(['tries.job']);
    expect(found.sweepers.map(({ options }) => options.name)).toEqual(['tries.sweep']);
  });
});
