// What the keys do.
import { announce } from '../../ui/announce.svelte';
import { moved, stepped } from '../board/move';
import type { Action } from '../keys';
import { c } from '../messages';
import type { Workspace } from '../workspace.svelte';

/** Does what a key asks for. */
export function act(work: Workspace, action: Action) {
  switch (action.do) {
    case 'move':
      return work.select(moved(work.layout.rows, work.cursor, action.direction));
    case 'next':
      return work.select(stepped(work.best.free, work.cursor, 1));
    case 'previous':
      return work.select(stepped(work.best.free, work.cursor, -1));
    case 'choose':
      return choose(work, action.number);
    case 'hold':
      return work.cursor && void work.taking.take(work.cursor);
    case 'extend':
      return work.desk.unreachable ? announce(c.line.noExtend, 'bad') : void work.reserve.extend();
    case 'book':
      return void work.taking.takeAndFill();
    case 'release':
      return release(work);
    case 'commune':
      return toCommune(work);
    case 'fresh':
      return fresh(work);
    case 'outcome':
      return ask(work, 'outcome');
    case 'noSolution':
      return ask(work, 'why');
    case 'solicit':
      return void work.asking.begin();
    case 'requestMt':
      return void work.requestMt();
    case 'reorder':
      return work.layout.reorder();
    case 'print':
      return work.print();
    case 'help':
      return void (work.helpOpen = !work.helpOpen);
    case 'misplaced':
      return announce(c.keys.misplaced);
    case 'leaveField':
      return work.reserve.samePatient ? work.taking.keepHold() : work.focusBoard();
  }
}

function choose(work: Workspace, number: number) {
  if (work.call.asking) return work.answerOutcome?.(number);
  if (work.ensus.open) return work.asking.pick(number);
  if (work.reserve.conflict?.problem.alternatives.length) return void work.taking.takeAlternative(number);
  work.select(work.best.shown[number - 1]);
  work.focusBoard();
}

// The same key puts the question away again.
function ask({ call }: Workspace, question: 'outcome' | 'why') {
  if (!call.begun) return announce(c.call.noCall);
  call.asking = call.asking === question ? undefined : question;
}

function release(work: Workspace) {
  if (work.reserve.samePatient) return work.taking.keepHold();
  if (work.helpOpen) return void (work.helpOpen = false);
  if (work.call.asking) return void (work.call.asking = undefined);
  if (work.ensus.open) return work.asking.leave();
  void work.reserve.release();
}

// A letter never gives back what is in hand: it may be the first of a name.
function fresh({ reserve, turns }: Workspace) {
  if (reserve.held || reserve.conflict || reserve.hold.at === 'asking') return announce(c.call.freshLater);
  void turns.start();
}

function toCommune(work: Workspace) {
  work.turns.beginAnew();
  if (!work.call.begun) {
    work.call.effort.begin();
    work.call.effort.key(); // The one that led here.
  }
  work.focusCommune();
}
