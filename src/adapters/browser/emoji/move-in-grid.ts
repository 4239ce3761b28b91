type Option = HTMLElement;

/** The option that a key leads to, in a grid whose rows the browser has laid out; undefined for other keys. */
export function moveInGrid(key: string, options: readonly Option[], active: Option | undefined): Option | undefined {
  const index = active ? options.indexOf(active) : -1;
  switch (key) {
    case 'ArrowRight':
      return options[index + 1] ?? active;
    case 'ArrowLeft':
      return options[Math.max(0, index - 1)];
    case 'Home':
      return options[0];
    case 'End':
      return options.at(-1);
    case 'ArrowDown':
      return active ? (besideRow(active, options.slice(index + 1)) ?? active) : options[0];
    case 'ArrowUp':
      return active ? (besideRow(active, options.slice(0, index).toReversed()) ?? active) : options[0];
    default:
      return undefined;
  }
}

/** The option of the next row that is nearest to the column; `following` begins with the options of the same row. */
function besideRow(active: Option, following: readonly Option[]): Option | undefined {
  const first = following.find(({ offsetTop }) => offsetTop !== active.offsetTop);
  if (!first) return undefined;
  const row = following.filter(({ offsetTop }) => offsetTop === first.offsetTop);
  const distance = ({ offsetLeft }: Option) => Math.abs(offsetLeft - active.offsetLeft);
  return row.toSorted((one, other) => distance(one) - distance(other))[0];
}
