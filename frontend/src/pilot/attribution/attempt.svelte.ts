import { intentKey } from '../../api/client';
import { Problem } from '../../api/problem';
import { tick } from 'svelte';
import { speak } from '../../ui/announce.svelte';
import type { Draft, Wrongs } from './draft';
import { formWords } from './formwords.fr';
import { refusals } from './refusals';
import { refusalWords } from './refusalwords';
import { settled } from './unsaved';

/** The sending of a form: what is wrong with it, field by field, and whether it is on its way. */
export class Attempt {
  wrongs = $state.raw<Wrongs>({});
  problem = $state('');
  busy = $state(false);
  #key = '';
  #content = '';

  /** One key for one content: what is sent again unchanged is recognised, what was mended is new. */
  keyOf(content: unknown): string {
    const said = JSON.stringify(content);
    if (said !== this.#content) [this.#content, this.#key] = [said, intentKey()];
    return this.#key;
  }

  /** Sends, unless something is wrong already; true when it went through. */
  async send(form: HTMLElement, draft: Draft, wrongs: Wrongs, go: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.wrongs = wrongs;
    this.problem = '';
    if (Object.keys(wrongs).length > 0) return this.#stop(form);
    this.busy = true;
    try {
      await go();
      settled(form);
      return true;
    } catch (error) {
      const fields = error instanceof Problem ? error.fields : [];
      const told = refusals(fields, draft);
      this.wrongs = told.wrongs;
      this.problem = told.rest.join(' ') || (fields.length === 0 ? refusalWords(error) : '');
      return this.#stop(form);
    } finally {
      this.busy = false;
    }
  }

  // The first field to mend takes the focus; how many there are is said.
  async #stop(form: HTMLElement): Promise<false> {
    await tick();
    const count = Object.keys(this.wrongs).length;
    if (count > 0) speak(formWords.wrong.count(count));
    const first = form.querySelector<HTMLElement>('[aria-invalid]');
    first?.focus();
    return false;
  }
}
