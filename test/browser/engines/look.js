// Looks at a page as its reader does. Runs in the page before each question, and leaves nothing there but `look`.

globalThis.look = (() => {
  const ROLES = {
    button: 'button, summary',
    link: 'a[href]',
    textbox: 'input:not([type=checkbox], [role]), textarea',
    combobox: '[role=combobox]',
    heading: 'h1, h2',
    dialog: 'dialog',
    option: '[role=option]',
    article: 'article',
    navigation: 'nav',
  };

  const words = (text) => (text ?? '').replace(/\s+/g, ' ').trim();

  const isVisible = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.getBoundingClientRect().width > 0;

  function nameOf(element) {
    const by = element.getAttribute('aria-labelledby');
    if (by)
      return words(
        by
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent)
          .join(' '),
      );
    return words(element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent);
  }

  /** The elements of that role that can be seen, and whose name contains the text. */
  const all = (role, name = '') =>
    [...document.querySelectorAll(ROLES[role])].filter(
      (element) => isVisible(element) && nameOf(element).includes(name),
    );

  /** The middle of an element that is at rest, and that a click there reaches. */
  function pointOf(role, name) {
    const [element] = all(role, name);
    if (!element || document.getAnimations().some(isRunning)) return undefined;
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const { left, top, width, height } = element.getBoundingClientRect();
    const point = { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
    return element.contains(document.elementFromPoint(point.x, point.y)) ? point : undefined;
  }

  /** All that can be read on the page. */
  const text = () =>
    document.readyState === 'loading' || !isVisible(document.body) ? '' : words(document.body.innerText);

  const messages = () => [...document.querySelectorAll('article:not(.notice) .message-text')].map((p) => p.textContent);

  const boxOf = (role, name) => all(role, name)[0]?.getBoundingClientRect().toJSON();

  return { all, pointOf, text, messages, boxOf };
})();

/** Animations that follow the scrolling stand still with it. */
const isRunning = ({ playState, timeline }) => playState === 'running' && timeline === document.timeline;
