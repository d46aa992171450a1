// What is on the screen as a file: CSV for a sheet, JSON for a program, TimelineJS for a page.
import type {Interval, Line} from '../rows';
import {reservations, sourceWords} from '../words';

// A cell that a spreadsheet would take for a formula is told apart by a leading apostrophe.
function cell(value: string | number | null): string {
  let text = value === null ? '' : String(value);
  if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function asCsv(lines: Line[]): string {
  const head = ['id', 'begin', 'end', 'date', 'line', 'polarity', 'certainty', 'said_by', 'people', 'publishers',
    'first_teller', 'title', 'published', 'sentence', 'uri'];
  const rows = lines.map((line) => {
    const first = line.tellers[0];
    return [line.id, line.interval[0], line.interval[1], line.label, line.text, line.polarity, line.certainty,
      line.attributed ? (line.attributed.speaker ?? 'unnamed') : null, line.people.map((one) => one.name).join('; '),
      line.publishers, first?.publisher ?? null, first?.title ?? null, first?.published ?? null,
      first?.sentence ?? null, first?.uri ?? null];
  });
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

function date(day: string): {year: number; month: number; day: number} {
  const [year, month, of] = day.split('-').map(Number);
  return {year: year ?? 1, month: month ?? 1, day: of ?? 1};
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function lastDay([begin, end]: Interval): string | null {
  if (end === null) return null;
  const last = new Date(Date.parse(`${end}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return begin !== null && last <= begin ? null : last;
}

// https://timeline.knightlab.com/docs/json-format.html: its texts are markup, so ours are escaped.
export function asTimelineJs(lines: Line[]): string {
  const events = lines
    .filter((line) => line.interval[0] ?? line.interval[1])
    .map((line) => {
      const last = lastDay(line.interval);
      const words = reservations(line).map((one) => one.word).join(', ');
      const first = line.tellers[0];
      return {
        start_date: date((line.interval[0] ?? line.interval[1]) as string),
        ...(last && line.interval[0] ? {end_date: date(last)} : {}),
        display_date: line.label,
        group: line.people[0]?.name ?? '',
        unique_id: line.id,
        text: {
          headline: escaped(line.text + (words ? ` (${words})` : '')),
          text: first ? `<p>“${escaped(first.sentence)}”</p><p>${escaped(sourceWords(first))}</p>` : '',
        },
      };
    });
  return JSON.stringify({events}, null, 1);
}

export function asJson(lines: Line[]): string {
  return JSON.stringify({rows: lines}, null, 1);
}

export function save(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], {type}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
