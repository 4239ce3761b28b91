export const memberCount = (count: number): string => `${count} ${count === 1 ? 'member' : 'members'}`;

/** What is unread stays counted before the name. */
export function renamedTitle(title: string, name: string): string {
  const [count = ''] = title.match(/^\(\d+\+?\) /) ?? [];
  return `${count}${name} · Shoal`;
}
