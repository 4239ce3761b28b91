import type { PresenceFrame } from '../../wire/user-frames.ts';
import { dayOf } from '../log/times/local-days.ts';
import { localFormat } from '../log/times/time-zone.ts';
import { part } from '../shell/part.ts';
import { people, peopleChanges } from './people.ts';

const WORDS = { active: 'Active', idle: 'Idle', away: 'Away' } as const;

const clock = localFormat({ hour: 'numeric', minute: '2-digit' });
const calendar = localFormat({ dateStyle: 'medium', timeStyle: 'short' });

/** Marks those of the members in an element who are connected or away, whatever members it is given, until the signal is aborted. */
export function followPresence(shown: HTMLElement, signal: AbortSignal): void {
  const show = () => {
    for (const member of shown.querySelectorAll<HTMLElement>('.member')) showIn(member);
  };
  peopleChanges.addEventListener('change', show, { signal });
  new MutationObserver(show).observe(shown, { childList: true, subtree: true });
}

const showIn = (member: HTMLElement): void =>
  showPresence(part(member, '.with-presence', HTMLElement), Number(member.id.replace('member-', '')));

/** Puts the mark of the person into the element, or takes it away. */
export function showPresence(member: HTMLElement, userId: number): void {
  const told = people.get(userId);
  const words = told && wordsFor(told);
  const shown = member.querySelector<HTMLElement>('.presence');
  if (shown?.title === words) return;
  shown?.remove();
  if (told && words) member.prepend(dot(told.state, words));
}

/** Undefined for nothing that is shown. */
function wordsFor({ state, until }: PresenceFrame): string | undefined {
  if (state === 'offline') return undefined;
  const moment = new Date(until ?? '');
  if (state !== 'away' || Number.isNaN(moment.getTime())) return WORDS[state];
  return `Away until ${(dayOf(moment) === dayOf(new Date()) ? clock : calendar)(moment)}`;
}

function dot(state: string, words: string): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'presence';
  mark.dataset.state = state;
  mark.title = words;
  mark.role = 'img';
  mark.ariaLabel = words;
  return mark;
}
