/** Draws docs/images/terminal.svg: runs the practice household in a terminal of 80 columns, and paints the screen as it stands at the end. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const shownRoot = '/srv/homeroll';
const ink: Readonly<Record<string, string>> = { green: '#7ec699', dim: '#8b949e', plain: '#d6dde4', prompt: '#79b8ff' };
/** Stands for the escape character in patterns. */
const mark = '⎋';
const [lineHeight, letterWidth, size] = [20, 8.43, 14];

interface Run {
  readonly text: string;
  readonly isBold: boolean;
  readonly ink: string;
}

const folder = mkdtempSync(join(tmpdir(), 'homeroll-picture-'));
try {
  const command = `stty cols 80 rows 50; "${join(root, 'bin/homeroll')}" practice --once --folder "${folder}"`;
  const said = execFileSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8', env: { ...process.env, TERM: 'xterm' } });
  const lines = screenOf(said).map((line) => line.replaceAll(folder, `${shownRoot}/.practice`));
  writeFileSync(join(import.meta.dirname, 'terminal.svg'), draw(lines));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The lines left on the screen. The program moves the cursor in one way only: up to the start of its block, and all below it away. */
function screenOf(said: string): string[] {
  const lines: string[] = [''];
  for (const [piece] of said
    .replaceAll('\r', '')
    .replaceAll('\u001b', mark)
    .matchAll(/⎋\[\d*[AJ]|\n|(?:(?!⎋\[\d*[AJ])[^\n])+/g)) {
    const up = /^⎋\[(\d+)A$/.exec(piece)?.[1];
    if (up !== undefined) lines.splice(lines.length - 1 - Number(up), Number.POSITIVE_INFINITY, '');
    else if (piece === '\n') lines.push('');
    else if (!piece.startsWith(`${mark}[J`)) lines.push((lines.pop() ?? '') + piece);
  }
  return lines.join('\n').trimEnd().split('\n');
}

function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let [isBold, colour] = [false, ink.plain ?? ''];
  for (const [, code, text = ''] of line.matchAll(/(?:⎋\[(\d+)m)|([^⎋]+)/g)) {
    if (code === undefined) runs.push({ text, isBold, ink: colour });
    else if (code === '1' || code === '22') isBold = code === '1';
    if (code === '2') colour = ink.dim ?? '';
    if (code === '32') colour = ink.green ?? '';
    if (code === '39' || code === '22') colour = code === '22' && colour === ink.green ? colour : (ink.plain ?? '');
  }
  return runs;
}

function draw(lines: readonly string[]): string {
  const prompt: readonly Run[] = [
    { text: '$ ', isBold: false, ink: ink.prompt ?? '' },
    { text: 'npm start -- --once', isBold: true, ink: ink.plain ?? '' },
  ];
  const rows = [prompt, ...lines.map(runsOf)];
  const [width, height] = [Math.round(80 * letterWidth + 48), rows.length * lineHeight + 76];
  const texts = rows.map((runs, index) => {
    const spans = runs.map(
      ({ text, isBold, ink: fill }) => `<tspan fill="${fill}"${isBold ? ' font-weight="bold"' : ''}>${markup(text)}</tspan>`,
    );
    return `  <text x="24" y="${62 + index * lineHeight}" xml:space="preserve">${spans.join('')}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A terminal after npm start -- --once">
  <rect width="${width}" height="${height}" rx="10" fill="#1b2128"/>
  <g fill="#3b444d"><circle cx="24" cy="22" r="6"/><circle cx="44" cy="22" r="6"/><circle cx="64" cy="22" r="6"/></g>
  <g font-family="ui-monospace, SFMono-Regular, Menlo, 'DejaVu Sans Mono', Consolas, monospace" font-size="${size}">
${texts.join('\n')}
  </g>
</svg>
`;
}

function markup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
