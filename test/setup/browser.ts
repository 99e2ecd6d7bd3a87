import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 360, height: 740 };

/** A browser on this machine, or null. */
export function installedBrowser(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = folders.flatMap((folder) => PROGRAMS.map((program) => join(folder, program)));
  return paths.find((path) => existsSync(path)) ?? null;
}

export interface TestBrowser {
  /** A window of its own, signed in as nobody. Every fault that the browser tells is kept in `faults`. */
  open(options?: { narrow?: boolean; script?: boolean; baseUrl?: string }): Promise<Window>;
  close(): Promise<void>;
}

export interface Window {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of scripts, refused by the policy or not; answers of 500 and above. */
  readonly faults: string[];
  close(): Promise<void>;
}

/**
 * Debian's Chromium. Null where there is none; in CI that is a fault instead, so that the stories cannot be lost
 * without anybody noticing.
 */
async function startBrowser(): Promise<TestBrowser | null> {
  const executablePath = installedBrowser();
  if (!executablePath) {
    if (process.env.CI) throw new Error('CI has no chromium: .ci/run installs it');
    return null;
  }
  const browser = await chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return { open: (options = {}) => openWindow(browser, options), close: () => browser.close() };
}

async function openWindow(
  browser: Browser,
  options: { narrow?: boolean; script?: boolean; baseUrl?: string },
): Promise<Window> {
  const context = await browser.newContext({
    viewport: options.narrow ? NARROW : WIDE,
    javaScriptEnabled: options.script ?? true,
    baseURL: options.baseUrl,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // A refused page (404, 403) is told as an error by the browser; whether it may be refused is the story's to say.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) {
      faults.push(`${page.url()}: ${message.text()}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.url()}: ${response.status()}`);
  });
  return { context, page, faults, close: () => context.close() };
}

/**
 * A suite that needs a browser. Where there is none, one test stands in its place and says which suite was left out.
 */
export function describeWithBrowser(
  name: string,
  suite: (browser: () => TestBrowser) => void,
): void {
  if (!installedBrowser() && !process.env.CI) {
    describe(name, () => {
      it('is left out: there is no chromium on this machine (apt-get install chromium)', () => {
        process.stderr.write(`left out: "${name}", because chromium is not installed\n`);
        expect(installedBrowser()).toBeNull();
      });
    });
    return;
  }
  describe(name, () => {
    let browser: TestBrowser | null = null;
    beforeAll(async () => {
      browser = await startBrowser();
    }, 60_000);
    afterAll(() => browser?.close());
    suite(() => {
      if (!browser) throw new Error('the browser has not started');
      return browser;
    });
  });
}

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

interface AxeRun {
  violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
}

/** What axe-core finds against WCAG 2.2 AA and good practice: one line for each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<unknown> } };
    return axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    });
  });
  return (found as AxeRun).violations.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 3).map(({ html }) => `${id} (${help}): ${html.slice(0, 200)}`),
  );
}

/** Whether somebody would have to scroll sideways. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { documentElement } = (
      globalThis as unknown as {
        document: { documentElement: { scrollWidth: number; clientWidth: number } };
      }
    ).document;
    return documentElement.scrollWidth > documentElement.clientWidth;
  });
}

/** Comes in by the front door. */
export async function signInAt(
  { page }: Window,
  url: string,
  who: { login: string; password: string },
): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.fill('[name=login]', who.login);
  await page.fill('[name=password]', who.password);
  await page.click('main button');
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
}
