import { chosenTheme, type Theme, themeCookie, themeOf } from '../../wire/theme.ts';

/** Changes the theme without loading the page again. Pages come from the server in the theme that the cookie names. */
export function startTheme(form: HTMLFormElement): void {
  const buttons = form.querySelectorAll<HTMLButtonElement>('button[name="theme"]');
  const show = (theme: Theme) => {
    apply(theme);
    for (const button of buttons) button.ariaPressed = String(button.value === theme);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { submitter } = event;
    if (!(submitter instanceof HTMLButtonElement)) return;
    remember(themeOf(submitter.value));
    show(remembered());
  });
  // The theme may have been changed in another tab, or on a page that was visited in between.
  const catchUp = () => show(remembered());
  document.addEventListener('visibilitychange', catchUp);
  addEventListener('pageshow', catchUp);
}

const remembered = (): Theme => chosenTheme(document.cookie);

function remember(theme: Theme): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the CookieStore is for secure origins only
  document.cookie = themeCookie(theme, { secure: location.protocol === 'https:' });
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
