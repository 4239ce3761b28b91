import type { PersonFrame } from '../../wire/frames.ts';

type Person = PersonFrame['user'];

/** An event of the document: scripts that are loaded later share no modules but those of the first script. */
const NAME_CHANGE = 'shoal-name-change';

export function tellNameChange(person: Person): void {
  document.dispatchEvent(new CustomEvent(NAME_CHANGE, { detail: person }));
}

/** Calls with each person who has another name from now on, until the signal is aborted. */
export function onNameChange(act: (person: Person) => void, signal: AbortSignal): void {
  const hear = (event: Event) => act((event as CustomEvent<Person>).detail);
  document.addEventListener(NAME_CHANGE, hear, { signal });
}
