// Runs in the page: every visible text, and how it stands out from what lies under it.

const CANVAS = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** Any CSS colour as red, green, blue and alpha. */
function rgba(colour) {
  CANVAS.canvas.width = 1;
  CANVAS.fillStyle = colour;
  CANVAS.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = CANVAS.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];

function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** What lies under an element, if the ground had this colour there. */
function under(element, ground) {
  const layers = [];
  for (let each = element; each && each !== document.documentElement; each = each.parentElement) {
    layers.push(rgba(getComputedStyle(each).backgroundColor));
    if (getComputedStyle(each).position === 'fixed' && each.matches(':modal')) break;
  }
  return layers.reverse().reduce((below, layer) => over(layer, below), ground);
}

function hasOwnText(element) {
  return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '');
}

function isSeen(element) {
  const { width, height } = element.getBoundingClientRect();
  if (width <= 1 || height <= 1 || element.closest('button:disabled, option, noscript')) return false;
  return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
}

/** Texts below this contrast, at the worst that the gradient can be beneath them. */
globalThis.faint = (least) => {
  const style = getComputedStyle(document.documentElement);
  const grounds = ['--sea-from', '--sea-to'].map((name) => {
    const probe = document.createElement('i');
    probe.hidden = true;
    document.body.append(probe);
    probe.style.color = `var(${name})`;
    const colour = rgba(getComputedStyle(probe).color);
    probe.remove();
    return colour;
  });
  const fields = [...document.querySelectorAll('input[placeholder], textarea[placeholder]')];
  const texts = [...document.querySelectorAll('body *')].filter((element) => hasOwnText(element) && isSeen(element));
  const measured = [
    ...texts.map((element) => [element, getComputedStyle(element).color]),
    ...fields.filter(isSeen).map((element) => [element, getComputedStyle(element, '::placeholder').color]),
  ].map(([element, colour]) => {
    const worst = Math.min(
      ...grounds.map((ground) => {
        const below = under(element, ground);
        return contrast(over(rgba(colour), below), below);
      }),
    );
    return { text: (element.textContent.trim() || element.placeholder).slice(0, 40), worst, of: element.className };
  });
  return { count: measured.length, scheme: style.colorScheme, faint: measured.filter(({ worst }) => worst < least) };
};
