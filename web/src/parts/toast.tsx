// One message at the foot of the page: what was done, and the way back.
import {useEffect, useState} from 'preact/hooks';
import {ApiError, correct} from '../api';
import {storeChanged} from '../use_data';

interface Message {
  text: string;
  undo: boolean;
}

let show: (message: Message | null) => void = () => {};

export function say(text: string, undo = false): void {
  show({text, undo});
}

// Makes a correction, says what came of it and offers to undo it.
export async function makeCorrection(what: 'merge' | 'split' | 'undo', body: object): Promise<void> {
  try {
    const done = await correct(what, body);
    storeChanged();
    say(done.said, what !== 'undo');
  } catch (error) {
    say(error instanceof ApiError ? error.message : String(error));
  }
}

export function Toast() {
  const [message, setMessage] = useState<Message | null>(null);
  useEffect(() => {
    show = setMessage;
  }, []);
  return (
    <div class="toast-place" role="status" aria-live="polite">
      {message && (
        <div class="toast">
          <span>{message.text}</span>
          {message.undo && (
            <button type="button" onClick={() => void makeCorrection('undo', {})}>
              Undo
            </button>
          )}
          <button type="button" class="quiet" onClick={() => setMessage(null)} aria-label="Close this message">
            ✕
          </button>
        </div>
      )}
    </div>
  );
}
