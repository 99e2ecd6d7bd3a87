import { memoryFolder } from '../setup/memory-folder.js';
import { ask } from '../site/postgres-server.js';
import { openSite, type Site, type SiteOptions } from '../site/site.js';
import { chaosConfig, type Pace } from './chaos-config.js';

/** Waits of the bank: seconds, where a real one takes hours. */
const BANK_CONDUCT = {
  SANDBOX_SETTLE_AFTER_MS: '400',
  SANDBOX_LATER_MS: '1200',
  SANDBOX_RETURN_AFTER_MS: '1500',
  SANDBOX_NOTICE_DELAY_MS: '4000',
  SANDBOX_SLOW_MS: '800',
  SANDBOX_HANG_MS: '4000',
  SANDBOX_NOTICE_GROUP: '20',
};

/** A site with two workers and waits so short that there is always something under way, in a folder of its own. */
export async function openChaosSite(
  given: Pick<SiteOptions, 'backend' | 'programs' | 'begun'> & { pace: Pace },
): Promise<Site> {
  const { pace, ...options } = given;
  const site = await openSite({
    ...options,
    folder: await memoryFolder('chitra-chaos-'),
    workers: 2,
    configure: (configDir) => chaosConfig(configDir, pace),
    settings: { SWEEP_INTERVAL_MS: '500', SHUTDOWN_TIMEOUT_MS: '15000' },
    bankSettings: BANK_CONDUCT,
  });
  await watchArrivals(site.booksUrl);
  return site;
}

/** Kept in the bank's books for us: orders that came again although they were booked before. */
export async function watchArrivals(booksUrl: string): Promise<void> {
  await ask(
    booksUrl,
    `create table if not exists came_again (bank text not null, reference text not null);
     create or replace function note_coming_again() returns trigger language plpgsql as $$
       begin
         insert into came_again select bank, reference from payment
          where bank = new.bank and reference = new.reference;
         return new;
       end $$;
     create or replace trigger arrival_again after update on arrival
       for each row execute function note_coming_again()`,
  );
}
