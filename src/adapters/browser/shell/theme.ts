type Theme = 'system' | 'light' | 'dark';

const CHOSEN = /(?:^|;)\s*theme=(light|dark)\s*(?:;|$)/;
const YEAR_S = 31_536_000;

/** Pages come from the server as they were chosen to look; here the choice is made without loading one again. */
export function startTheme(form: HTMLFormElement): void {
  const buttons = form.querySelectorAll<HTMLButtonElement>('button[name="theme"]');
  const show = (theme: Theme) => {
    wear(theme);
    for (const button of buttons) button.ariaPressed = String(button.value === theme);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { submitter } = event;
    if (!(submitter instanceof HTMLButtonElement)) return;
    remember(themeOf(submitter.value));
    show(remembered());
  });
  // Another tab, or a page that this one was left for, may have chosen otherwise since.
  const catchUp = () => show(remembered());
  document.addEventListener('visibilitychange', catchUp);
  addEventListener('pageshow', catchUp);
}

const themeOf = (value: string | undefined): Theme => (value === 'light' || value === 'dark' ? value : 'system');

const remembered = (): Theme => themeOf(CHOSEN.exec(document.cookie)?.[1]);

/** In a cookie, so that the next page comes in the right colours and never in the wrong ones first. */
function remember(theme: Theme): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  const maxAge = theme === 'system' ? 0 : YEAR_S;
  // biome-ignore lint/suspicious/noDocumentCookie: the CookieStore is for secure origins only
  document.cookie = `theme=${theme}; Max-Age=${maxAge}; Path=/; SameSite=Lax${secure}`;
}

function wear(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[data-theme-color]')) {
    const { themeColor } = meta.dataset;
    if (theme === 'system') meta.media = `(prefers-color-scheme: ${themeColor})`;
    else meta.media = themeColor === theme ? 'all' : 'not all';
  }
}
