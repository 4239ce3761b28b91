import { asset } from '../../templates/asset.ts';
import { type Coloured, isColoured } from './coloured.ts';

/** In UTF-16 units. Longer code stays as it is. */
const MAX_LENGTH = 10_000;
/** Some grammars take quadratic time for some texts. */
const TIMEOUT_MS = 100;

interface Job {
  readonly element: Element;
  readonly code: string;
  readonly language: string;
  readonly isSecondTry?: boolean;
}

const waiting: Job[] = [];
let worker: Worker | undefined;
let isReady = false;
let stop: ReturnType<typeof setTimeout> | undefined;

/** Colours the code in an element, unless it is too long or takes too long. */
export function colourCode(element: Element): void {
  const code = element.textContent;
  const language = element.getAttribute('data-language') ?? '';
  if (code.length > MAX_LENGTH) return;
  waiting.push({ element, code, language });
  if (!worker) startWorker();
  else if (isReady && waiting.length === 1) next();
}

function startWorker(): void {
  worker = new Worker(workerUrl());
  worker.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === 'ready') {
      isReady = true;
      next();
    } else if (data === 'started') stop = setTimeout(giveUp, TIMEOUT_MS);
    else finish(data);
  };
  worker.onerror = giveUp;
}

/** The worker first compiles the grammar of the language, which takes its time once, and says when it starts with the code. */
function next(): void {
  const job = waiting[0];
  if (job) worker?.postMessage({ code: job.code, language: job.language });
}

function finish(data: unknown): void {
  clearTimeout(stop);
  const job = waiting.shift();
  if (job && isColoured(data) && job.element.isConnected) show(job.element, { pieces: data, code: job.code });
  next();
}

/** Ends the worker. Where it could not be loaded, all code stays as it is. */
function giveUp(): void {
  clearTimeout(stop);
  worker?.terminate();
  worker = undefined;
  if (!isReady) waiting.length = 0;
  isReady = false;
  const job = waiting.shift();
  // A busy machine gets a second chance, behind what else waits.
  if (job && !job.isSecondTry) waiting.push({ ...job, isSecondTry: true });
  if (waiting.length > 0) startWorker();
}

function show(element: Element, { pieces, code }: { readonly pieces: Coloured; readonly code: string }): void {
  // The text of a message is never replaced by what a library made of it.
  if (element.textContent !== code || pieces.map(([text]) => text).join('') !== code) return;
  element.replaceChildren(
    ...pieces.map(([text, tint]) => {
      if (tint === null) return document.createTextNode(text);
      const span = document.createElement('span');
      span.className = `code-${tint}`;
      span.textContent = text;
      return span;
    }),
  );
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(text: string): string };
}

/** By a Trusted Types policy that makes no other address. */
function workerUrl(): string {
  const browser: { readonly trustedTypes?: PolicyFactory } & typeof globalThis = globalThis;
  const own = { createScriptURL: () => asset('highlighter.js') };
  policy ??= browser.trustedTypes?.createPolicy('highlighter', own) ?? own;
  return policy.createScriptURL('');
}

let policy: { createScriptURL(text: string): string } | undefined;
