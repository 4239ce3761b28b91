/** Whether a click on a link opens it in another tab or window. */
export const isForNewTab = ({ ctrlKey, metaKey, shiftKey }: MouseEvent): boolean => ctrlKey || metaKey || shiftKey;

/** Whether a click has no other meaning than to follow a link, and nothing else has acted on it. */
export const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !event.defaultPrevented && !event.altKey && !isForNewTab(event);
