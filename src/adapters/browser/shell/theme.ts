import { chosenDensity, type Density, densityCookie, densityOf } from '../../wire/density.ts';
import { chosenTheme, type Theme, themeCookie, themeOf } from '../../wire/theme.ts';

/**
 * Chooses the theme, or the density, of a button without loading the page again. Pages come from the server in those that the cookies
 * name.
 */
export function chooseTheme(form: HTMLFormElement, { name, value }: HTMLButtonElement): void {
  const secure = { secure: location.protocol === 'https:' };
  const cookie = name === 'density' ? densityCookie(densityOf(value), secure) : themeCookie(themeOf(value), secure);
  // biome-ignore lint/suspicious/noDocumentCookie: the CookieStore is for secure origins only
  document.cookie = cookie;
  showTheme(form);
}

/** Shows the theme and the density that were chosen in this browser: maybe in another tab, or on a page that was visited in between. */
export function showTheme(form: HTMLFormElement): void {
  const [theme, density] = [chosenTheme(document.cookie), chosenDensity(document.cookie)];
  apply(theme);
  space(density);
  for (const button of form.querySelectorAll<HTMLButtonElement>('button.segment')) {
    button.ariaPressed = String(button.value === theme || button.value === density);
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

/** The server sets it alike, so that the first paint has it. */
function space(density: Density): void {
  const root = document.documentElement;
  if (density === 'compact') root.dataset.density = density;
  else delete root.dataset.density;
}
