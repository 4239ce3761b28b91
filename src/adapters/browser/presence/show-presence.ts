import { people, peopleChanges } from './people.ts';

const WORDS = { active: 'Active', idle: 'Idle' } as const;

/** Marks those of the members in an element who are connected, whatever members it is given, until the signal is aborted. */
export function followPresence(shown: HTMLElement, signal: AbortSignal): void {
  const show = () => {
    for (const member of shown.querySelectorAll<HTMLElement>('.member')) showIn(member);
  };
  peopleChanges.addEventListener('change', show, { signal });
  new MutationObserver(show).observe(shown, { childList: true, subtree: true });
}

const showIn = (member: HTMLElement): void => showPresence(member, Number(member.id.replace('member-', '')));

/** Puts the mark of the person into the element, or takes it away. */
export function showPresence(member: HTMLElement, userId: number): void {
  const state = people.get(userId) ?? 'offline';
  const shown = member.querySelector<HTMLElement>('.presence');
  if ((shown?.dataset.state ?? 'offline') === state) return;
  shown?.remove();
  if (state !== 'offline') member.prepend(dot(state));
}

function dot(state: keyof typeof WORDS): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'presence';
  mark.dataset.state = state;
  mark.title = WORDS[state];
  mark.role = 'img';
  mark.ariaLabel = WORDS[state];
  return mark;
}
