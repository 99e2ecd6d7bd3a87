import { OFFICE_PASSWORD, openOffice, type Office, type Person } from '../../borders/office.js';
import {
  accessibilityFaults,
  describeWithBrowser,
  isTooWide,
  signInAt,
} from '../../setup/browser.js';
import { walkPages, type Walked } from './walk-pages.js';

describeWithBrowser('every page of the console, after a month of work', (browser) => {
  let office: Office;
  const walks = new Map<string, Walked>();

  beforeAll(async () => {
    office = await openOffice();
    for (const person of office.people) {
      walks.set(person.role, await walkPages(office.url, { cookie: person.cookie }));
    }
  }, 240_000);
  afterAll(() => office.stop(), 60_000);

  /** Each page once: with the first person who reaches it. */
  const shares = (): { person: Person; paths: string[] }[] => {
    const taken = new Set<string>();
    return office.people.map((person) => {
      const pages = walks.get(person.role)?.pages ?? [];
      const mine = pages.filter(({ page }) => !taken.has(page));
      for (const { page } of mine) taken.add(page);
      return { person, paths: mine.map(({ path }) => path) };
    });
  };

  it('every link that anybody is shown leads somewhere they may go', () => {
    for (const [role, { broken, followed }] of walks) {
      expect({ role, broken }).toEqual({ role, broken: [] });
      expect(followed).toBeGreaterThan(30);
    }
    const pages = new Set(
      [...walks.values()].flatMap((walk) => walk.pages.map(({ page }) => page)),
    );
    expect(pages.size).toBeGreaterThan(40);
  });

  it.each([
    { name: 'in Vietnamese, on a wide screen', narrow: false, language: 'vi' },
    { name: 'in English, on a narrow screen', narrow: true, language: 'en' },
  ])(
    'axe-core finds nothing, nothing is cut off and no script fails, $name',
    async ({ narrow, language }) => {
      const complaints: string[] = [];
      for (const { person, paths } of shares()) {
        if (paths.length === 0) continue;
        const window = await browser().open({ narrow });
        await signInAt(window, office.url, { login: person.login, password: OFFICE_PASSWORD });
        if (language === 'en') await window.page.click('button[lang=en]');
        for (const path of paths) {
          await window.page.goto(`${office.url}${path}`, { waitUntil: 'load' });
          const faults = await accessibilityFaults(window.page);
          if (await isTooWide(window.page)) faults.push('wider than the screen');
          complaints.push(...faults.map((fault) => `${path}: ${fault}`));
        }
        complaints.push(...window.faults);
        await window.close();
      }
      expect(complaints).toEqual([]);
    },
    300_000,
  );
});
