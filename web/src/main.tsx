import {render} from 'preact';
import {takeToken} from './api';
import {App} from './app';
import {followLinks} from './route';
import {applyTheme} from './parts/theme';
import './style/index.css';

takeToken();
applyTheme();
followLinks();
render(<App />, document.getElementById('page') as HTMLElement);
