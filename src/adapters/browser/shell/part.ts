/**
 * The element of the page that a module works on.
 * @throws Error where it is missing or of another kind, which is a bug
 */
export function part<E extends Element>(root: ParentNode, selector: string, kind: new () => E): E {
  const found = optionalPart(root, selector, kind);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

export function optionalPart<E extends Element>(root: ParentNode, selector: string, kind: new () => E): E | undefined {
  const found = root.querySelector(selector);
  return found instanceof kind ? found : undefined;
}
