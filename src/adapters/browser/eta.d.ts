/** Templates, compiled by the build; they return HTML. */
declare module '*/message.eta' {
  const render: (it: import('../wire/message-row.ts').MessageRow) => string;
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

declare module '*/members.eta' {
  const render: (it: { readonly members: import('../wire/members.ts').WireMembers }) => string;
  export default render;
}
