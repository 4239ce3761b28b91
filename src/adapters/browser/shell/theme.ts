import { chosenTheme, type Theme, themeCookie, themeOf } from '../../wire/theme.ts';

/** Chooses the theme of a button without loading the page again. Pages come from the server in the theme that the cookie names. */
export function chooseTheme(form: HTMLFormElement, button: HTMLButtonElement): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the CookieStore is for secure origins only
  document.cookie = themeCookie(themeOf(button.value), { secure: location.protocol === 'https:' });
  showTheme(form);
}

/** Shows the theme that was chosen in this browser: maybe in another tab, or on a page that was visited in between. */
export function showTheme(form: HTMLFormElement): void {
  const theme = chosenTheme(document.cookie);
  apply(theme);
  for (const button of form.querySelectorAll<HTMLButtonElement>('button[name="theme"]')) {
    button.ariaPressed = String(button.value === theme);
  }
}

function apply(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[data-theme-color]')) {
    const { themeColor } = meta.dataset;
    if (theme === 'system') meta.media = `(prefers-color-scheme: ${themeColor})`;
    else meta.media = themeColor === theme ? 'all' : 'not all';
  }
}
