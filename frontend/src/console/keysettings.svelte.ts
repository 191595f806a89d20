import { recall, remember } from '../ui/memory';
import { defaultKeymap, type Keymap } from './keys';

/** This machine's habit: which keys, and whether single characters act at all. */
class KeySettings {
  letters = $state(recall('console.letters', true));
  map = $state.raw<Keymap>({ ...defaultKeymap, ...recall<Partial<Keymap>>('console.keys', {}) });

  /** The keys in force, undefined when switched off. */
  get active(): Keymap | undefined {
    return this.letters ? this.map : undefined;
  }

  switch(on: boolean) {
    this.letters = on;
    remember('console.letters', on);
  }

  use(map: Keymap) {
    this.map = map;
    remember('console.keys', map);
  }

  reset() {
    this.switch(true);
    this.use(defaultKeymap);
  }
}

export const keySettings = new KeySettings();
