const GAP_PX = 4;
const EDGE_PX = 8;

/** Places an open dialog under the element, or above it where there is no room; without an element, where the style has it. */
export function placeBeside(dialog: HTMLDialogElement, anchor: HTMLElement | undefined): void {
  const { style, offsetWidth: width, offsetHeight: height } = dialog;
  if (!anchor) {
    style.removeProperty('left');
    style.removeProperty('top');
    return;
  }
  const { left, right, top, bottom } = anchor.getBoundingClientRect();
  const isInRightHalf = (left + right) / 2 > innerWidth / 2;
  const x = isInRightHalf ? right - width : left;
  const y = bottom + GAP_PX + height > innerHeight - EDGE_PX ? top - GAP_PX - height : bottom + GAP_PX;
  style.left = `${clamp(x, innerWidth - width - EDGE_PX)}px`;
  style.top = `${clamp(y, innerHeight - height - EDGE_PX)}px`;
}

const clamp = (value: number, max: number): number => Math.max(EDGE_PX, Math.min(value, max));
