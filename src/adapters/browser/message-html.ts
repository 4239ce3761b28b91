import messageTemplate from '../../../templates/partials/message.eta';
import type { WireMessage } from '../wire/message.ts';
import { showLocalTimes } from './local-times.ts';

/**
 * The message's element, from the template that the server renders too. This is the only place where text becomes
 * markup, and the only Trusted Types policy that the page's Content-Security-Policy admits.
 */
export function messageElement(message: WireMessage, viewer: { readonly id: number }): HTMLElement {
  const template = document.createElement('template');
  template.innerHTML = policy.createHTML(messageTemplate({ message, own: message.author.id === viewer.id }));
  const element = template.content.firstElementChild;
  if (!(element instanceof HTMLElement)) throw new Error('The message template made no element.');
  showLocalTimes(element);
  return element;
}

interface HtmlPolicy {
  /** Truly a TrustedHTML, which the DOM's types do not let anyone assign to `innerHTML`. */
  createHTML(html: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: HtmlPolicy): HtmlPolicy;
}

const asItIs: HtmlPolicy = { createHTML: (html) => html };
const browser: { readonly trustedTypes?: PolicyFactory } & typeof globalThis = globalThis;
const policy = browser.trustedTypes?.createPolicy('message-template', asItIs) ?? asItIs;
