import dayTemplate from '../../../../templates/partials/day.eta';
import faceTemplate from '../../../../templates/partials/face.eta';
import messageTemplate from '../../../../templates/partials/message.eta';
import { faceOf } from '../../wire/face.ts';
import type { WireMessage } from '../../wire/message.ts';
import { messageRow } from '../../wire/message-row.ts';
import { formatting } from '../formatting/formatting.ts';
import { showLocalTimes } from '../log/times/local-times.ts';

/**
 * Makes the element of a message, from the template that the server renders too. This module is the only place where text
 * becomes markup, and has the only Trusted Types policy for HTML that the Content-Security-Policy admits.
 */
export function messageElement(message: WireMessage, viewer: Viewer): HTMLElement {
  const element = rendered(message, viewer);
  showLocalTimes(element);
  formatting.ifIncomplete(element, () => rendered(message, viewer));
  return element;
}

interface Viewer {
  readonly id: number;
}

const rendered = (message: WireMessage, { id: viewerId }: Viewer): HTMLElement =>
  elementOf(messageTemplate(messageRow(message, { viewerId, continued: false, format: formatting.format })));

/** @param day as in `2026-03-01` */
export const dayElement = (day: string, label: string): HTMLElement => elementOf(dayTemplate({ day, label }));

/** What stands for a person: their picture, or their initial. */
export const faceElement = (name: string, id: number): HTMLElement =>
  elementOf(faceTemplate({ name, id, of: 'user', faceOf }));

/** Adds a dialog whose template comes with the script that opens it, until the signal is aborted. */
export function addDialog(html: string, until?: AbortSignal): HTMLDialogElement {
  const dialog = elementOf(html);
  if (!(dialog instanceof HTMLDialogElement)) throw new Error('The template made no dialog.');
  document.body.append(dialog);
  until?.addEventListener('abort', () => dialog.remove());
  return dialog;
}

/** @param html rendered by a template, which has escaped everything that people wrote */
export function elementOf(html: string): HTMLElement {
  const template = document.createElement('template');
  template.innerHTML = policy.createHTML(html);
  const element = template.content.firstElementChild;
  if (!(element instanceof HTMLElement)) throw new Error('The template made no element.');
  return element;
}

interface HtmlPolicy {
  /** Returns a TrustedHTML, which the types of the DOM do not accept for `innerHTML`. */
  createHTML(html: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: HtmlPolicy): HtmlPolicy;
}

const asItIs: HtmlPolicy = { createHTML: (html) => html };
const browser: { readonly trustedTypes?: PolicyFactory } & typeof globalThis = globalThis;
const policy = browser.trustedTypes?.createPolicy('message-template', asItIs) ?? asItIs;
