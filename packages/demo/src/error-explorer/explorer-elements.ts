import { findElement as find } from '../page/find-element.ts';

/** Everything of index.html that the script touches. */
export function findExplorerElements() {
  return {
    of: find('of', HTMLFieldSetElement),
    listed: find('listed', HTMLSelectElement),
    answerParts: find('answer-parts', HTMLDivElement),
    whole: find('whole', HTMLTextAreaElement),
    wholeNote: find('whole-note', HTMLParagraphElement),
    status: find('status', HTMLInputElement),
    arrivedAt: find('arrived-at', HTMLInputElement),
    arrivedAtNote: find('arrived-at-note', HTMLParagraphElement),
    headers: find('headers', HTMLTextAreaElement),
    body: find('body', HTMLTextAreaElement),
    bodyNote: find('body-note', HTMLParagraphElement),
    closeParts: find('close-parts', HTMLDivElement),
    code: find('code', HTMLInputElement),
    phase: find('phase', HTMLSelectElement),
    wasClean: find('was-clean', HTMLInputElement),
    reason: find('reason', HTMLInputElement),
    errorMessage: find('error-message', HTMLInputElement),
    copyLink: find('copy-link', HTMLButtonElement),
    startOver: find('start-over', HTMLButtonElement),
    linkNote: find('link-note', HTMLParagraphElement),
    verdict: find('verdict', HTMLElement),
    headline: find('headline', HTMLHeadingElement),
    sentence: find('sentence', HTMLParagraphElement),
    advice: find('advice', HTMLParagraphElement),
    facts: find('facts', HTMLDListElement),
    fieldsPart: find('fields-part', HTMLDivElement),
    fields: find('fields', HTMLUListElement),
    toVerdict: find('to-verdict', HTMLButtonElement),
    using: find('using', HTMLElement),
    json: find('json', HTMLElement),
    jsonPart: find('json-part', HTMLElement),
    reproducing: find('reproducing', HTMLElement),
    reproducingPart: find('reproducing-part', HTMLElement),
    spoken: find('spoken', HTMLParagraphElement),
  };
}

export type ExplorerElements = ReturnType<typeof findExplorerElements>;
