const NOT_LOADED = 'This could not be loaded. Check the connection, or load the page again.';
const SHOWN_FOR_MS = 8_000;

/**
 * An action whose code is loaded at its first use, so that the first sight of a page does not wait for it. While the code
 * is on its way further uses do nothing. A script that cannot be loaded, without a network or after an update of the
 * server, leaves the page as it is.
 * @param start makes the action, once
 */
export function onDemand<Module>(load: () => Promise<Module>, start: (module: Module) => () => void): () => void {
  let act: (() => void) | undefined;
  let isLoading = false;
  return () => {
    if (act) return act();
    if (isLoading) return;
    isLoading = true;
    load()
      .then((module) => {
        act = start(module);
        act();
      }, sayNotLoaded)
      .finally(() => {
        isLoading = false;
      });
  };
}

function sayNotLoaded(): void {
  const notice = document.createElement('p');
  notice.className = 'not-loaded';
  notice.role = 'alert';
  notice.textContent = NOT_LOADED;
  document.querySelector('.not-loaded')?.remove();
  document.body.append(notice);
  setTimeout(() => notice.remove(), SHOWN_FOR_MS);
}
