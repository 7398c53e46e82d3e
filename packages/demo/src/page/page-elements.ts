import { findElement as find } from './find-element.ts';

/** Everything of index.html that the script touches. */
export function findElements() {
  return {
    text: find('text', HTMLTextAreaElement),
    textCount: find('text-count', HTMLElement),
    samples: find('samples', HTMLElement),
    voice: find('voice', HTMLSelectElement),
    speed: find('speed', HTMLSelectElement),
    through: find('through', HTMLFieldSetElement),
    standing: find('standing', HTMLElement),
    rehearsal: find('rehearsal', HTMLDetailsElement),
    scenarios: find('scenarios', HTMLFieldSetElement),
    scenarioChosen: find('scenario-chosen', HTMLElement),
    emulatorPage: find('emulator-page', HTMLAnchorElement),
    speak: find('speak', HTMLButtonElement),
    speakKeys: find('speak-keys', HTMLElement),
    pause: find('pause', HTMLButtonElement),
    pauseName: find('pause-name', HTMLElement),
    stop: find('stop', HTMLButtonElement),
    waveform: find('waveform', HTMLCanvasElement),
    state: find('state', HTMLElement),
    firstSound: find('first-sound', HTMLElement),
    heard: find('heard', HTMLElement),
    arrived: find('arrived', HTMLElement),
    gaps: find('gaps', HTMLElement),
    verdict: find('verdict', HTMLElement),
    verdictHeadline: find('verdict-headline', HTMLElement),
    verdictSentence: find('verdict-sentence', HTMLElement),
    verdictAdvice: find('verdict-advice', HTMLElement),
    verdictFacts: find('verdict-facts', HTMLElement),
    timeline: find('timeline', HTMLElement),
    timelineEmpty: find('timeline-empty', HTMLElement),
    save: find('save', HTMLButtonElement),
  };
}

export type PageElements = ReturnType<typeof findElements>;
