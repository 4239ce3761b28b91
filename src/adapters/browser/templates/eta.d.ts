/** Templates, compiled by the build. They return HTML. */
declare module '*/message.eta' {
  const render: (it: import('../../wire/message-row.ts').MessageRow) => string;
  export default render;
}

declare module '*/reactions.eta' {
  const render: (it: {
    readonly at: { readonly chat_id: number; readonly position: number };
    readonly chips: readonly import('../../wire/reaction-chips.ts').ReactionChip[];
  }) => string;
  export default render;
}

declare module '*/text.eta' {
  const render: (it: import('../../wire/formatted-text.ts').TextParts) => string;
  export default render;
}

declare module '*/pins.eta' {
  const render: (it: {
    readonly messages: readonly import('../../wire/message.ts').WireMessage[];
    /** The text without markup. */
    readonly plain: (text: string) => string;
  }) => string;
  export default render;
}

declare module '*/pins-dialog.eta' {
  const render: (it: Readonly<Record<string, never>>) => string;
  export default render;
}

declare module '*/day.eta' {
  const render: (it: {
    /** As in `2026-03-01`. */
    readonly day: string;
    readonly label: string;
  }) => string;
  export default render;
}

declare module '*/card.eta' {
  const render: (it: {
    readonly card: import('../../wire/chat-card.ts').ChatCard;
    readonly asset: (name: string) => string;
  }) => string;
  export default render;
}

declare module '*/members.eta' {
  const render: (it: {
    readonly members: import('../../wire/members.ts').WireMembers;
    readonly faceOf: typeof import('../../wire/face.ts').faceOf;
  }) => string;
  export default render;
}

declare module '*/failed-post.eta' {
  const render: (it: { readonly why: string; readonly asset: (name: string) => string }) => string;
  export default render;
}

declare module '*/action-bar.eta' {
  const render: (it: {
    readonly actions: readonly import('../log/actions/row-action.ts').RowAction[];
    readonly asset: (name: string) => string;
  }) => string;
  export default render;
}

declare module '*/action-menu.eta' {
  const render: (it: {
    readonly actions: readonly import('../log/actions/row-action.ts').RowAction[];
    readonly quick: readonly string[];
    readonly asset: (name: string) => string;
  }) => string;
  export default render;
}

declare module '*/ask-to-delete.eta' {
  const render: (it: { readonly author: string }) => string;
  export default render;
}

declare module '*/report-dialog.eta' {
  const render: (it: { readonly author: string }) => string;
  export default render;
}

declare module '*/conflict.eta' {
  const render: (it: { readonly why: string; readonly current: string | undefined; readonly text: string }) => string;
  export default render;
}

declare module '*/edit-strip.eta' {
  const render: (it: { readonly asset: (name: string) => string }) => string;
  export default render;
}

declare module '*/versions.eta' {
  const render: (it: {
    readonly rows: readonly import('../../wire/versions.ts').VersionRow[];
    readonly at: string;
    readonly isNewest: boolean;
    readonly mayErase: boolean;
  }) => string;
  export default render;
}

declare module '*/versions-dialog.eta' {
  const render: (it: { readonly address: string }) => string;
  export default render;
}

declare module '*/emoji-picker.eta' {
  const render: (it: { readonly tones: readonly string[] }) => string;
  export default render;
}

declare module '*/emoji-options.eta' {
  const render: (it: {
    readonly groups: readonly {
      readonly name: string;
      readonly options: readonly { readonly id: string; readonly emoji: string; readonly label: string }[];
    }[];
  }) => string;
  export default render;
}

declare module '*/invite-dialog.eta' {
  const render: (it: { readonly asset: (name: string) => string; readonly chat: { readonly id: number } }) => string;
  export default render;
}

declare module '*/members-dialog.eta' {
  const render: (it: Readonly<Record<string, never>>) => string;
  export default render;
}

declare module '*/shortcuts.eta' {
  const render: (it: Readonly<Record<string, never>>) => string;
  export default render;
}

declare module '*/chat-search.eta' {
  const render: (it: { readonly chat: string; readonly asset: (name: string) => string }) => string;
  export default render;
}

declare module '*/listed-files.eta' {
  const render: (it: {
    readonly chatId: number;
    readonly files: readonly (import('../../wire/listed-file.ts').WireListedFile & {
      readonly shown: import('../../wire/shown-file.ts').ShownFile;
    })[];
  }) => string;
  export default render;
}

declare module '*/switcher.eta' {
  const render: (it: Readonly<Record<string, never>>) => string;
  export default render;
}

declare module '*/face.eta' {
  const render: (it: {
    readonly name: string;
    readonly of: 'user' | 'chat';
    readonly id: number;
    readonly faceOf: typeof import('../../wire/face.ts').faceOf;
  }) => string;
  export default render;
}

declare module '*/reply-strip.eta' {
  const render: (it: {
    readonly reply: import('../../wire/message.ts').WireQuote;
    readonly faceOf: typeof import('../../wire/face.ts').faceOf;
    readonly asset: (name: string) => string;
  }) => string;
  export default render;
}

declare module '*/return-button.eta' {
  const render: (it: Readonly<Record<string, never>>) => string;
  export default render;
}

declare module '*/lightbox.eta' {
  const render: (it: { readonly asset: (name: string) => string }) => string;
  export default render;
}
