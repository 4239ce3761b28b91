import { HttpRefusal } from './http-refusal.ts';

export function tooLarge(): never {
  throw new HttpRefusal('too_large', 'That is more than is taken in one request.');
}
