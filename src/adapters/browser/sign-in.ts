import { part } from './part.ts';

/** Shows the password to who asks, and sends the form once. */
export function startSignIn(form: HTMLFormElement): void {
  const password = part(form, '[name="password"]', HTMLInputElement);
  const reveal = part(form, '[data-reveal]', HTMLButtonElement);
  const words = part(reveal, '[data-reveal-words]', HTMLElement);
  const submit = part(form, '[type="submit"]', HTMLButtonElement);

  const show = (isShown: boolean) => {
    password.type = isShown ? 'text' : 'password';
    words.textContent = isShown ? 'Hide' : 'Show';
  };
  reveal.hidden = false;
  reveal.addEventListener('click', () => {
    show(password.type === 'password');
    password.focus();
  });
  form.addEventListener('submit', () => {
    // Browsers offer to remember what was typed as a password only.
    show(false);
    submit.disabled = true;
    submit.setAttribute('aria-busy', 'true');
  });
  // Who comes back by the history finds the form usable.
  addEventListener('pageshow', () => {
    submit.disabled = false;
    submit.removeAttribute('aria-busy');
  });
}
