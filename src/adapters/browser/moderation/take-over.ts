/** What the reader changes in a page by using it: the server does not know of it. */
const OF_THE_READER: ReadonlySet<string> = new Set(['open', 'data-past']);

/**
 * Makes the shown element what the server sent, and replaces no more of it than has changed: the focus, what is half typed, and what is
 * unfolded stay. Rows are told apart by their ids. A row that is gone stays for as long as the reader has the focus or words in it.
 */
export function takeOver(shown: Element, sent: Element): void {
  takeOverAttributes(shown, sent);
  retireRows(shown, sent);
  let place = shown.firstChild;
  for (const node of [...sent.childNodes]) {
    const counterpart = counterpartOf(node, place, shown);
    if (!counterpart) {
      shown.insertBefore(node, place);
      continue;
    }
    // What is in between goes: to move the counterpart would take the focus from it.
    while (place && place !== counterpart && (isPast(place) || !isRow(place))) {
      const left = place;
      place = place.nextSibling;
      if (!isPast(left)) left.remove();
    }
    if (counterpart === place) place = place.nextSibling;
    else shown.insertBefore(counterpart, place);
    if (counterpart instanceof HTMLElement && node instanceof Element) {
      delete counterpart.dataset.past;
      takeOver(counterpart, node);
    } else if (counterpart.nodeValue !== node.nodeValue) counterpart.nodeValue = node.nodeValue;
  }
  while (place) {
    const left = place;
    place = place.nextSibling;
    retire(left);
  }
}

/** Before anything else, so that the rows behind them need not move. */
function retireRows(shown: Element, sent: Element): void {
  const ids = new Set([...sent.children].map(({ id }) => id));
  for (const child of [...shown.children]) if (isRow(child) && !ids.has(child.id)) retire(child);
}

function retire(node: ChildNode): void {
  if (node instanceof HTMLElement && holdsWork(node)) node.dataset.past = '';
  else node.remove();
}

const isRow = (node: Node): node is Element => node instanceof Element && node.id !== '';
const isPast = (node: Node): boolean => node instanceof HTMLElement && node.dataset.past !== undefined;

/** Whether the reader has the focus in it, or has typed or chosen something there. */
export function holdsWork(element: HTMLElement): boolean {
  if (element.contains(element.ownerDocument.activeElement)) return true;
  return [...element.querySelectorAll<HTMLElement>('input, textarea, select')].some(isChanged);
}

function isChanged(field: HTMLElement): boolean {
  if (field instanceof HTMLSelectElement)
    return [...field.options].some(
      (option, index) => option.selected !== (isUsual(field, index) ?? option.defaultSelected),
    );
  if (field instanceof HTMLInputElement)
    return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  return field instanceof HTMLTextAreaElement && field.value !== field.defaultValue;
}

/** The first option is chosen where none says that it is; undefined where one does. */
const isUsual = ({ options }: HTMLSelectElement, index: number): boolean | undefined =>
  [...options].some(({ defaultSelected }) => defaultSelected) ? undefined : index === 0;

/** The row of the same id, or the next node of the same kind that is no such row. */
function counterpartOf(sent: Node, place: ChildNode | null, shown: Element): ChildNode | undefined {
  const id = sent instanceof Element && sent.id;
  if (id) return [...shown.children].find((child) => child.id === id);
  for (let next = place; next; next = next.nextSibling) {
    if (isRow(next) || isPast(next)) continue;
    if (next.nodeName === sent.nodeName) return next;
    if (next instanceof Element) return undefined;
  }
  return undefined;
}

function takeOverAttributes(shown: Element, sent: Element): void {
  for (const { name } of [...shown.attributes])
    if (!sent.hasAttribute(name) && !OF_THE_READER.has(name)) shown.removeAttribute(name);
  for (const { name, value } of sent.attributes)
    if (shown.getAttribute(name) !== value && !OF_THE_READER.has(name)) shown.setAttribute(name, value);
}
