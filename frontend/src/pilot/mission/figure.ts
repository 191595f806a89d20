// Figures of mission indicators: a text "74.7" on the wire, whole thousandths here (74 700), "74,7 %" to
// people. Never a fraction: 74.7 + 0.1 is not to be asked of a computer.
import { locale } from '../../ui/messages';
import type { Unit } from './kinds';

const written = /^(-?)(0|[1-9]\d{0,9})(?:\.(\d{1,3}))?$/;

/** The thousandths of a figure of the wire: "74.7" is 74 700. */
export function thousandths(figure: string): number {
  const parts = written.exec(figure);
  if (!parts) throw new RangeError('not a figure of the contract');
  const size = Number(parts[2]) * 1000 + Number((parts[3] ?? '').padEnd(3, '0'));
  return parts[1] && size > 0 ? -size : size;
}

/** The figure of the wire, without decimals that say nothing. */
export function figureOf(thousandths: number): string {
  const size = Math.abs(thousandths);
  const decimals = String(size % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${thousandths < 0 ? '-' : ''}${Math.floor(size / 1000)}${decimals && `.${decimals}`}`;
}

const typed = /^([-−+]?)(\d+|\d{1,3}(?: \d{3})+)(?:,(\d{1,3}))?$/;

/**
 * The thousandths of what someone typed: "5 280", "74,7", "−10". Undefined for anything else: a point
 * could part thousands or decimals, and is not guessed at.
 */
export function typedFigure(text: string): number | undefined {
  const parts = typed.exec(text.trim().replace(/[\u00a0\u202f]/g, ' '));
  if (!parts) return;
  const size = Number(parts[2]!.replaceAll(' ', '')) * 1000 + Number((parts[3] ?? '').padEnd(3, '0'));
  if (size > 1_000_000_000_000) return;
  return (parts[1] === '-' || parts[1] === '−') && size > 0 ? -size : size;
}

/** The thousandths of what someone typed in a unit: the sign of a percentage may stand behind it. */
export const typedIn = (text: string, unit: Unit) =>
  typedFigure(unit === 'percent' ? text.replace(/\s*%\s*$/, '') : text);

/** How a figure is typed again: "74,7", without the spaces and the unit. */
export const asTyped = (figure: string | undefined) => (figure ?? '').replace('.', ',');

/** "5 280", "74,7 %", "1,5". */
export function said(thousandths: number, unit: Unit = 'count'): string {
  const size = Math.abs(thousandths);
  const whole = Math.floor(size / 1000).toLocaleString(locale);
  const decimals = String(size % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${thousandths < 0 ? '−' : ''}${whole}${decimals && `,${decimals}`}${unit === 'percent' ? '\u00a0%' : ''}`;
}

/** A figure of the wire as people read it. */
export const told = (figure: string, unit: Unit = 'count') => said(thousandths(figure), unit);

/** "75,6 %" for an achieved share of the wire, "0.756", which is cut and not rounded: 100 % means all of it. */
export const shareOf = (figure: string): string => said(thousandths(figure) * 100, 'percent');
