import { RETURNS } from './bank-conduct.js';
import type { BankBooks, PostedNotice, Slow } from './bank-books.js';
import type { Option } from './decisions.js';
import { drawPlan } from './plans.js';
import type { World } from './world.js';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

/** What happens outside the office: time passes, banks book and tell, the queue loses what it holds. */
export function natureOf(world: World): Option[] {
  return [
    time(world),
    ...world.books().flatMap((books) => [...bookings(world, books), ...notices(world, books)]),
    ...queueTroubles(world),
  ];
}

function time(world: World): Option {
  return {
    key: 'clock',
    weight: 8,
    draw: (random) => {
      if (random.chance(0.06 * world.trouble.clock)) return `-${random.pick([1, 30, 120])}`;
      const jump = random.chance(0.12 * world.trouble.clock);
      return jump
        ? `+${random.pick([3_600, 8_000, 86_400, 200_000])}`
        : `+${random.pick([1, 4, 6, 16, 16, 31, 31, 61, 301, 700])}`;
    },
    run: (how) => passTime(world, Number(how) * SECOND),
  };
}

/** A message on its way to a bank gets there, or not, within the time that a call may take. */
const ON_THE_WAY_MS = SECOND;

export function passTime(world: World, wantedMs: number): void {
  const { clock, tasks } = world;
  if (wantedMs < 0) {
    world.fault('clock set back');
    world.tell(`the clock is set back by ${-wantedMs / SECOND} s`);
    clock.setBack(-wantedMs);
    return;
  }
  const onTheWay = tasks.parked.some(({ parked }) => parked?.place === 'call');
  const ms = onTheWay ? Math.min(wantedMs, ON_THE_WAY_MS) : wantedMs;
  if (ms >= HOUR) world.fault('clock jumps forward');
  for (const books of world.books()) {
    for (const slow of [...books.slow]) {
      if (slow.bookBy <= clock.world + ms) lastMinute(world, books, slow);
    }
  }
  world.tell(`${ms / SECOND} s pass`);
  clock.advance(ms);
}

/** The bank's window ends: it books in the last moment, or never. */
function lastMinute(world: World, books: BankBooks, slow: Slow): void {
  const name = world.nameOf(slow.order.reference);
  const usual = 'settled';
  const end = world.aside(
    `window(${name} ${slow.bookBy})`,
    (random) => (random.chance(0.5) ? usual : 'never'),
    usual,
  );
  bookSlow(books, slow, end);
}

function bookSlow(books: BankBooks, slow: Slow, end: string): void {
  books.slow.splice(books.slow.indexOf(slow), 1);
  if (end === 'never') return;
  const [to = 'settled', code] = end.split(':');
  books.book(slow.order, to as 'settled', code === undefined ? undefined : { code });
}

function bookings(world: World, books: BankBooks): Option[] {
  const slow = books.slow.map((one): Option => ({
    key: `${books.code} comes to ${world.nameOf(one.order.reference)}`,
    weight: 0.35,
    draw: (random) => random.weighted({ settled: 4, accepted: 2, 'rejected:AC06': 1, never: 1 }),
    run: (how) => bookSlow(books, one, how),
  }));
  const changes = [...books.bookings.values()].flatMap((booking): Option[] => {
    const name = world.nameOf(booking.reference);
    if (booking.state === 'accepted') {
      return [
        {
          key: `${books.code} charges a fee for ${name}`,
          weight: 0.1 * world.trouble.statements,
          run: () => {
            world.fault('fee under our reference');
            world.tell(`${books.code} charges a fee under the reference of ${name}`);
            books.charge(booking);
          },
        },
        {
          key: `${books.code} decides on ${name}`,
          weight: 0.7,
          draw: (random) => random.weighted({ settled: 5, 'rejected AC04': 1, 'rejected BE01': 1 }),
          run: (how) => {
            const [to = 'settled', code] = how.split(' ');
            books.change(booking, to as 'settled', code === undefined ? null : { code });
          },
        },
      ];
    }
    if (booking.state !== 'settled') return [];
    return [
      {
        key: `${books.code} returns ${name}`,
        weight: 0.12,
        draw: (random) => random.pick(RETURNS),
        run: (code) => {
          world.fault('returned by the bank');
          books.change(booking, 'returned', { code });
        },
      },
    ];
  });
  return [...slow, ...changes];
}

function notices(world: World, books: BankBooks): Option[] {
  const open = books.postbox.filter(({ delivered }) => delivered === 0);
  const old = books.postbox.filter(({ delivered }) => delivered > 0);
  return [
    ...open.map((notice, at) =>
      noticeOption(world, { books, notice, weight: 1.6, isFirst: at === 0 }),
    ),
    ...old.map((notice) =>
      noticeOption(world, {
        books,
        notice,
        weight: (0.5 * world.trouble.notices) / old.length,
        isFirst: true,
      }),
    ),
  ];
}

function noticeOption(
  world: World,
  given: { books: BankBooks; notice: PostedNotice; weight: number; isFirst: boolean },
): Option {
  const { books, notice, weight, isFirst } = given;
  return {
    key: `notice ${notice.id}`,
    weight,
    draw: (random) =>
      notice.delivered === 0 && random.chance(0.08 * world.trouble.notices)
        ? 'lost'
        : drawPlan(random, world.trouble),
    run: async (how) => {
      if (how === 'lost') {
        world.fault('notice lost');
        books.postbox.splice(books.postbox.indexOf(notice), 1);
        world.tell(`${notice.id} is lost`);
        return;
      }
      if (notice.delivered > 0) world.fault('notice doubled');
      if (!isFirst) world.fault('notices reordered');
      await deliverNotice(world, books, { notice, how });
    },
  };
}

export async function deliverNotice(
  world: World,
  books: BankBooks,
  { notice, how }: { notice: PostedNotice; how: string },
): Promise<void> {
  const door = world.desk.door();
  await world.work({
    name: notice.id,
    kind: 'notice',
    how,
    run: async () => {
      await door.receive(books.code, { headers: {}, body: notice.body });
      notice.delivered += 1;
    },
  });
}

function queueTroubles(world: World): Option[] {
  const { queue, trouble, tasks } = world;
  const options: Option[] = [
    {
      key: queue.isAway ? 'the queue is back' : 'the queue is away',
      weight: queue.isAway ? 3 : 0.25 * trouble.queue,
      run: () => {
        if (!queue.isAway) world.fault('queue away');
        world.tell(queue.isAway ? 'the queue is back' : 'the queue is away');
        queue.isAway = !queue.isAway;
      },
    },
  ];
  if (queue.jobs.length > 0) {
    options.push({
      key: 'the queue loses all it holds',
      weight: 0.3 * trouble.queue,
      run: () => {
        world.fault('queue content lost');
        world.tell('the queue loses all it holds');
        queue.jobs = [];
      },
    });
  }
  if (tasks.parked.length > 0) {
    options.push({
      key: 'the machine crashes',
      weight: 0.3 * trouble.crashes,
      run: () => {
        world.tell('the machine crashes');
        for (const task of [...tasks.parked]) tasks.kill(task);
      },
    });
  }
  return options;
}
