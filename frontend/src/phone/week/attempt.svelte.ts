import { wordsOf } from '../../api/problem';

/** One action at a time, and what stood in its way in words. */
export class Attempt {
  busy = $state(false);
  problem = $state('');

  async run(action: () => Promise<void>) {
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      await action();
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.busy = false;
    }
  }
}
