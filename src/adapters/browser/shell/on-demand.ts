import { say } from './say.ts';

const NOT_LOADED = 'This could not be loaded. Check the connection, or load the page again.';

/**
 * An action whose code is loaded at its first use, so that the first view of a page does not wait for it. Uses while the code
 * loads are ignored. Where it cannot be loaded, without a network or after an update of the server, the page says so.
 * @param start makes the action; called once
 */
export function onDemand<Module, Args extends readonly unknown[]>(
  load: () => Promise<Module>,
  start: (module: Module) => (...args: Args) => void,
): (...args: Args) => void {
  let act: ((...args: Args) => void) | undefined;
  let isLoading = false;
  return (...args) => {
    if (act) return act(...args);
    if (isLoading) return;
    isLoading = true;
    load()
      .then(
        (module) => {
          act = start(module);
          act(...args);
        },
        () => say(NOT_LOADED, 'alert'),
      )
      .finally(() => {
        isLoading = false;
      });
  };
}
