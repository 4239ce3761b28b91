import type { UserId } from '../ids.ts';
import type { Username } from './username.ts';

export interface User {
  readonly id: UserId;
  readonly username: Username;
}
