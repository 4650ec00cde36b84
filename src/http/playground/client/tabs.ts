import { byId, show } from './dom.js';

const NAMES = ['markdown', 'source', 'json', 'text'] as const;
export type TabName = (typeof NAMES)[number];

let current: TabName = 'markdown';
export const currentTab = (): TabName => current;

export function selectTab(name: TabName): void {
  current = name;
  for (const other of NAMES) {
    const tab = byId(`tab-${other}`);
    tab.setAttribute('aria-selected', String(other === name));
    tab.tabIndex = other === name ? 0 : -1;
    show(byId(`panel-${other}`), other === name);
  }
  byId('copied').textContent = '';
}

/** Arrow keys, Home and End move between tabs, as the ARIA authoring practices describe. */
export function wireTabs(): void {
  for (const [index, name] of NAMES.entries()) {
    const tab = byId(`tab-${name}`);
    tab.addEventListener('click', () => selectTab(name));
    tab.addEventListener('keydown', (event) => {
      const target = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: NAMES.length - 1 }[
        event.key
      ];
      if (target === undefined) return;
      event.preventDefault();
      const next = NAMES[(target + NAMES.length) % NAMES.length];
      selectTab(next);
      byId(`tab-${next}`).focus();
    });
  }
}
