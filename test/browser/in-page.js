// Runs in the pages that tests watch, before anything of the page's own.

document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
  globalThis.reportViolation(`${violatedDirective} by ${blockedURI} ${sample}`);
});

const FOREIGN =
  'img, iframe, object, embed, math, video, style, base, meta[http-equiv], plaintext, svg:not(.icon, .school)';
const BY_OTHERS = '.message-author, .message-text, .card-name, h1, h1 bdi';

/** What stands in the page that none of our templates makes. */
function injected() {
  const all = [...document.querySelectorAll('*')];
  const strange = [
    ...document.querySelectorAll(`${FOREIGN}, svg > :not(use), .message-author *, .card-name *, h1 bdi *`),
    ...document.querySelectorAll('.message-text > :not(a), .message-text > a *, h1 > :not(bdi, svg)'),
    ...[...document.scripts].filter(({ src }) => !src.startsWith(`${location.origin}/static/`)),
    ...all.filter((element) => element.getAttributeNames().some((name) => isHandler(name) && !isPlaced(element, name))),
    ...all.filter((element) => ['href', 'action', 'formaction'].some((name) => leadsAway(element, name))),
  ];
  return strange.map(({ outerHTML }) => outerHTML);
}

const isHandler = (name) => name.startsWith('on') || name === 'srcdoc' || name === 'style';

/** The carousel's script says where its cards lie. */
const isPlaced = (element, name) => name === 'style' && element.matches('nav.carousel, li.card');

/** Only links in messages lead to other sites, and those say so little of here as they can. */
function leadsAway(element, name) {
  const to = element.getAttribute(name);
  if (to === null) return false;
  const url = URL.canParse(to, location.href) ? new URL(to, location.href) : undefined;
  if (url?.origin === location.origin) return false;
  const isLink = element.matches('.message-text > a[rel="noopener nofollow"]');
  return !(isLink && (url?.protocol === 'https:' || url?.protocol === 'http:'));
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
