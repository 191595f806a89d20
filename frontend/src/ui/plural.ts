const rules = new Intl.PluralRules('fr');

/** The French form for a count: 0 and 1 are singular. `counted(2, 'créneau', 'créneaux')` is "2 créneaux". */
export function counted(n: number, one: string, many: string): string {
  return `${n.toLocaleString('fr-FR')} ${rules.select(n) === 'one' ? one : many}`;
}
