import type { PresenceFrame } from '../../wire/user-frames.ts';

/** The states of the people who are connected, as far as the server has told them, by id. */
export const people = new Map<number, PresenceFrame['state']>();

/** Dispatches `change` when somebody is shown differently now. */
export const peopleChanges = new EventTarget();
