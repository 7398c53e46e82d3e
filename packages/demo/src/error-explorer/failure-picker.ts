import type { DocumentedFailures } from '../documented-failures.ts';
import { indexOfQuestion, listQuestions, type ListedQuestion } from './listed-failures.ts';
import type { Question } from './question.ts';

/** The list of known failures: of one vendor at a time, an option's value being its place in that vendor's list. */
export class FailurePicker {
  readonly #select: HTMLSelectElement;
  #failures: DocumentedFailures | undefined;
  #of: Question['of'] | undefined;
  #listed: readonly ListedQuestion[] = [];

  constructor(select: HTMLSelectElement) {
    this.#select = select;
  }

  /** Never rejects: the page explains without a list as well. */
  async load(): Promise<void> {
    try {
      const response = await fetch('/documented-failures.json');
      if (!response.ok) throw new Error(`The demo server answered ${response.status} for its list of failures.`);
      this.#failures = (await response.json()) as DocumentedFailures;
    } catch (error) {
      console.warn(error);
      this.#select.replaceChildren(new Option('The list could not be loaded', ''));
      this.#select.disabled = true;
    }
  }

  /** Shows the list of that vendor, and which of it the question is, if any. */
  show(question: Question): void {
    if (!this.#failures) return;
    if (this.#of !== question.of) {
      this.#of = question.of;
      this.#listed = listQuestions(this.#failures, question.of);
      this.#fill();
    }
    const index = indexOfQuestion(this.#listed, question);
    this.#select.value = index < 0 ? '' : String(index);
  }

  /** The chosen failure as a question; undefined for none. A close is looked at in the phase that was asked about before. */
  picked(asked: Question): Question | undefined {
    const question = this.#select.value ? this.#listed[Number(this.#select.value)]?.question : undefined;
    if (question?.of !== 'audixa-stream' || asked.of !== 'audixa-stream') return question;
    return { ...question, phase: asked.phase };
  }

  #fill(): void {
    const groups = new Map<string, HTMLOptGroupElement>();
    for (const [index, { label, group }] of this.#listed.entries()) {
      const heading = groups.get(group) ?? document.createElement('optgroup');
      heading.label = group;
      heading.append(new Option(label, String(index)));
      groups.set(group, heading);
    }
    this.#select.replaceChildren(new Option('Choose one, or paste your own', ''), ...groups.values());
  }
}
