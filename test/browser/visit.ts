import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findComponent, findOnPath } from '../components.ts';

/** The shell is Chromium without windows, in which contexts and pages cost a fraction of the CPU time. */
const shell = findOnPath('chromium-headless-shell');
const { path: executablePath, isMissing } = shell ? { path: shell, isMissing: false } : findComponent('chromium');

export const hasNoBrowser = isMissing;

/** Playwright's own list, which a second one replaces, and what Chromium prepares in each window for people who type addresses. */
const DISABLED_FEATURES = [
  ...['AimEnabled', 'AvoidCorsURLLoaderRestartOnRedirect', 'AvoidUnnecessaryBeforeUnloadCheckSync'],
  ...['DestroyProfileOnBrowserClose', 'HttpsFirstBalancedModeAutoEnable', 'HttpsUpgrades', 'LensOverlay'],
  ...['MediaRouter', 'NetworkTimeServiceQuerying', 'OptimizationHints', 'PaintHolding', 'PreconnectToSearch'],
  ...['TcpPortRandomizationWin', 'ThirdPartyStoragePartitioning'],
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
];

/** An isolated machine need not look for what it cannot reach. */
export const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  `--disable-features=${DISABLED_FEATURES.join()}`,
];

let shared: Promise<Browser> | undefined;

/** One browser serves all test files of a worker, one after the other: closing it closes the contexts of a file. */
export async function launch(): Promise<Browser> {
  if (!(await shared)?.isConnected()) shared = start();
  return shared as Promise<Browser>;
}

/** Without a graphics card, blurred panels take more CPU time than all the rest of a page. Nothing but their looks depends on it. */
export const WITHOUT_BLUR = `{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { backdrop-filter: none !important; }');
  document.adoptedStyleSheets.push(sheet);
}`;

/** A browser of its own; `kill` ends its processes as kill -9 does. */
export async function launchToKill(): Promise<{ readonly browser: Browser; kill(): Promise<void> }> {
  const server = await chromium.launchServer({ executablePath, args: QUIET });
  const browser = await chromium.connect(server.wsEndpoint());
  return { browser, kill: () => server.kill() };
}

async function start(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: QUIET });
  const openContext = browser.newContext.bind(browser);
  return Object.assign(browser, {
    async newContext(options: BrowserContextOptions) {
      const context = await openContext(options);
      await context.addInitScript(WITHOUT_BLUR);
      return context;
    },
    close: () => closeContexts(browser),
  });
}

async function closeContexts(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
}

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** All that must not happen and did: dialogs, errors, violations of the policy, requests to other sites. */
  readonly problems: readonly string[];
}

/** A page of somebody with cookies of their own, watched. */
export async function visit(browser: Browser, url: string, cookie?: string): Promise<Visit> {
  // What is tried here is the page and the server; the worker between them has tests of its own.
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1280, height: 800 },
    serviceWorkers: 'block',
  });
  const [name = '', value = ''] = cookie?.split('=') ?? [];
  if (cookie) await context.addCookies([{ name, value, url }]);
  const problems: string[] = [];
  await context.exposeFunction('reportViolation', (what: string) => problems.push(`violation of ${what}`));
  await context.addInitScript({ path: fileURLToPath(new URL('in-page.js', import.meta.url)) });
  const page = await context.newPage();
  page.on('dialog', (dialog) => {
    problems.push(`a ${dialog.type()} dialog`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (line) => {
    if (line.type() === 'error') problems.push(line.text());
  });
  context.on('page', (opened) => problems.push(`a new page at ${opened.url()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) problems.push(`a request for ${request.url()}`);
  });
  return { context, page, problems };
}
