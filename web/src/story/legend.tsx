import type {Line} from '../rows';
import type {Mark, Shape} from './layout';
import {MarkShape, placeOf, styleOf} from './mark';

const kPlain: Line = {
  id: '', interval: [null, null], grain: null, label: '', text: '', class: null, polarity: 'positive',
  certainty: 'certain', attributed: null, people: [], publishers: 1, retracted: false, tellers: [],
};
const kSomebody = {speaker: null, person: null, kind: 'unnamed'};

const kEntries: [string, Partial<Line>, Shape][] = [
  ['on that day', {}, 'point'],
  ['some time in this span', {}, 'bar'],
  ['since, end open', {}, 'since'],
  ['before', {}, 'until'],
  ['somebody says so', {attributed: kSomebody}, 'point'],
  ['hedged: probable or possible', {certainty: 'possible'}, 'point'],
  ['denied', {polarity: 'negative'}, 'point'],
  ['retracted', {retracted: true}, 'point'],
];

// The same at all times: made once, so that no filter draws it anew.
const kLegend = (
  <ul class="legend" aria-label="Legend">
    {kEntries.map(([words, changes, shape]) => {
      const line = {...kPlain, ...changes};
      const [x0, x1] = shape === 'point' ? [17, 17] : [3, 31];
      const mark: Mark = {line, shape, x0, x1, y: 11, label: '', before: false, home: true};
      return (
        <li key={words}>
          <svg width="34" height="24" aria-hidden="true" class={styleOf(line)}>
            <g transform={placeOf(mark)}>
              <MarkShape mark={mark} />
            </g>
          </svg>
          {words}
        </li>
      );
    })}
  </ul>
);

export const Legend = () => kLegend;
