import { cardLink } from '../../../domain/cards/card-link.ts';
import type { MessageBody } from '../../../domain/messages/message-body.ts';

export interface CardRules {
  /** Whether the installation shows cards. */
  readonly isOn: boolean;
  /** Whether it has a place for copies of images. */
  readonly keepsImages: boolean;
  /** The installation's own, whose pages show nothing to a visitor who is not signed in. */
  readonly ownOrigin: string | undefined;
}

/** The address whose page the card of a text shows; undefined for none. */
export function linkOf(text: MessageBody, { isOn, ownOrigin }: CardRules): string | undefined {
  const href = isOn ? cardLink(text) : undefined;
  return href === undefined || new URL(href).origin === ownOrigin ? undefined : href;
}
