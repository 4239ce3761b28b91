import { DomainError } from '../errors.ts';
import type { UserId } from '../ids.ts';

/** What becomes of the words of a person who deletes their account. */
export const WORDS_CHOICES = ['keep', 'erase'] as const;

export type WordsChoice = (typeof WORDS_CHOICES)[number];

/** That an account was deleted. It says neither who it was nor what they wrote, so it may outlive both. */
export interface Erasure {
  readonly userId: UserId;
  readonly words: WordsChoice;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** @throws DomainError `bad_request` */
export function wordsChoice(input: string): WordsChoice {
  const choice = WORDS_CHOICES.find((one) => one === input);
  if (!choice) throw new DomainError('bad_request', 'Choose what becomes of your words: keep or erase.');
  return choice;
}
