/** Days ago, time in UTC, author, text. */
export type Line = readonly [daysAgo: number, time: string, author: string, text: string];

export const CHATS = [
  'Kitchen table',
  'Book club',
  'Bugs & barnacles',
  'Tide tables',
  'Öresund trip',
  '帆船クラブ',
  '🎣 Sunday',
];

export const HARBOUR: readonly Line[] = [
  [2, '07:31', 'Bohumil', 'Morning! The new mooring lines arrived. All six of them.'],
  [2, '07:33', 'ada', 'Finally. Who is around on Saturday to help swap them?'],
  [2, '07:34', 'Mei-Ling', 'Me, from ten. I can bring the small boat.'],
  [2, '07:34', 'Mei-Ling', 'And coffee.'],
  [2, '07:40', 'João', 'Then I am in as well ☕'],
  [
    1,
    '16:05',
    'zeynep',
    'The forecast for Saturday: https://weather.example/harbour says 4 Bft from the west, dropping in the afternoon.',
  ],
  [1, '16:06', 'zeynep', 'So rather early than late.'],
  [1, '16:20', 'ada', 'Early it is. Meet at the crane at 9:30?'],
  [1, '16:21', 'Bohumil', '👍'],
  [0, '08:02', 'João', 'Has anybody seen the key to the tool shed?\nIt is not on its hook.'],
  [0, '08:15', 'Bohumil', 'I have it, sorry. It is back tonight.'],
  [
    0,
    '17:30',
    'Mei-Ling',
    'Quick question before Saturday: do we keep the old lines for the dinghies, or do they go? Two of them still look good to me, the other four are chafed right through at the fairleads.',
  ],
  [0, '17:33', 'ada', 'Keep the two good ones.'],
  [0, '17:33', 'ada', 'The rest can go to the school, they make door mats of them.'],
  [0, '17:38', 'zeynep', 'Door mats! That is where they come from 😄'],
  [0, '17:41', 'ada', 'See you all at the crane, then. I bring the bolt cutters and a cake.'],
];

const TALK = [
  'The tide is in at seven.',
  'Who took the blue bucket?',
  'The pump is fixed. It was the fuse, as always.',
  'Good to know.',
  'I will have a look tomorrow.',
  'Two berths are free next week.',
  'Wind from the north all day. Stay in.',
  'Thanks!',
];
const PEOPLE = ['Bohumil', 'ada', 'Mei-Ling', 'João', 'zeynep'];

/** Messages that make the history long. */
export const LONG_AGO: readonly Line[] = Array.from({ length: 240 }, (_, index) => {
  const minutes = (index % 60) * 9;
  const time = `${8 + Math.floor(minutes / 60)}:${minutes % 60}`;
  const author = PEOPLE[Math.floor(index / 2) % PEOPLE.length] ?? 'ada';
  return [7 - Math.floor(index / 60), time, author, TALK[(index * 5) % TALK.length] ?? ''] as const;
});

export const ANSWERED: readonly Line[] = [
  [0, '10:02', 'Bohumil', 'Which boat goes first: the Tern or the Seagull?'],
  [0, '10:04', 'ada', 'The cradle is greased.'],
  [0, '10:05', 'zeynep', 'Then we can start on time.'],
  [0, '10:06', 'Bohumil', 'Wrong chat, sorry.'],
];

export const UNREAD: readonly Line[] = Array.from({ length: 32 }, (_, index) => {
  return [0, `11:${10 + index}`, 'Bohumil', TALK[(index * 3) % TALK.length] ?? ''] as const;
});

/** Everything that formatting has. */
export const FORMATTED: readonly Line[] = [
  [0, '09:02', 'Bohumil', 'The crane is booked for **Saturday**, *not* ~~Friday~~ :tada:'],
  [0, '09:03', 'Bohumil', '> Who has the key?\nI have, and so has the [office](https://example.org/office).'],
  [0, '09:05', 'ada', 'To do:\n1. masts down\n2. covers\n   - yours\n   - mine\n\nWrite to office@example.org'],
  [0, '09:07', 'Bohumil', 'Depth by the `nmea` reader:\n```ts\nconst depth: number = read(port); // metres\n```'],
  [0, '09:08', 'ada', 'And the winner is ||the Seagull||'],
  [0, '09:09', 'ada', `Water levels:\n${Array.from({ length: 20 }, (_, n) => `${n}:00 ${120 + 3 * n} cm`).join('\n')}`],
];

/** With links that get cards. */
export const LINKED: readonly Line[] = [
  [0, '10:02', 'Bohumil', 'Why there are two a day: https://almanac.example/tides'],
  [0, '10:03', 'ada', 'And for the fees: https://harbours.example/list'],
  [0, '10:05', 'ada', 'https://plain.example/'],
];
