// Runs in the pages that tests watch, before anything of the page's own.

document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
  globalThis.reportViolation(`${violatedDirective} by ${blockedURI} ${sample}`);
});

const FOREIGN =
  'img, iframe, object, embed, math, video, style, base, meta[http-equiv], plaintext, svg:not(.icon, .school)';
const BY_OTHERS = '.message-author, .message-text, .card-name, .card-preview, .card-last, h1, h1 bdi';

/** What stands in the page that none of our templates makes. */
function injected() {
  const all = [...document.querySelectorAll('*')];
  const strange = [
    ...document.querySelectorAll(`${FOREIGN}, svg > :not(use), .message-author *, .card-name *, h1 bdi *`),
    ...document.querySelectorAll('h1 > :not(bdi, svg)'),
    ...[...document.querySelectorAll('.message-text *')].filter((element) => !isFormatting(element)),
    ...[...document.scripts].filter(({ src }) => !src.startsWith(`${location.origin}/static/`)),
    ...all.filter((element) => element.getAttributeNames().some((name) => isHandler(name))),
    ...all.filter((element) => ['href', 'action', 'formaction'].some((name) => leadsAway(element, name))),
  ];
  return strange.map(({ outerHTML }) => outerHTML);
}

/** The elements that formatting has, each with all attributes that it may have. */
const FORMATTING = {
  a: ['class', 'href', 'target', 'rel', 'data-hue', 'dir'],
  bdi: ['class', 'data-hue'],
  button: ['class', 'type'],
  code: ['data-language'],
  div: ['class'],
  input: ['type', 'aria-label'],
  label: ['class'],
  ol: ['start'],
  pre: ['tabindex', 'role', 'aria-label'],
  small: ['class'],
  span: ['class', 'title'],
  ...Object.fromEntries(['blockquote', 'em', 'li', 'p', 's', 'strong', 'ul'].map((name) => [name, []])),
};
const CLASSES = /^(?:link|mention|mention-of-viewer|spoiler|emoji|message-edited|code(?:-[a-z]+)?| )*$/;

const isFormatting = (element) =>
  element.getAttributeNames().every((name) => FORMATTING[element.localName]?.includes(name)) &&
  element.localName in FORMATTING &&
  CLASSES.test(element.className);

const isHandler = (name) => name.startsWith('on') || name === 'srcdoc' || name === 'style';

/** Only links in messages lead to other sites, and those say so little of here as they can. */
function leadsAway(element, name) {
  const to = element.getAttribute(name);
  if (to === null) return false;
  const url = URL.canParse(to, location.href) ? new URL(to, location.href) : undefined;
  if (url?.origin === location.origin) return false;
  const isLink = element.matches('.message-text a[rel="noopener nofollow"]');
  return !(isLink && ['https:', 'http:', 'mailto:'].includes(url?.protocol));
}

/** What people wrote and does not stand apart from what is around it: an override in it would turn that around too. */
function notIsolated() {
  return [...document.querySelectorAll(BY_OTHERS)]
    .filter((element) => {
      const { display, unicodeBidi } = getComputedStyle(element);
      return display === 'inline' && !unicodeBidi.startsWith('isolate');
    })
    .map(({ outerHTML }) => outerHTML);
}

/** Ways to make markup of text, by how they end. */
function breakIn() {
  const ways = [
    () => {
      document.body.innerHTML = '<b>x</b>';
    },
    () => document.write('<b>x</b>'),
    () => document.body.insertAdjacentHTML('beforeend', '<b>x</b>'),
    () => globalThis.trustedTypes.createPolicy('mine', {}),
  ];
  return ways.map((way) => {
    try {
      way();
      return 'done';
    } catch (error) {
      return error.name;
    }
  });
}

globalThis.watch = { injected, notIsolated, breakIn };
