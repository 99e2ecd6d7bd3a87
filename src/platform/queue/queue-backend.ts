import type { ConnectionOptions } from 'bullmq';

/** The two ends of a queue, and how to let go of them. */
export interface QueueBackend {
  readonly producer: ConnectionOptions;
  readonly worker: ConnectionOptions;
  /** What the keys of a queue begin with. */
  prefixOf(queueName: string): string;
  /** Throws when the backend does not answer. */
  ping(): Promise<void>;
  /** Makes the place of the queues anew when this error of theirs says that it is gone; does nothing for others. */
  mend(error: unknown): Promise<void>;
  /** Whether a worker that met this error meets it for ever, without a pause, also when what was gone is there again. */
  isLasting(error: unknown): boolean;
  close(): Promise<void>;
}
