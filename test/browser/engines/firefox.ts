import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { findComponent } from '../../components.ts';
import { dragging, type InputSource, pressing, typing } from './actions.ts';
import { Bidi } from './bidi.ts';
import { Child } from './child.ts';
import type { Engine, Tab } from './tab.ts';

const { path, isMissing } = findComponent('firefox-esr');

const made = z.object({ context: z.string() });
const answered = z.discriminatedUnion('type', [
  z.object({ type: z.literal('success'), result: z.object({ value: z.string().optional() }) }),
  z.object({ type: z.literal('exception'), exceptionDetails: z.object({ text: z.string() }) }),
]);

/** Firefox speaks WebDriver BiDi itself, without a driver between. */
export const firefox: Engine = {
  name: 'Firefox',
  isMissing,
  keepsPages: false,
  async launch(proxy) {
    const args = (home: string) => {
      writeFileSync(join(home, 'user.js'), preferences(proxy));
      return ['--headless', '--no-remote', '--profile', home, '--remote-debugging-port', '0'];
    };
    const child = new Child(path, { args, env: { MOZ_CRASHREPORTER_DISABLE: '1' } });
    const session = await Bidi.connect(await child.printed(2, /WebDriver BiDi listening on (ws:\S+)/));
    return {
      async open() {
        const { userContext } = z
          .object({ userContext: z.string() })
          .parse(await session.send('browser.createUserContext', {}));
        const { context } = made.parse(await session.send('browsingContext.create', { type: 'tab', userContext }));
        return openTab(session, { context, userContext });
      },
      async close() {
        session.close();
        await child.end();
      },
    };
  },
};

function openTab(session: Bidi, { context, userContext }: { context: string; userContext: string }): Tab {
  const perform = async (actions: readonly InputSource[]) => {
    await session.send('input.performActions', { context, actions });
  };
  return {
    async goto(url) {
      await session.send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    async evaluate(expression) {
      const answer = answered.parse(
        await session.send('script.evaluate', {
          expression: `Promise.resolve(${expression}).then(JSON.stringify)`,
          target: { context },
          awaitPromise: true,
        }),
      );
      if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
      return answer.result.value === undefined ? undefined : JSON.parse(answer.result.value);
    },
    drag: (from, to) => perform(dragging(from, to)),
    type: (text) => perform(typing(text)),
    press: (keys) => perform(pressing(keys)),
    async back() {
      await session.send('browsingContext.traverseHistory', { context, delta: -1 });
    },
    async resize(width, height) {
      await session.send('browsingContext.setViewport', { context, viewport: { width, height } });
    },
    async screenshot() {
      const { data } = z
        .object({ data: z.string() })
        .parse(await session.send('browsingContext.captureScreenshot', { context }));
      return Buffer.from(data, 'base64');
    },
    async close() {
      await session.send('browser.removeUserContext', { userContext });
    },
  };
}

/** The proxy, and nothing that a browser asks of the world on its own account. */
function preferences(proxy: string): string {
  const [host = '', port = ''] = proxy.split(':');
  const wanted = {
    'network.proxy.type': 1,
    'network.proxy.http': host,
    'network.proxy.http_port': Number(port),
    'network.proxy.ssl': host,
    'network.proxy.ssl_port': Number(port),
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'app.update.enabled': false,
    'app.normandy.enabled': false,
    'browser.shell.checkDefaultBrowser': false,
    'browser.aboutwelcome.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'datareporting.healthreport.uploadEnabled': false,
    'services.settings.server': 'data:,#remote-settings-dummy/v1',
    'signon.rememberSignons': false,
    // Without a graphics card, blurred panels take most of the CPU time.
    'layout.css.backdrop-filter.enabled': false,
  };
  return Object.entries(wanted)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}
