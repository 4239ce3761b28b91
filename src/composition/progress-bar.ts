interface Progress {
  readonly step: string;
  readonly done: number;
  readonly of: number;
}

const WIDTH = 30;

/** On a terminal, one line that is updated in place; elsewhere, such as in a log, a new line for each tenth. */
export function makeProgressBar(stream: NodeJS.WriteStream, unit = 'rows'): (progress: Progress) => void {
  let told = '';
  return ({ step, done, of }) => {
    const share = of === 0 ? 1 : Math.min(1, done / of);
    const percent = Math.floor(share * 100);
    const mark = `${step} ${stream.isTTY ? percent : Math.floor(percent / 10)}`;
    if (mark === told) return;
    told = mark;
    const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
    const line = `${step} ${bar} ${String(percent).padStart(3)} % of ${of} ${unit}`;
    stream.write(stream.isTTY ? `\r${line}${percent === 100 ? '\n' : ''}` : `${line}\n`);
  };
}
