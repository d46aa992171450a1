// Text by code points: spans of the API count those, strings of the browser do not.
import type {Span} from './rows';

export class CodePoints {
  private readonly points: string[];
  constructor(readonly text: string) {
    this.points = Array.from(text);
  }
  get length(): number {
    return this.points.length;
  }
  slice(begin: number, end: number): string {
    return this.points.slice(begin, end).join('');
  }
}

export interface Piece {
  span: Span;
  over: number[]; // indices of the ranges that cover it, in their order
}

// [begin, end) cut at the edges of `ranges`: each piece knows which of them cover it.
export function cut(begin: number, end: number, ranges: Span[]): Piece[] {
  const edges = new Set([begin, end]);
  for (const [from, to] of ranges) {
    if (from > begin && from < end) edges.add(from);
    if (to > begin && to < end) edges.add(to);
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const live = ranges.map((range, index) => ({range, index})).filter(({range}) => range[0] < end && range[1] > begin);
  return sorted.slice(0, -1).map((from, i) => {
    const to = sorted[i + 1] as number;
    const over = live.filter(({range}) => range[0] <= from && range[1] >= to).map(({index}) => index);
    return {span: [from, to], over};
  });
}
