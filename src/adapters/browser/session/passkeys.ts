import { requestJson, sentenceOf } from '../shell/api.ts';
import { optionalPart, part } from '../shell/part.ts';
import { askPasskey, makePasskey } from './passkey-calls.ts';

const NOT_HERE =
  'This browser has no passkeys for this site. They need a secure connection (https), and an address with a name, such as localhost, in place of numbers.';

/** An IP address, for which browsers make no passkeys. */
const NUMBERS = /^(?:[\d.]+|\[.*\])$/;

/** Of a challenge, which the server takes for five minutes. */
const ASK_AGAIN_AFTER_MS = 4 * 60_000;

const REFUSED: Readonly<Record<string, string>> = {
  NotAllowedError: 'No passkey was used: it was cancelled, or took too long.',
  InvalidStateError: 'This device has a passkey for you here already.',
  SecurityError: 'Passkeys do not work at this address. Open the site by its name over https, or at localhost.',
  NotSupportedError: 'This device has no passkeys of a kind that this site takes.',
};

/** What the page offers of passkeys: adding one, signing in, or confirming who the reader is. */
export function startPasskeys(form: HTMLFormElement): void {
  const hasPasskeys = 'PublicKeyCredential' in window && window.isSecureContext && !NUMBERS.test(location.hostname);
  if (form.dataset.signIn === 'add-passkey') {
    startAdding(form, hasPasskeys);
    return;
  }
  const way = optionalPart(document, '[data-passkey-way]', HTMLElement);
  if (!way || !hasPasskeys) return;
  way.hidden = false;
  const next = part(form, '[name="next"]', HTMLInputElement).value;
  if (way.dataset.passkeyWay === 'confirm') startConfirming(way, next);
  else startSigningIn(way, next);
}

function startAdding(form: HTMLFormElement, hasPasskeys: boolean): void {
  const state = part(document, '[data-passkey-state]', HTMLElement);
  const name = part(form, '[name="name"]', HTMLInputElement);
  const button = part(form, '[type="submit"]', HTMLButtonElement);
  const tell = (sentence: string) => {
    state.textContent = sentence;
  };
  if (!hasPasskeys) {
    tell(NOT_HERE);
    return;
  }
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void once(button, tell, async () => {
      const credential = await makePasskey(await post('/account/passkeys/options'));
      await post('/account/passkeys', { name: name.value, credential });
      location.assign('/account/passkeys?added');
    });
  });
}

function startConfirming(way: HTMLElement, next: string): void {
  const { button, tell } = partsOf(way);
  button.addEventListener('click', () => {
    void once(button, tell, async () => {
      const credential = await askPasskey(await post('/account/confirm/passkey/options'));
      await post('/account/confirm/passkey', { credential });
      location.assign(next);
    });
  });
}

/** The button asks at once. Where the browser can, the field of the name offers passkeys as well, without a question. */
function startSigningIn(way: HTMLElement, next: string): void {
  const { button, tell } = partsOf(way);
  let offer = new AbortController();
  const signIn = async (how: { readonly mediation?: 'conditional'; readonly signal?: AbortSignal }) => {
    const credential = await askPasskey(await post('/auth/passkey/options'), how);
    await post('/auth/passkey', { credential });
    location.assign(`/auth?check_cookie&next=${encodeURIComponent(next)}`);
  };
  const offerInField = () => {
    offer.abort();
    offer = new AbortController();
    const { signal } = offer;
    signIn({ mediation: 'conditional', signal }).catch((error: unknown) => {
      if (signal.aborted) return;
      // What the reader did not ask for is no problem to tell, unless they chose a passkey that was refused.
      if (!(error instanceof DOMException)) tell(sentenceOf(error));
    });
  };
  button.addEventListener('click', () => {
    // A browser asks for one passkey at a time.
    offer.abort();
    void once(button, tell, () => signIn({})).then(startOffers);
  });
  const startOffers = async () => {
    if (await PublicKeyCredential.isConditionalMediationAvailable?.()) offerInField();
  };
  void startOffers();
  setInterval(() => {
    if (button.ariaBusy !== 'true' && document.visibilityState === 'visible') void startOffers();
  }, ASK_AGAIN_AFTER_MS);
}

function partsOf(way: HTMLElement) {
  const problem = part(way, '[data-passkey-problem]', HTMLElement);
  return {
    button: part(way, '[data-passkey]', HTMLButtonElement),
    tell(sentence: string) {
      problem.textContent = sentence;
      problem.hidden = sentence === '';
    },
  };
}

/** Does the work, one at a time, and tells what went wrong. */
async function once(button: HTMLButtonElement, tell: (sentence: string) => void, work: () => Promise<void>) {
  if (button.ariaBusy === 'true') return;
  button.ariaBusy = 'true';
  tell('');
  try {
    await work();
  } catch (error) {
    tell(error instanceof DOMException ? (REFUSED[error.name] ?? NOT_HERE) : sentenceOf(error));
  } finally {
    button.ariaBusy = null;
  }
}

const post = (path: string, body: object = {}): Promise<unknown> =>
  requestJson(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
