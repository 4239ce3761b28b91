import { utf8Bytes } from '../../../domain/code-points.ts';
import { username } from '../../../domain/identity/username.ts';
import { part } from '../shell/part.ts';

/** The forms of signing in, of confirming who one is, and of adding a passkey. */
export function startSignIn(form: HTMLFormElement): void {
  if (form.dataset.signIn === 'password') startPassword(form);
  // Where the script cannot be loaded, the password is left.
  import('./passkeys.ts').then(
    ({ startPasskeys }) => startPasskeys(form),
    () => {},
  );
}

/** Reveals the password on demand, checks the rules while the fields are filled in, and sends the form once. */
function startPassword(form: HTMLFormElement): void {
  // The number on the app's icon was for a session that has ended.
  navigator.setAppBadge?.(0).catch(() => undefined);
  const password = part(form, '[name="password"]', HTMLInputElement);
  const reveal = part(form, '[data-reveal]', HTMLButtonElement);
  const words = part(reveal, '[data-reveal-words]', HTMLElement);
  const submit = part(form, '[type="submit"]', HTMLButtonElement);

  const show = (isShown: boolean) => {
    password.type = isShown ? 'text' : 'password';
    words.textContent = isShown ? 'Hide' : 'Show';
  };
  sayWhatIsWrong(part(form, '[name="username"]', HTMLInputElement), { tells: 'input', problemOf: problemOfName });
  // An account that came from the original app may have a shorter password: only a new one is checked.
  if (password.autocomplete === 'new-password') {
    sayWhatIsWrong(password, { tells: 'change', problemOf: problemOfPassword });
  }
  reveal.hidden = false;
  reveal.addEventListener('click', () => {
    show(password.type === 'password');
    password.focus();
  });
  form.addEventListener('submit', () => {
    // Browsers offer to save only what is in a password field.
    show(false);
    submit.disabled = true;
    submit.setAttribute('aria-busy', 'true');
  });
  // After Back the form is usable again.
  addEventListener('pageshow', () => {
    submit.disabled = false;
    submit.removeAttribute('aria-busy');
  });
}

interface Rule {
  /** The event at which a problem appears: every password is too short at first. */
  readonly tells: 'input' | 'change';
  /** A sentence, or undefined when the text is valid. */
  readonly problemOf: (text: string) => string | undefined;
}

function sayWhatIsWrong(input: HTMLInputElement, { tells, problemOf }: Rule): void {
  const problem = part(document, `#${input.id}-problem`, HTMLElement);
  const look = (mayTell: boolean) => {
    const why = input.value === '' ? undefined : problemOf(input.value);
    if (why !== undefined && !mayTell) return;
    if (problem.textContent !== (why ?? '')) problem.textContent = why ?? '';
    problem.hidden = why === undefined;
    input.ariaInvalid = why === undefined ? null : 'true';
  };
  for (const event of ['input', 'change'] as const) {
    input.addEventListener(event, () => look(event === tells || !problem.hidden));
  }
}

function problemOfName(name: string): string | undefined {
  try {
    username(name);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : undefined;
  }
}

const MIN_BYTES = 8;
const problemOfPassword = (password: string): string | undefined =>
  utf8Bytes(password) < MIN_BYTES ? 'A password has at least 8 characters.' : undefined;
