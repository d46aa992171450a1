// What the story asks the store for, as its address says.
import {address} from '../api';

export const kFilters = ['person', 'name', 'about', 'from', 'to', 'as_of', 'known_by', 'certainty', 'by'] as const;
const kPage = 40; // soon drawn when a filter changes; "later lines" come by more

export function timelineOf(query: URLSearchParams): string {
  const asked = Object.fromEntries(kFilters.map((name) => [name, query.get(name) ?? '']));
  return address('/api/timeline', {...asked, limit: kPage});
}
