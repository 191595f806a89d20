import type { Account } from './kinds';

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Accounts whose number begins with the digits typed, or whose name holds the words typed. */
export function matchingAccounts(accounts: Account[], typed: string): Account[] {
  const wanted = plain(typed.trim());
  if (/^\d+$/.test(wanted)) return accounts.filter(({ number }) => number.startsWith(wanted));
  const words = wanted.split(/\s+/);
  return accounts.filter((one) => words.every((word) => plain(accountName(one)).includes(word)));
}

/** "6226 Honoraires" */
export const accountName = ({ number, name }: Account) => `${number} ${name}`;
