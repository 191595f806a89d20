import { describe, expect, it } from 'vitest';
import { coverState, gapsInWords, seatsInWords, weekendInWords } from './coverwords';
import type { CoverPart } from './reports';

const part = (change: Partial<CoverPart> = {}): CoverPart => ({
  part: 'am',
  label: 'matin',
  holiday: false,
  wanted: 0,
  seats: 0,
  free: 0,
  practitioners: [],
  gap: false,
  ...change,
});
const ada = { id: 'a', name: 'Dr Ada Modèle', seats: 8 };
const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('cover in words', () => {
  it('tells who covers Saturday', () => {
    const saturday = {
      day: '2026-11-28',
      label: '',
      parts: [part({ wanted: 1, gap: true }), part({ part: 'pm' })],
    };
    expect(gapsInWords({ days: [saturday] }).map(plain)).toEqual(['Samedi 28 novembre : personne le matin']);
  });
  it('tells a day once, who is missing and where too few are', () => {
    const few = part({ part: 'eve', wanted: 2, practitioners: [ada], gap: true });
    const parts = [part({ gap: true }), part({ part: 'pm', gap: true }), few];
    expect(gapsInWords({ days: [{ day: '2026-12-01', label: '', parts }] }).map(plain)).toEqual([
      'Mardi 1er décembre : personne le matin ni l’après-midi, 1 médecin sur 2 le soir',
    ]);
  });
  it.each([
    [part(), 'empty'],
    [part({ practitioners: [ada] }), 'covered'],
    [part({ practitioners: [ada], gap: true, wanted: 2 }), 'gap'],
  ])('%#: is %s', (one, want) => expect(coverState(one)).toBe(want));
  it('tells what is free', () => {
    expect(seatsInWords(part({ free: 1, seats: 8 }))).toBe('1 libre sur 8');
    expect(seatsInWords(part({ free: 0, seats: 8 }))).toBe('complet, 8 places');
  });
});

it('names who receives on the weekend, half-day by half-day', () => {
  const zoe = { id: 'z', name: 'Dr Zoé Abri', seats: 4 };
  const parts = [
    part({ practitioners: [ada, zoe] }),
    part({ part: 'pm' }),
    part({ part: 'eve', practitioners: [zoe] }),
  ];
  const days = ['2026-11-27', '2026-11-28'].map((day) => ({ day, label: '', parts }));
  expect(weekendInWords({ days }).map(plain)).toEqual([
    'Samedi 28 novembre : le matin, Dr Ada Modèle, Dr Zoé Abri ; le soir, Dr Zoé Abri',
  ]);
});
