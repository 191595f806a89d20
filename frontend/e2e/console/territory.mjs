// A made-up territory for the console's pictures and measures: plainly fictional people and figures.

const communes = [
  ['77067', 'Cesson', '77240', 48.5647, 2.6053],
  ['77122', 'Combs-la-Ville', '77380', 48.6667, 2.5667],
  ['77251', 'Lieusaint', '77127', 48.6339, 2.5481],
  ['77296', 'Moissy-Cramayel', '77550', 48.6267, 2.6003],
  ['77326', 'Nandy', '77176', 48.5833, 2.5644],
  ['77445', 'Savigny-le-Temple', '77176', 48.5841, 2.5832],
  ['77495', 'Vert-Saint-Denis', '77240', 48.5669, 2.6267],
].map(([insee, name, postal, lat, lon]) => ({
  insee,
  name,
  postalCodes: [postal],
  population: 12000,
  lat,
  lon,
  approximate: false,
}));

const givens = 'Ada Louis Nadia Karim Jeanne Paul Inès Hugo Alma Rémi Sofia Yann Maud Omar Lise'.split(' ');
const families =
  'Martin Perrin Benali Roche Lemoine Faure Garnier Chevalier Marchand Blanchard Guérin Colin Rivière Aubert Vasseur Renaud Picard Leclerc Moulin Barbier Schmitt Delmas Tessier Pascal Hamon'.split(
    ' ',
  );

/** The same numbers at every run. */
function dice(seed) {
  let s = seed;
  return () => (s = (s * 48271) % 2147483647) / 2147483647;
}

export const me = {
  id: 'reg-1',
  name: 'Léa Morel',
  roles: ['regulator'],
  territories: [{ id: 'essai', name: 'CPTS d’essai' }],
};

export const territory = {
  ...me.territories[0],
  communes,
  population: 84000,
  taille: 3,
  zone: 'Europe/Paris',
};

/** A second territory, for a regulation centre: same people, other names. */
export const other = {
  id: 'essai-2',
  name: 'CPTS du Bocage',
  communes: [
    ['77296', 'Moissy-Cramayel'],
    ['77122', 'Combs-la-Ville'],
  ].map(([insee]) => communes.find((commune) => commune.insee === insee)),
  population: 41000,
  taille: 2,
  zone: 'Europe/Paris',
};

/** Practitioners and slots around `now`, many or few. */
export function people(count, prefix = 'p') {
  const shift = prefix === 'p' ? 0 : 7;
  return Array.from({ length: count }, (_, n) => {
    const i = n + shift;
    const commune = communes[(i * 3) % communes.length];
    const family = `${families[i % families.length]}${i >= families.length ? ` ${Math.floor(i / families.length)}` : ''}`;
    return {
      id: `${prefix}${n}`,
      name: `Dr ${givens[i % givens.length]} ${family}`,
      family,
      given: givens[i % givens.length],
      rpps: String(10000000000 + i * 7),
      locations: [
        {
          id: `l${prefix}${n}`,
          name: `Cabinet ${commune.name}`,
          commune: commune.insee,
          communeName: commune.name,
          address: `${i + 1} rue de l’Exemple`,
          phone: '01 99 00 12 34',
          lat: commune.lat,
          lon: commune.lon,
          approximate: false,
        },
      ],
    };
  });
}

export function slots(practitioners, each, now) {
  const roll = dice(7);
  const quarter = 900_000;
  const first = Math.floor(now / quarter) * quarter - 2 * quarter;
  return practitioners.flatMap((p, i) => {
    const start = first + Math.floor(roll() * 12) * quarter;
    const made = [];
    for (let k = 0; k < each; k++) {
      const day = k >= each * 0.6 ? 86_400_000 - 5 * 3_600_000 : 0;
      const at = start + (k % Math.ceil(each * 0.6)) * quarter * (1 + (i % 2)) + day;
      made.push(slot(p, `${p.id}-${k}`, at, at + quarter, roll(), now));
    }
    if (i % 6 === 2) {
      const range = slot(p, `${p.id}-range`, start + 40 * quarter, start + 52 * quarter, 0, now);
      return [...made.slice(0, 6), { ...range, seats: 6, free: 2, booked: 4 }];
    }
    return made;
  });
}

function slot(p, id, start, end, luck, now) {
  const base = {
    id,
    practitioner: p.id,
    location: p.locations[0].id,
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    modality: luck > 0.96 ? 'teleconsultation' : 'cabinet',
    audience: 'regulation',
    seats: 1,
    free: 1,
    held: [],
    booked: 0,
    withdrawn: false,
  };
  if (luck > 0.55 && luck < 0.9) return { ...base, free: 0, booked: 1 };
  if (luck >= 0.9 && luck < 0.93) return { ...base, free: 0, withdrawn: true };
  if (luck >= 0.93 && luck < 0.96) {
    const until = new Date(now + 120_000).toISOString();
    return { ...base, free: 0, held: [{ by: 'Noé Petit', holder: 'reg-2', until }] };
  }
  return base;
}
