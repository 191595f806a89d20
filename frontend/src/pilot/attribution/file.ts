import { formWords } from './formwords.fr';

const most = 1024 * 1024;

/** What is wrong with a file before it is sent, in words; empty when nothing is. */
export function wrongIn(file: Pick<File, 'size'> | undefined): string {
  const t = formWords.import;
  if (!file) return t.noFile;
  if (file.size === 0) return t.empty;
  return file.size > most ? t.tooLarge : '';
}
