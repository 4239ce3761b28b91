import type { ForgetRequest, RenewRequest } from '../service-worker/requests.ts';

/** Browsers offer service workers on secure origins only; the rest of the page works without. */
const container = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;

export const offlinePages = {
  /** Registers the worker that caches pages for offline use, after the page itself has loaded. */
  start(): void {
    if (!container) return;
    const register = () => container.register(scriptUrl(), { updateViaCache: 'none' }).catch(goWithout);
    if (document.readyState === 'complete') void register();
    else addEventListener('load', () => void register());
  },

  /** The session is over: all copies go. */
  forgetAll: (): void => ask({ forget: 'all' }),

  /** The reader is no longer a member of this chat, or the copy may contain a deleted message. */
  forget: (chatId: number): void => ask({ forget: `/chat/${chatId}` }),

  /** The chat has changed since its page was cached. */
  renew: (chatId: number): void => ask({ renew: `/chat/${chatId}` }),
};

function ask(request: ForgetRequest | RenewRequest): void {
  const active = container?.getRegistration().then((registration) => registration?.active?.postMessage(request));
  active?.catch(goWithout);
}

/** A private window or a full disk may refuse the worker. */
const goWithout = () => {};

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(text: string): string };
}

/** The address of the worker, by a Trusted Types policy that makes no other one. */
function scriptUrl(): string {
  const browser: { readonly trustedTypes?: PolicyFactory } & typeof globalThis = globalThis;
  const own = { createScriptURL: () => '/sw.js' };
  return (browser.trustedTypes?.createPolicy('service-worker', own) ?? own).createScriptURL('');
}
