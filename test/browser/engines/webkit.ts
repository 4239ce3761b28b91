import * as z from 'zod';
import { findComponent } from '../../components.ts';
import { freePort } from '../../free-port.ts';
import { dragging, type InputSource, pressing, typing } from './actions.ts';
import { Child, type ChildOptions } from './child.ts';
import type { Engine, Tab } from './tab.ts';

const webDriver = findComponent('WebKitWebDriver');
const display = findComponent('Xvfb');

/** WebKitGTK in MiniBrowser, on a display that nobody sees, by the W3C's WebDriver. */
export const webkit: Engine = {
  name: 'WebKit',
  isMissing: webDriver.isMissing || display.isMissing,
  keepsPages: true,
  async launch(proxy) {
    const screen = new Child(display.path, {
      args: () => ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'],
    });
    const number = await screen.printed(3, /(\d+)\n/);
    const env = {
      DISPLAY: `:${number}`,
      GDK_BACKEND: 'x11',
      // No service of a desktop is there to be waited for.
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      DBUS_SYSTEM_BUS_ADDRESS: 'disabled:',
      NO_AT_BRIDGE: '1',
      // Without a graphics card, layers cost seconds a click.
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      GTK_IM_MODULE: 'gtk-im-context-simple',
      // As root, in a container, there are no namespaces for its sandbox; and it only visits the test's own server.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    };
    return {
      open: () => openTab(env, proxy),
      close: () => screen.end(),
    };
  },
};

/** Maximum time for a command; a browser takes one to two seconds to start, more on a busy machine. */
const COMMAND_MS = 20_000;

type Command = (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>;

function speaker(address: string): Command {
  return async (method, path, body) => {
    const signal = AbortSignal.timeout(COMMAND_MS);
    const response = await fetch(address + path, { method, body: body ? JSON.stringify(body) : null, signal }).catch(
      (cause) => {
        throw new Error(`${method} ${path}: ${cause}`, { cause });
      },
    );
    const { value } = z.object({ value: z.unknown() }).parse(await response.json());
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(value)}`);
    return value;
  };
}

/** The driver says nothing when it has begun to listen. */
async function answering(command: Command, child: Child): Promise<void> {
  while (child.isRunning) {
    const isThere = await command('GET', '/status').then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('WebKitWebDriver has ended.');
}

interface Session {
  readonly driver: Child;
  readonly command: Command;
  readonly id: string;
}

async function startSession(env: NonNullable<ChildOptions['env']>, proxy: string): Promise<Session> {
  // Without `noProxy`: the browser reads past the end of that list, and one in five crashes of it at its start.
  const capabilities = { alwaysMatch: { proxy: { proxyType: 'manual', httpProxy: proxy } } };
  const port = await freePort();
  const driver = new Child(webDriver.path, { args: () => [`--port=${port}`], env });
  const command = speaker(`http://127.0.0.1:${port}`);
  try {
    await answering(command, driver);
    const { sessionId } = z
      .object({ sessionId: z.string() })
      .parse(await command('POST', '/session', { capabilities }));
    return { driver, command, id: sessionId };
  } catch (error) {
    await driver.end();
    throw error;
  }
}

/** Each in a browser and with a driver of its own: a driver has one browser at a time. */
async function openTab(env: NonNullable<ChildOptions['env']>, proxy: string): Promise<Tab> {
  const { driver, command, id } = await startSession(env, proxy);
  const at = `/session/${id}`;
  const perform = async (actions: readonly InputSource[]) => {
    await command('POST', `${at}/actions`, { actions });
  };
  const evaluate: Tab['evaluate'] = async (expression) => {
    const script = `const done = arguments[0];
      Promise.resolve(${expression}).then((value) => done({ value: JSON.stringify(value) }), (why) => done({ why: String(why) }));`;
    const { value, why } = z
      .object({ value: z.string().nullish(), why: z.string().nullish() })
      .parse(await command('POST', `${at}/execute/async`, { script, args: [] }));
    if (why) throw new Error(why);
    return value ? JSON.parse(value) : undefined;
  };
  return {
    async goto(url) {
      await command('POST', `${at}/url`, { url });
    },
    evaluate,
    drag: (from, to) => perform(dragging(from, to)),
    type: (text) => perform(typing(text)),
    press: (keys) => perform(pressing(keys)),
    async back() {
      // The driver's own command waits for a load, and there is none when the page only closes a dialog or was kept.
      await evaluate('void setTimeout(() => history.back())');
    },
    async resize(width, height) {
      // The browser's own bar is part of its window.
      const inner = Number(await evaluate('innerHeight'));
      const { height: outer } = z.object({ height: z.number() }).parse(await command('GET', `${at}/window/rect`));
      await command('POST', `${at}/window/rect`, { x: 0, y: 0, width, height: height + outer - inner });
    },
    async screenshot() {
      return Buffer.from(z.string().parse(await command('GET', `${at}/screenshot`)), 'base64');
    },
    async close() {
      // All that the driver has started ends with it, the browser too.
      await driver.end();
    },
  };
}
