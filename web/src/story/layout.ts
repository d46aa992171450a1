// Where each line of a timeline stands: lanes by person, x by time, rows so that nothing overlaps.
// Pure: the same lines, window and width give the same picture. O(lines × rows of a lane).
import {scaleUtc} from 'd3-scale';
import type {Line, Ref} from '../rows';

export type Shape = 'point' | 'bar' | 'until' | 'since';

export interface Mark {
  line: Line;
  shape: Shape;
  x0: number; // px
  x1: number;
  y: number; // middle of its row
  label: string; // "" where there is no room, and in lanes that only take part
  before: boolean; // the label stands left of the mark
  home: boolean; // the lane that carries the label
}

export interface Lane {
  id: string;
  name: string;
  kind: string;
  y: number;
  height: number;
  marks: Mark[];
}

export interface Layout {
  lanes: Lane[];
  height: number;
  ticks: {x: number; label: string; major: boolean}[];
  earlier: number; // lines that end before the window
  later: number;
  undated: number;
}

export type Window = [number, number]; // milliseconds, UTC

const kDay = 86_400_000;
const kRow = 22;
const kLanePad = 9;
const kAxis = 30;
const kLetter = 6.6; // px, of the label's face
const kLabel = 240; // px, the longest label
const kOpen = 70; // px that an open end is drawn long

