import type { LocalReason } from '../api/problem';
import type { Reason } from '../api/types';

/**
 * What a refusal says to people, by its stable reason (RFC 9457 `reason`). A reason without a line
 * here is told with the server's own title.
 */
export const reasons: Partial<Record<Reason | LocalReason, string>> = {
  network: 'Le serveur ne répond pas. Vérifiez la connexion, puis réessayez.',
  'live.disconnected': 'La liaison en direct est coupée. Réessayez dans un instant.',
  'live.timeout': 'Le serveur n’a pas répondu à temps. Réessayez dans un instant.',
  'live.unavailable': 'Les retenues sont momentanément indisponibles : réservez directement.',
  'request.unavailable': 'Le service est momentanément indisponible. Réessayez dans un instant.',
  'service.busy': 'Le service a trop à faire pour l’instant. Réessayez dans quelques secondes.',
  'store.unavailable': 'Le service est momentanément indisponible. Réessayez dans un instant.',
  'feed.limit': 'Vous avez trop d’adresses : révoquez-en une.',
  'request.too_many': 'Trop de demandes à la fois. Attendez un instant.',
  'request.key_reused': 'Cette demande a déjà été envoyée autrement. Rechargez la page, puis recommencez.',
  'account.bad_credentials': 'Adresse ou mot de passe inconnu.',
  'account.busy': 'Trop de connexions à la fois. Attendez un instant.',
  'account.locked': 'Trop d’essais : ce compte est bloqué pour un moment.',
  'account.sign_in_required': 'Votre session est terminée. Connectez-vous de nouveau.',
  'account.forbidden': 'Votre compte ne permet pas cette action.',
  'agenda.overlap': 'Vous avez déjà des créneaux à cette heure-là : choisissez-en une autre.',
  'agenda.slot_held': 'La régulation retient ce créneau en ce moment.',
  'agenda.slot_past': 'Ce créneau est déjà passé.',
  'agenda.pause_overlap': 'Une autre pause couvre déjà une partie de ces jours.',
  'agenda.pause_unknown': 'Cette pause n’existe plus.',
  'regulation.slot_taken': 'Ce créneau vient d’être pris.',
  'regulation.slot_past': 'Ce créneau est déjà passé.',
  'regulation.hold_expired': 'Le créneau n’était plus retenu.',
  'regulation.hold_superseded': 'Un collègue a repris ce créneau.',
  'regulation.hold_limit': 'Vous retenez déjà autant de créneaux que possible. Libérez-en un d’abord.',
  'regulation.hold_extended': 'La retenue a déjà été prolongée une fois.',
  'regulation.seat_withdrawn': 'Le médecin a retiré ce créneau.',
  'regulation.same_patient': 'Ce patient a déjà un rendez-vous dans les 24 heures.',
  'regulation.case_closed': 'Ce dossier est déjà clos.',
  'regulation.hold_unknown': 'Le créneau n’était plus retenu.',
  'regulation.hold_outside_window':
    'Ce créneau est trop lointain pour être retenu : réservez-le directement.',
  'regulation.solicitation_unknown': 'Cette sollicitation n’existe pas.',
  'regulation.solicitation_settled': 'Trop tard : cette sollicitation est déjà réglée.',
  'regulation.solicitation_waiting': 'Une sollicitation est déjà en cours pour cet appel.',
  'regulation.nobody_accepts': 'Aucun médecin n’accepte de patient en sus en ce moment.',
  'regulation.patient_missing': 'Saisissez d’abord le nom du patient.',
  'solicitation.invalid': 'Certaines réponses sont à corriger.',
  'regulation.booking_state': 'Ce rendez-vous n’est plus modifiable.',
  'notice.invalid': 'Cet appareil ne peut pas recevoir de notifications ici.',
  'notice.device_unknown': 'Cet appareil n’est plus abonné.',
  'notice.device_limit': 'Dix appareils sont déjà abonnés. Retirez-en un d’abord.',
};
