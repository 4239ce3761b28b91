/** Files are picked, pasted or dropped: the script for that is loaded when it is first needed. */
export function startAttaching(form: HTMLFormElement, signal: AbortSignal): void {
  const attach = (files?: readonly File[]) => {
    import('../files/attach.ts').then(({ attach }) => attach({ form, signal, files }), console.error);
  };
  form.querySelector('[data-attach]')?.addEventListener('click', (event) => {
    event.preventDefault();
    attach();
  });
  form.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    // Office programs add a picture of the text.
    if (files.length === 0 || event.clipboardData?.getData('text')) return;
    event.preventDefault();
    attach(files);
  });
  document.addEventListener('dragenter', () => attach([]), { signal });
}
