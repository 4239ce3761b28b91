declare module '*.eta' {
  /** The template, compiled by the build; returns HTML. */
  const render: (it: { readonly message: import('../wire/message.ts').WireMessage; readonly own: boolean }) => string;
  export default render;
}
