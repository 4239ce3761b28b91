/** What a choice does to what a column has of a person. */
export type Effect = 'stays' | 'goes';

export interface Entry {
  /** The number of a user, or words or other data of one. */
  readonly holds: 'id' | 'data';
  readonly keep: Effect;
  readonly erase: Effect;
  /** What it is, and why it stays. */
  readonly what: string;
}

/** A column that has nothing of a person. */
export const NOTHING = 'nothing';

const id = (what: string, keep: Effect, erase: Effect = keep): Entry => ({ holds: 'id', keep, erase, what });
const data = (what: string, keep: Effect, erase: Effect = keep): Entry => ({ holds: 'data', keep, erase, what });

/** Every column of every table, in the order of the schema. A column without an entry fails the test. */
export const INVENTORY: Readonly<Record<string, Readonly<Record<string, Entry | typeof NOTHING>>>> = {
  users: {
    id: id('the account, as the author of what stays', 'stays'),
    username: data('the name; “former member” in its place', 'goes'),
    username_key: data('the name as it is compared', 'goes'),
    password_hash: data('the password', 'goes'),
    created_at: NOTHING,
    undoable_until: NOTHING,
    away_until: data('until when the person is away', 'goes'),
    rename_number: NOTHING,
    renamed_at: NOTHING,
    administrator_since: data('that the person administers', 'goes'),
    deactivated_at: NOTHING,
    invited_by: data('the invite by which the person came', 'goes'),
  },
  resting_names: {
    username_key: data('the former name, so that nobody is taken for the person; forgotten after 90 days', 'stays'),
    user_id: id('whose name rests', 'stays'),
    rests_until: NOTHING,
  },
  sessions: {
    id: NOTHING,
    user_id: id('who is signed in', 'goes'),
    created_at: NOTHING,
    seen_at: NOTHING,
    device: data('the browser', 'goes'),
    address: data('the address', 'goes'),
    confirmed_at: NOTHING,
  },
  two_step: {
    user_id: id('whose second step it is', 'goes'),
    secret: data('the secret of the codes', 'goes'),
    enabled_at: NOTHING,
    last_step: NOTHING,
  },
  passkey_owners: {
    user_id: id('who has, or had, passkeys', 'goes'),
    handle: data('the number by which authenticators know the person', 'goes'),
    change: NOTHING,
    changed_name: data('the name of a passkey that was changed', 'goes'),
    changed_at: NOTHING,
  },
  passkeys: {
    id: data('a passkey', 'goes'),
    user_id: id('whose passkey it is', 'goes'),
    public_key: data('its key', 'goes'),
    counter: NOTHING,
    transports: NOTHING,
    name: data('what the person calls it', 'goes'),
    created_at: NOTHING,
    used_at: NOTHING,
    held_at: NOTHING,
  },
  // Of a session or a browser, for five minutes.
  passkey_challenges: { id: NOTHING, purpose: NOTHING, holder: NOTHING, expires_at: NOTHING },
  held_sessions: {
    id: NOTHING,
    user_id: id('whose session is on hold', 'goes'),
    created_at: NOTHING,
    seen_at: NOTHING,
    device: data('the browser', 'goes'),
    address: data('the address', 'goes'),
    held_until: NOTHING,
  },
  recovery_codes: { user_id: id('whose codes they are', 'goes'), digest: data('a recovery code', 'goes') },
  one_time_links: {
    id: data('a link that stands for the person', 'goes'),
    kind: NOTHING,
    user_id: id('whose link it is', 'goes'),
    expires_at: NOTHING,
  },
  chats: {
    id: NOTHING,
    name: data('the name of a chat, which is the chat’s', 'stays'),
    revision: NOTHING,
    created_at: NOTHING,
    slow_seconds: NOTHING,
    archived_at: NOTHING,
    retention_days: NOTHING,
    retention_version: NOTHING,
    erased_to: NOTHING,
  },
  members: {
    chat_id: NOTHING,
    user_id: id('who is in a direct chat, which stays for the others; the groups are left', 'stays'),
    role: NOTHING,
    joined_at: NOTHING,
  },
  read_pointers: { chat_id: NOTHING, user_id: id('who has read', 'goes'), position: NOTHING, version: NOTHING },
  levels: {
    chat_id: NOTHING,
    user_id: id('who set it', 'goes'),
    level: NOTHING,
    muted_until: NOTHING,
    pinned: NOTHING,
  },
  notification_settings: {
    user_id: id('whose settings they are', 'goes'),
    quiet_zone: data('the time zone', 'goes'),
    quiet_days: NOTHING,
    quiet_from: NOTHING,
    quiet_to: NOTHING,
    keywords: data('the keywords', 'goes'),
    sound: NOTHING,
  },
  hidden_chats: { chat_id: NOTHING, user_id: id('who hid it', 'goes'), position: NOTHING },
  direct_chats: {
    chat_id: NOTHING,
    people: id('the people of a direct chat, which stays for the others', 'stays'),
  },
  blocks: {
    user_id: id('who blocks', 'goes'),
    blocked_id: id('who is blocked', 'goes'),
    created_at: NOTHING,
  },
  invites: {
    id: NOTHING,
    chat_id: NOTHING,
    created_by: id('who made it', 'goes'),
    expires_at: NOTHING,
    created_at: NOTHING,
    max_uses: NOTHING,
    uses: NOTHING,
    note: data('a note of its maker', 'goes'),
    role: NOTHING,
  },
  barred_members: { chat_id: NOTHING, user_id: id('who was removed', 'goes'), barred_at: NOTHING },
  messages: {
    chat_id: NOTHING,
    position: NOTHING,
    author_id: id('who wrote it; of a tombstone too', 'stays'),
    client_id: NOTHING,
    kind: NOTHING,
    text: data('the words', 'stays', 'goes'),
    sent_at: NOTHING,
    changed_at: NOTHING,
    text_revision: NOTHING,
    edited_at: NOTHING,
    deleted_by: id('who deleted it', 'stays'),
    deleted_at: NOTHING,
    hidden: NOTHING,
    pinned_by: id('who pinned it', 'stays'),
    pinned_at: NOTHING,
    reply_to: NOTHING,
    files: data('the files as the message shows them', 'stays', 'goes'),
    card: data('the address in the message, and what the page there says', 'stays', 'goes'),
  },
  pictures: {
    kind: NOTHING,
    owner_id: id('whose picture it is', 'goes'),
    blob_48: data('the picture of the person', 'goes'),
    blob_96: data('the same, larger', 'goes'),
    blob_256: data('the same, larger still', 'goes'),
  },
  message_versions: {
    chat_id: NOTHING,
    position: NOTHING,
    revision: NOTHING,
    text: data('earlier words', 'stays', 'goes'),
    written_at: NOTHING,
  },
  reactions: {
    chat_id: NOTHING,
    position: NOTHING,
    emoji: NOTHING,
    user_id: id('who reacted', 'stays', 'goes'),
    revision: NOTHING,
  },
  mentions: {
    chat_id: NOTHING,
    position: NOTHING,
    place: NOTHING,
    user_id: id('whom others mention', 'stays'),
    name: data('the name in the words of others; “former member” in its place', 'goes'),
  },
  past_facts: {
    chat_id: NOTHING,
    position: NOTHING,
    kind: NOTHING,
    from_revision: NOTHING,
    until_revision: NOTHING,
    place: NOTHING,
    user_id: id('who had reacted, until it was taken back; who had pinned or deleted', 'stays'),
    emoji: NOTHING,
    name: data('the name in what others wrote before they changed it', 'goes'),
    at: NOTHING,
  },
  jobs: {
    id: NOTHING,
    kind: NOTHING,
    data: id('work for the person, until it is done', 'goes'),
    due_at: NOTHING,
    written_at: NOTHING,
    attempts: NOTHING,
    lease: NOTHING,
    last_error: NOTHING,
    died_at: NOTHING,
  },
  push_devices: {
    id: NOTHING,
    user_id: id('whose device it is', 'goes'),
    session_id: NOTHING,
    endpoint: data('the address of the browser at its push service', 'goes'),
    public_key: NOTHING,
    auth: NOTHING,
    origin: NOTHING,
    created_at: NOTHING,
  },
  announcements: {
    chat_id: NOTHING,
    position: NOTHING,
    device_id: NOTHING,
    user_id: id('to whom it was announced', 'goes'),
    reason: NOTHING,
    decided_at: NOTHING,
    is_called: NOTHING,
    text_revision: NOTHING,
  },
  bans: {
    chat_id: NOTHING,
    user_id: id('who is banned', 'goes'),
    banned_by: id('who banned another', 'stays'),
    banned_at: NOTHING,
    banned_until: NOTHING,
    reason: data('the reason of a moderator, as the record of an office', 'stays'),
  },
  slow_posts: { chat_id: NOTHING, user_id: id('who posted last', 'goes'), posted_at: NOTHING },
  acts: {
    id: NOTHING,
    chat_id: NOTHING,
    kind: NOTHING,
    actor_id: id('who did it, as the record of an office', 'stays'),
    target_id: id('to whom it was done', 'stays'),
    reason: data('the reason of a moderator, as the record of an office', 'stays'),
    revision: NOTHING,
    done_at: NOTHING,
    changes: id('what was changed, and about whom', 'stays'),
    undoes: NOTHING,
  },
  reports: {
    chat_id: NOTHING,
    position: NOTHING,
    user_id: id('who reported', 'stays', 'goes'),
    reason: data('why', 'stays', 'goes'),
    reported_at: NOTHING,
    dismissed_at: NOTHING,
  },
  administrator_acts: {
    id: NOTHING,
    kind: NOTHING,
    by_id: id('who did it, as the record of an office', 'stays'),
    about_id: id('to whom it was done', 'stays'),
    detail: NOTHING,
    at: NOTHING,
  },
  erasures: {
    user_id: id('whose account was deleted, so that no restore brings it back', 'stays'),
    words: NOTHING,
    erased_at: NOTHING,
    chat_id: NOTHING,
    position: NOTHING,
    done: NOTHING,
  },
  exports: { user_id: id('whose export runs', 'goes'), lease: NOTHING, expires_at: NOTHING },
  installation: { id: NOTHING, epoch: NOTHING, renames: NOTHING },
  files: {
    id: NOTHING,
    chat_id: NOTHING,
    uploader_id: id('who uploaded it', 'stays', 'goes'),
    blob: data('which bytes it has, which go with it', 'stays', 'goes'),
    name: data('the name of the file', 'stays', 'goes'),
    type: NOTHING,
    bytes: NOTHING,
    width: NOTHING,
    height: NOTHING,
    staged_at: NOTHING,
    position: NOTHING,
    thumbnail: NOTHING,
    of_card: NOTHING,
    alt: data('what the person wrote that the image shows', 'stays', 'goes'),
  },
  // What pages say, without their addresses, for a day.
  link_pages: { digest: NOTHING, page: NOTHING, expires_at: NOTHING, leased_until: NOTHING },
  push_keys: { id: NOTHING, public_key: NOTHING, private_key: NOTHING },
};

/** The entries, in order. */
export const ENTRIES: readonly (readonly [table: string, column: string, entry: Entry])[] = Object.entries(
  INVENTORY,
).flatMap(([table, columns]) =>
  Object.entries(columns).flatMap(([column, entry]) => (entry === NOTHING ? [] : [[table, column, entry] as const])),
);

/** The table of docs/leaving.md. */
export const inventoryTable = (): string =>
  [
    '| column | keep | erase | what it has |',
    '| --- | --- | --- | --- |',
    ...ENTRIES.map(
      ([table, column, { holds, keep, erase, what }]) =>
        `| \`${table}.${column}\` | ${keep} | ${erase} | ${holds === 'id' ? 'number: ' : ''}${what} |`,
    ),
  ].join('\n');
