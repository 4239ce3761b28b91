import type { Presence } from '../../ports/presence.ts';

/** The public status of the installation. */
export type ViewStatus = () => Promise<{ readonly connectedClients: number }>;

export function makeViewStatus({ presence }: { readonly presence: Presence }): ViewStatus {
  return async () => ({ connectedClients: await presence.count() });
}
