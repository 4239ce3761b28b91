const FENCE = /^ {0,3}(`{3,})([^`]*)$/;

/** Whether what is typed after the text would be code: a fence, or a backtick in the last paragraph, is still open. */
export function endsInCode(text: string): boolean {
  let fence = '';
  let paragraph = '';
  // The last line goes on with what is typed, so that it is never blank.
  for (const line of `${text}@`.split('\n')) {
    const [, ticks = '', info = ''] = FENCE.exec(line) ?? [];
    if (fence !== '') {
      if (ticks.startsWith(fence) && info.trim() === '') fence = '';
    } else if (ticks !== '') {
      fence = ticks;
      paragraph = '';
    } else paragraph = line.trim() === '' ? '' : `${paragraph}${line}\n`;
  }
  return fence !== '' || endsInCodeSpan(paragraph);
}

/** The next run of as many backticks closes a span. Only outside of code does a backslash escape one. */
function endsInCodeSpan(paragraph: string): boolean {
  let open = '';
  for (const [run] of paragraph.matchAll(/\\[^`]|\\?`+/g)) {
    if (open === '') open = run.startsWith('\\') ? run.slice(2) : run;
    else if (run.replace('\\', '') === open) open = '';
  }
  return open !== '';
}
