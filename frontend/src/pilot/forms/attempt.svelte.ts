import { tick } from 'svelte';
import { intentKey } from '../../api/client';
import { Problem } from '../../api/problem';
import { dismiss, speak, toasts } from '../../ui/announce.svelte';
import { refusalWords } from './refusalwords';
import { settled } from './unsaved';
import { words } from './words.fr';

type Fields = Problem['fields'];
/** What is wrong, in words, by field of the form. */
export type Wrongs<Slot extends string> = Partial<Record<Slot, string>>;
/** Where in the form the service's refusals belong; `rest` are those that name no field of it. */
export type Place<Slot extends string> = (fields: Fields) => { wrongs: Wrongs<Slot>; rest: string[] };

/** The sending of a form: what is wrong with it, field by field, and whether it is on its way. */
export class Attempt<Slot extends string = string> {
  wrongs = $state.raw<Wrongs<Slot>>({});
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

  /** Sends, unless something is wrong already or it is on its way; true when it went through. */
  async send(
    form: HTMLElement,
    wrongs: Wrongs<Slot>,
    place: Place<Slot>,
    go: () => Promise<void>,
  ): Promise<boolean> {
    if (this.busy) return false;
    this.wrongs = wrongs;
    this.problem = '';
    // What the last one came to is old news, and would cover what this one comes to.
    for (const { id } of toasts.filter(({ kind }) => kind === 'good')) dismiss(id);
    if (Object.keys(wrongs).length > 0) return this.#stop(form);
    this.busy = true;
    try {
      await go();
      settled(form);
      return true;
    } catch (error) {
      const fields = error instanceof Problem ? error.fields : [];
      const told = place(fields);
      const placed = Object.keys(told.wrongs).length > 0;
      this.wrongs = told.wrongs;
      this.problem = told.rest.join(' ') || (placed ? '' : refusalWords(error));
      return this.#stop(form);
    } finally {
      this.busy = false;
    }
  }

  // The first field to mend takes the focus; how many there are is said.
  async #stop(form: HTMLElement): Promise<false> {
    await tick();
    const count = Object.keys(this.wrongs).length;
    if (count > 0) speak(words.toMend(count));
    const first = form.querySelector<HTMLElement>('[aria-invalid]');
    first?.focus();
    return false;
  }
}
