import { readHeaderLines } from './explain-question.ts';
import type { ExplorerElements } from './explorer-elements.ts';
import { answeringVendors, isUsuallyClean, longest, streamPhases, type Question } from './question.ts';
import { splitRawResponse } from './split-raw-response.ts';

/** Fields hold no more than is ever looked at: what is pasted beyond that is cut before the browser has to draw it. */
export function limitLengths(page: ExplorerElements): void {
  for (const [name, length] of Object.entries(longest)) page[name as keyof typeof longest].maxLength = length;
}

export function readQuestion(page: ExplorerElements): Question {
  const chosen = page.of.querySelector<HTMLInputElement>('input:checked')?.value;
  if (chosen === 'audixa-stream') {
    const { code, reason, phase, wasClean, errorMessage } = page;
    return {
      of: chosen,
      code: code.value,
      reason: reason.value,
      phase: streamPhases.find((known) => known === phase.value) ?? 'streaming',
      wasClean: wasClean.checked,
      errorMessage: errorMessage.value,
    };
  }
  const { status, headers, body, arrivedAt } = page;
  return {
    of: answeringVendors.find((known) => known === chosen) ?? 'audixa',
    status: status.value,
    headers: headers.value,
    body: body.value,
    arrivedAt: arrivedAt.value,
  };
}

export function writeQuestion(page: ExplorerElements, question: Question): void {
  for (const radio of page.of.querySelectorAll('input')) radio.checked = radio.value === question.of;
  forgetWhole(page);
  if (question.of === 'audixa-stream') {
    page.code.value = question.code;
    page.reason.value = question.reason;
    page.phase.value = question.phase;
    page.wasClean.checked = question.wasClean;
    page.errorMessage.value = question.errorMessage;
  } else {
    page.status.value = question.status;
    page.headers.value = question.headers;
    page.body.value = question.body;
    page.arrivedAt.value = question.arrivedAt;
  }
}

/** What somebody typed or pasted into `field` may change others, and must not stand beside what it no longer is. */
export function settleFields(page: ExplorerElements, field: EventTarget | null): void {
  if (field === page.whole) splitWhole(page);
  else if (field === page.code) page.wasClean.checked = isUsuallyClean(page.code.value);
  else if (field === page.status || field === page.headers || field === page.body) forgetWhole(page);
}

/** What the fields themselves have to say. */
export function showFieldNotes(page: ExplorerElements, question: Question): void {
  const isStream = question.of === 'audixa-stream';
  page.answerParts.hidden = isStream;
  page.closeParts.hidden = !isStream;
  const isNoDate = !isStream && question.arrivedAt.trim() !== '' && Number.isNaN(Date.parse(question.arrivedAt));
  page.arrivedAtNote.hidden = !isNoDate;
  page.arrivedAt.toggleAttribute('aria-invalid', isNoDate);
  page.bodyNote.textContent =
    page.body.value.length >= longest.body
      ? `Only the first ${longest.body.toLocaleString('en')} characters are kept: the parsers look at no more.`
      : '';
}

function forgetWhole(page: ExplorerElements): void {
  page.whole.value = '';
  page.wholeNote.textContent = '';
}

function splitWhole(page: ExplorerElements): void {
  const whole = page.whole.value;
  const split = splitRawResponse(whole);
  const notes: string[] = [];
  if (split) {
    const date = readHeaderLines(split.headers).get('date')?.[0] ?? '';
    const hasDate = !Number.isNaN(Date.parse(date));
    page.status.value = split.status;
    page.headers.value = split.headers.slice(0, longest.headers);
    page.body.value = split.body.slice(0, longest.body);
    page.arrivedAt.value = hasDate ? date.slice(0, longest.arrivedAt) : '';
    notes.push('Split into the fields below.');
    if (hasDate) notes.push('It is explained as of its Date header.');
  } else if (whole.trim()) {
    notes.push('There is no status line such as “HTTP/1.1 429” in it, so it is not read. The fields below take its parts.');
  }
  if (whole.length >= longest.whole) notes.push(`Only its first ${longest.whole.toLocaleString('en')} characters were taken.`);
  page.wholeNote.textContent = notes.join(' ');
}
