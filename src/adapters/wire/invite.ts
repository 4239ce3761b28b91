import type { ListedInvite } from '../../application/use-cases/chats/view-invites.ts';
import { type InvitedRole, inviteHandle } from '../../domain/chats/invite.ts';

export interface WireInvite {
  readonly id: string;
  readonly created_by: { readonly id: number; readonly username: string };
  readonly created_at: string;
  readonly expires_at: string;
  /** How many people it has let in. */
  readonly uses: number;
  /** How many people it may let in; null for any number. */
  readonly max_uses: number | null;
  readonly note: string;
  readonly role: InvitedRole;
}

export const toWireInvite = ({ invite, by }: ListedInvite): WireInvite => ({
  id: inviteHandle(invite),
  created_by: { id: by.id, username: by.username },
  created_at: new Date(invite.createdAt).toISOString(),
  expires_at: new Date(invite.expiresAt).toISOString(),
  uses: invite.uses,
  max_uses: invite.maxUses,
  note: invite.note,
  role: invite.role,
});
