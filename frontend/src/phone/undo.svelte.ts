const stay = 10_000;

/** The last thing done that can be taken back, offered for a while. */
export class Undo {
  text = $state('');
  #back?: () => Promise<void>;
  #timer?: ReturnType<typeof setTimeout>;

  offer(text: string, back: () => Promise<void>) {
    this.text = text;
    this.#back = back;
    this.#wait();
  }

  /** Stays while a finger or the focus is on it. */
  hold() {
    clearTimeout(this.#timer);
  }

  release() {
    if (this.text) this.#wait();
  }

  async take() {
    const back = this.#back;
    this.clear();
    await back?.();
  }

  clear() {
    clearTimeout(this.#timer);
    this.text = '';
    this.#back = undefined;
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.clear(), stay);
  }
}
