/** Colours, where somebody looks at a terminal and did not ask for none. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  red(text: string): string;
}

export function paint(isColoured: boolean): Paint {
  const by = (on: number, off: number) => (text: string) => (isColoured && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text);
  return { bold: by(1, 22), dim: by(2, 22), green: by(32, 39), yellow: by(33, 39), red: by(31, 39) };
}
