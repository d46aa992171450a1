import {useState} from 'preact/hooks';

const kKey = 'dateline-theme';
type Theme = 'light' | 'dark';

function system(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

// What was chosen here, else what the system says, now and when it changes.
export function applyTheme(): void {
  const chosen = localStorage.getItem(kKey);
  document.documentElement.dataset['theme'] = chosen ?? system();
  matchMedia('(prefers-color-scheme: dark)').onchange = () => {
    if (!localStorage.getItem(kKey)) document.documentElement.dataset['theme'] = system();
  };
}

export function ThemeButton() {
  const [theme, setTheme] = useState(document.documentElement.dataset['theme'] as Theme);
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  const toggle = () => {
    if (other === system()) localStorage.removeItem(kKey);
    else localStorage.setItem(kKey, other);
    document.documentElement.dataset['theme'] = other;
    setTheme(other);
  };
  return (
    <button class="quiet" type="button" onClick={toggle}>
      {other === 'dark' ? 'Dark' : 'Light'}
    </button>
  );
}
