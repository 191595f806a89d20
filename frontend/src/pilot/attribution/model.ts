// The file to fill in: the columns that an import knows (internal/attribution), and one invented line.
const columns: [name: string, example: string][] = [['nom', 'Fictif']];

/** The model, as a French spreadsheet opens it. */
export const model = `\ufeff${columns.map(([name]) => name).join(';')}\r\n${columns.map(([, one]) => one).join(';')}\r\n`;
