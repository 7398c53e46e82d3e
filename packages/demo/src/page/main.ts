import { startErrorExplorer } from '../error-explorer/start-error-explorer.ts';
import { startSpeakingPage } from './start-speaking-page.ts';

// One script for both pages; each says which it is.
if (document.body.dataset['page'] === 'error-explorer') startErrorExplorer();
else startSpeakingPage();
