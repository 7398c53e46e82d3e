import { scenarioGroups, type FriendlyScenario } from '../scenario-catalogue.ts';
import type { PageElements } from './page-elements.ts';

/** The chosen scenario's name; `undefined` while everything shall work. */
export type ChosenScenario = () => string | undefined;

/** Fills the list with the catalogue. */
export function fillScenarios(page: PageElements): ChosenScenario {
  let chosen: FriendlyScenario | undefined;
  const choose = (scenario: FriendlyScenario | undefined): void => {
    chosen = scenario;
    page.scenarioChosen.textContent = scenario?.title ?? 'Everything works';
    page.rehearsal.toggleAttribute('data-rehearsing', scenario !== undefined);
  };

  page.scenarios.append(
    choice({ name: '', title: 'Everything works', note: 'the whole text, to the end' }, () => choose(undefined), true),
  );
  for (const group of scenarioGroups) {
    const list = document.createElement('div');
    list.className = 'scenario-list';
    list.append(...group.scenarios.map((scenario) => choice(scenario, () => choose(scenario), false)));
    page.scenarios.append(groupName(group.title), list);
  }
  return () => chosen?.name;
}

function groupName(title: string): HTMLElement {
  const heading = document.createElement('p');
  heading.className = 'scenario-group';
  heading.textContent = title;
  return heading;
}

function choice({ name, title, note }: FriendlyScenario, onChoose: () => void, checked: boolean): HTMLElement {
  const label = document.createElement('label');
  label.className = 'scenario';
  const radio = document.createElement('input');
  radio.type = 'radio';
  radio.name = 'scenario';
  radio.value = name;
  radio.checked = checked;
  radio.addEventListener('change', onChoose);
  const words = document.createElement('span');
  const small = document.createElement('small');
  small.textContent = note;
  words.append(title, small);
  label.append(radio, words);
  return label;
}
