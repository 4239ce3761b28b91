import type { Medians } from './medians.ts';

interface Bar {
  readonly label: string;
  readonly value: number;
  readonly ours: boolean;
}

interface Panel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const WIDTH = 760;
const LABEL_WIDTH = 170;
const VALUE_WIDTH = 90;
const ROW = 22;
const TITLE = 34;

/** The main results as horizontal bars, one panel a comparison. Light and dark. */
export function chart(medians: Medians): string {
  const panels = allPanels(medians).filter(({ bars }) => bars.length > 0);
  let y = 8;
  const drawn = panels.map((panel) => {
    const svg = drawPanel(panel, y);
    y += TITLE + panel.bars.length * ROW + 10;
    return svg;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-label="Benchmark results">
<style>
text { font: 13px system-ui, sans-serif; fill: #1c2733; }
.title { font-weight: 600; }
.value { font-variant-numeric: tabular-nums; }
rect { fill: #9fb1c4; }
rect.ours { fill: #0054b4; }
@media (prefers-color-scheme: dark) {
  text { fill: #e3ebf4; }
  rect { fill: #4d6075; }
  rect.ours { fill: #5aa9ff; }
}
</style>
${drawn.join('\n')}
</svg>
`;
}

function allPanels(medians: Medians): readonly Panel[] {
  const panel = (title: string, at: { suite: string; subject: string; value: string }): Panel => ({
    title,
    bars: medians.contenders(at.suite, at.subject).map((contender) => ({
      label: contender,
      value: medians.of(at.suite, at.subject, contender, at.value),
      ours: contender === 'shoal',
    })),
  });
  const fanout = (title: string, subject: string) =>
    panel(`${title}: deliveries per server CPU-second`, { suite: 'fanout', subject, value: 'deliveriesPerCpuSecond' });
  return [
    fanout('1 chat × 200 followers, saturated', '1x200 saturation'),
    fanout('1 chat × 1,000 followers, saturated', '1x1000 saturation'),
    fanout('50 chats × 20 followers, saturated', '50x20 saturation'),
    panel('KiB of memory per idle socket', { suite: 'memory', subject: '5000 idle', value: 'kibPerSocket' }),
    panel('Logins per second in a storm of 2,000', { suite: 'storm', subject: '2000 × 3', value: 'loginsPerSecond' }),
    panel('Chat pages per second, nothing new', { suite: 'pages', subject: 'warm', value: 'pagesPerSecond' }),
    panel('Chat pages per second, each for the first time', {
      suite: 'pages',
      subject: 'cold',
      value: 'pagesPerSecond',
    }),
  ];
}

function drawPanel({ title, bars }: Panel, top: number): string {
  const longest = Math.max(...bars.map(({ value }) => value));
  const room = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
  const rows = bars.map(({ label, value, ours }, index) => {
    const y = top + TITLE + index * ROW;
    const width = Math.max(1, (value / longest) * room).toFixed(1);
    return `<text x="${LABEL_WIDTH - 10}" y="${y + 12}" text-anchor="end">${label}</text>
<rect${ours ? ' class="ours"' : ''} x="${LABEL_WIDTH}" y="${y}" width="${width}" height="${ROW - 6}" rx="2"/>
<text class="value" x="${LABEL_WIDTH + Number(width) + 8}" y="${y + 12}">${figure(value)}</text>`;
  });
  return `<text class="title" x="12" y="${top + 18}">${title}</text>\n${rows.join('\n')}`;
}

function figure(value: number): string {
  return value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}
