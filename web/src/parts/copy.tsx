import {say} from './toast';

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say('Copied, with its citation');
  } catch {
    say('The browser does not let the page copy');
  }
}

export function CopyButton({text}: {text: string}) {
  return (
    <button type="button" class="quiet small" onClick={() => void copy(text)}>
      Copy with citation
    </button>
  );
}
