// Where patients live, which may be outside the territory.
import type { Territory } from '../../api/types';
import type { MTRequest } from './kinds';
import { words } from './words';

type Living = Pick<MTRequest, 'commune' | 'communeName'>;

/** The name of a request's commune. */
export const communeOf = ({ commune, communeName }: Living): string => communeName ?? commune;

/** Whether a commune is not one of the territory's. */
export const isOutside = (insee: string, { communes }: Territory): boolean =>
  !communes.some((one) => one.insee === insee);

/** The name of a request's commune, and that it is outside the territory when it is. */
export const placeOf = (request: Living, territory: Territory): string =>
  isOutside(request.commune, territory) ? words.outside(communeOf(request)) : communeOf(request);
