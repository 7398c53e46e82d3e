import { scenarioGroups, type FriendlyScenario } from '../scenario-catalogue.ts';
import type { VendorName } from '../vendor-names.ts';
import type { PageElements } from './page-elements.ts';

/** The list of failures to rehearse. */
export interface ScenarioPicker {
  /** The chosen scenario's name; `undefined` while everything shall work. */
  chosen(): string | undefined;
  /** Lists the scenarios of a vendor, and chooses that everything works. */
  fill(vendor: VendorName): void;
}

/** The list is empty until it is filled. */
export function createScenarioPicker(page: PageElements): ScenarioPicker {
  let chosen: FriendlyScenario | undefined;
  const choose = (scenario: FriendlyScenario | undefined): void => {
    chosen = scenario;
    page.scenarioChosen.textContent = scenario?.title ?? 'Everything works';
    page.rehearsal.toggleAttribute('data-rehearsing', scenario !== undefined);
  };
  const everythingWorks = { name: '', title: 'Everything works', note: 'the whole text, to the end' };
  const legend = [...page.scenarios.children];

  return {
    chosen: () => chosen?.name,
    fill(vendor) {
      choose(undefined);
      const groups = scenarioGroups[vendor].flatMap(({ title, scenarios }) => {
        const list = document.createElement('div');
        list.className = 'scenario-list';
        list.append(...scenarios.map((scenario) => choice(scenario, () => choose(scenario), false)));
        return [groupName(title), list];
      });
      page.scenarios.replaceChildren(
        ...legend,
        choice(everythingWorks, () => choose(undefined), true),
        ...groups,
      );
    },
  };
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
