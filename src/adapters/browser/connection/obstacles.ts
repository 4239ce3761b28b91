/** Why there is no socket, by whether the messages come in by another way. */
export const OBSTACLES = {
  connected:
    'WebSockets cannot pass between this page and the server: a proxy or firewall blocks them. Messages go by plain requests instead.',
  lost: 'New messages do not come in here just now. If you have the chat open in many tabs, close some. What you write is kept, and sent then.',
} as const;
