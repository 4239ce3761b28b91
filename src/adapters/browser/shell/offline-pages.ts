import type { ForgetRequest, RenewRequest } from '../service-worker/requests.ts';

/** Browsers have the worker on secure origins only: elsewhere the chat goes on without it. */
const container = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;

export const offlinePages = {
  /** Lets the worker in that keeps pages for when there is no connection; after all that the page itself needs. */
  start(): void {
    if (!container) return;
    const register = () => container.register(scriptUrl(), { updateViaCache: 'none' }).catch(goWithout);
    if (document.readyState === 'complete') void register();
    else addEventListener('load', () => void register());
  },

  /** The session is over: nothing of anybody stays. */
  forgetAll: (): void => ask({ forget: 'all' }),

  /** The person is not in this chat any more, or the copy may show what was deleted. */
  forgetThis: (): void => ask({ forget: location.pathname }),

  /** This page has news since it was kept. */
  renewThis: (): void => ask({ renew: location.pathname }),
};

function ask(request: ForgetRequest | RenewRequest): void {
  const active = container?.getRegistration().then((registration) => registration?.active?.postMessage(request));
  active?.catch(goWithout);
}

/** Private windows and full disks may refuse a worker. */
const goWithout = () => {};

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(text: string): string };
}

/** The only script that a page may start: a Trusted Types policy that makes no other address. */
function scriptUrl(): string {
  const browser: { readonly trustedTypes?: PolicyFactory } & typeof globalThis = globalThis;
  const own = { createScriptURL: () => '/sw.js' };
  return (browser.trustedTypes?.createPolicy('service-worker', own) ?? own).createScriptURL('');
}