export function time(day: string | null): number | null {
  if (day === null) return null;
  const ms = Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(ms) ? null : ms;
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

export function windowText([begin, end]: Window): string {
  return `${dayOf(begin)}..${dayOf(end)}`;
}

export function parseWindow(text: string | null): Window | null {
  const [begin, end] = (text ?? '').split('..').map((day) => time(day));
  return typeof begin === 'number' && typeof end === 'number' && begin < end ? [begin, end] : null;
}

// All the time there is, and the part worth seeing first: a lone line fifty years back must not
// squeeze all others into a corner.
export function extents(lines: Line[]): {all: Window; fit: Window} {
  const points: number[] = [];
  for (const line of lines) {
    const begin = time(line.interval[0]);
    const end = time(line.interval[1]);
    if (begin !== null) points.push(begin);
    if (end !== null) points.push(end);
  }
  if (points.length === 0) {
    const now = Date.UTC(2020, 0, 1);
    return {all: [now, now + 365 * kDay], fit: [now, now + 365 * kDay]};
  }
  points.sort((a, b) => a - b);
  const at = (share: number) => points[Math.round(share * (points.length - 1))] as number;
  const pad = ([begin, end]: Window): Window => {
    const margin = Math.max((end - begin) * 0.04, 3 * kDay);
    return [begin - margin, end + margin];
  };
  const all: Window = [at(0), at(1)];
  const most: Window = [at(0.12), at(1)];
  const fit = all[1] - all[0] > 3 * (most[1] - most[0]) && most[1] > most[0] ? most : all;
  return {all: pad(all), fit: pad(fit)};
}

// The people with most lines, the chosen one first.
export function lanePeople(lines: Line[], chosen: string | null, most: number): Ref[] {
  const found = new Map<string, {person: Ref; lines: number; first: number}>();
  lines.forEach((line, i) => {
    for (const person of line.people) {
      const entry = found.get(person.id) ?? {person, lines: 0, first: i};
      entry.lines += person.kind === 'PERSON' ? 2 : 1;
      found.set(person.id, entry);
    }
  });
  return [...found.values()]
    .sort(
      (a, b) =>
        Number(b.person.id === chosen) - Number(a.person.id === chosen) || b.lines - a.lines || a.first - b.first,
    )
    .slice(0, most)
    .map((entry) => entry.person);
}

function shapeOf(line: Line, x0: number, x1: number): Shape {
  if (line.interval[0] === null) return 'until';
  if (line.interval[1] === null) return 'since';
  const days = ((time(line.interval[1]) ?? 0) - (time(line.interval[0]) ?? 0)) / kDay;
  return days <= 1 || x1 - x0 < 7 ? 'point' : 'bar';
}

function place(line: Line, x: (ms: number) => number): {shape: Shape; x0: number; x1: number} | null {
  const begin = time(line.interval[0]);
  const end = time(line.interval[1]);
  if (begin === null && end === null) return null;
  let x0 = begin === null ? x(end as number) - kOpen : x(begin);
  let x1 = end === null ? x(begin as number) + kOpen : x(end);
  const shape = shapeOf(line, x0, x1);
  if (shape === 'point') {
    const middle = (x0 + x1) / 2;
    [x0, x1] = [middle, middle];
  }
  return {shape, x0, x1};
}

function shorten(text: string, room: number): string {
  const most = Math.floor(room / kLetter);
  if (text.length <= most) return text;
  return most < 8 ? '' : `${text.slice(0, most - 1).trimEnd()}…`;
}

// Right of the mark, or left of it where the edge is near.
function labelOf(text: string, at: {x0: number; x1: number}, width: number): {label: string; before: boolean} {
  const right = Math.min(kLabel, width - at.x1 - 12);
  const left = Math.min(kLabel, at.x0 - 12);
  const before = right < Math.min(kLabel, text.length * kLetter) && left > right;
  return {label: shorten(text, before ? left : right), before};
}

// Rows of one lane: each remembers how far right it is taken.
class Rows {
  private readonly ends: number[] = [];
  take(from: number, to: number): number {
    let row = this.ends.findIndex((end) => end <= from);
    if (row < 0) row = this.ends.push(-Infinity) - 1;
    this.ends[row] = to;
    return row;
  }
  get count(): number {
    return Math.max(this.ends.length, 1);
  }
}

export function layOut(lines: Line[], people: Ref[], [from, to]: Window, width: number): Layout {
  const scale = scaleUtc().domain([from, to]).range([0, width]);
  const x = (ms: number) => scale(ms);
  const lanes: Lane[] = [...people, {id: '', name: 'Others', kind: ''}].map((person) => ({
    ...person,
    y: 0,
    height: 0,
    marks: [],
  }));
  const index = new Map(people.map((person, i) => [person.id, i]));
  const rows = lanes.map(() => new Rows());
  let earlier = 0;
  let later = 0;
  let undated = 0;
  const labelled = lines.length <= 150;
  const placed = lines
    .map((line) => ({line, at: place(line, x)}))
    .filter(({at}) => {
      if (at === null) undated += 1;
      else if (at.x1 < 0) earlier += 1;
      else if (at.x0 > width) later += 1;
      else return true;
      return false;
    })
    .sort((a, b) => (a.at?.x0 ?? 0) - (b.at?.x0 ?? 0));
  for (const {line, at} of placed) {
    if (!at) continue;
    const mine = line.people.map(({id}) => index.get(id)).filter((i): i is number => i !== undefined);
    const at_lanes = mine.length > 0 ? [...new Set(mine)].sort((a, b) => a - b) : [lanes.length - 1];
    at_lanes.forEach((lane, order) => {
      const home = order === 0;
      const {label, before} = home && labelled ? labelOf(line.text, at, width) : {label: '', before: false};
      const long = label.length * kLetter + 12;
      const begin = before ? at.x0 - long - 8 : Math.max(at.x0 - 8, 0);
      const row = (rows[lane] as Rows).take(begin, at.x1 + (before ? 8 : long) + 10);
      (lanes[lane] as Lane).marks.push({line, ...at, y: row, label, before, home});
    });
  }
  let y = kAxis;
  const shown = lanes.filter((lane, i) => {
    if (lane.marks.length === 0) return false;
    lane.y = y;
    lane.height = (rows[i] as Rows).count * kRow + 2 * kLanePad;
    for (const mark of lane.marks) mark.y = y + kLanePad + (mark.y + 0.5) * kRow;
    y += lane.height;
    return true;
  });
  const format = scale.tickFormat();
  const ticks = scale.ticks(Math.max(2, Math.floor(width / 110))).map((date) => ({
    x: x(date.getTime()),
    label: format(date),
    major: date.getUTCMonth() === 0 && date.getUTCDate() === 1,
  }));
  return {lanes: shown, height: y + 4, ticks, earlier, later, undated};
}
