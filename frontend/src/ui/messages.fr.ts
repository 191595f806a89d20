import { counted } from './plural';
import { reasons } from './reasons.fr';
import { withSpaces } from './spaces';

/** Everything Relais says in French. Functions take the values, so that word order stays free. */
export const fr = withSpaces({
  app: 'Relais',
  reasons,

  action: {
    cancel: 'Annuler',
    close: 'Fermer',
    back: 'Retour',
    retry: 'Réessayer',
    signOut: 'Se déconnecter',
    skip: 'Aller au contenu',
    copy: 'Copier',
    copied: 'Copié',
    remove: 'Retirer',
    more: 'Plus d’actions',
    refresh: 'Actualiser',
  },

  notYours: (page: string) => `La page « ${page} » n’est pas ouverte à votre compte. Voici la vôtre.`,
  allTerritories: 'Tous les territoires',
  territory: 'Territoire',
  otherPages: 'Autres pages',
  simulated: 'Démo',
  noTerritory: 'Votre compte n’est rattaché à aucun territoire. Demandez-le à la coordination de votre CPTS.',
  page: { console: 'Régulation', phone: 'Mes créneaux', pilot: 'Pilotage', report: 'Signaler' },

  error: {
    network: 'Le serveur ne répond pas. Vérifiez la connexion, puis réessayez.',
    unexpected: 'Une erreur est survenue. Réessayez dans un instant.',
    retryIn: (seconds: number) =>
      seconds < 90
        ? `Réessayez dans ${counted(Math.max(1, seconds), 'seconde', 'secondes')}.`
        : `Réessayez dans ${counted(Math.ceil(seconds / 60), 'minute', 'minutes')}.`,
    loading: 'Chargement…',
  },

  state: {
    free: 'libre',
    held: 'retenu',
    booked: 'réservé',
    blocked: 'bloqué',
    lapsed: 'expiré',
    seats: (free: number, seats: number) => `${free} sur ${counted(seats, 'place libre', 'places libres')}`,
    heldBy: (who: string, until: string) => `retenu par ${who} jusqu’à ${until}`,
  },

  modality: { cabinet: 'Au cabinet', teleconsultation: 'Téléconsultation', visite: 'Visite' },
  audience: { regulation: 'Régulation seule', cpts: 'Professionnels de la CPTS aussi' },

  live: {
    connecting: 'Connexion en direct…',
    live: 'En direct',
    stale: 'La liaison en direct est interrompue.',
    away: 'La retenue des créneaux est momentanément indisponible ; la page s’actualise toutes les quelques secondes.',
    down: 'La liaison en direct est coupée : la page essaie de s’actualiser toutes les quelques secondes.',
    offline: (time: string) => `Pas de réseau : ce que vous voyez date de ${time}.`,
  },

  day: { today: 'Aujourd’hui', tomorrow: 'Demain', yesterday: 'Hier' },

  commune: {
    label: 'Commune',
    hint: 'Nom ou code postal',
    none: 'Aucune commune trouvée',
    found: (n: number) => counted(n, 'commune trouvée', 'communes trouvées'),
  },

  countdown: {
    left: (minutes: number, seconds: number) => `${minutes} min ${String(seconds).padStart(2, '0')} s`,
    started: (left: string) => `Créneau retenu, ${left} pour réserver.`,
    warning: (seconds: number) => `Plus que ${counted(seconds, 'seconde', 'secondes')} avant la fin.`,
    ended: 'Le créneau n’est plus retenu.',
  },

  signIn: {
    title: 'Connexion',
    lead: 'L’agenda partagé des soins non programmés du territoire.',
    email: 'Adresse électronique',
    password: 'Mot de passe',
    show: 'Afficher le mot de passe',
    hide: 'Masquer le mot de passe',
    submit: 'Se connecter',
    busy: 'Connexion…',
    needEmail: 'Indiquez votre adresse électronique.',
    needPassword: 'Indiquez votre mot de passe.',
    ended: 'Votre session est terminée. Connectez-vous de nouveau.',
    choose: 'Où voulez-vous aller ?',
    train: 'S’entraîner sans compte',
    trainLead: 'Cinq appels simulés sur la vraie console, en dix minutes',
    nowhere: 'Votre compte n’a pas encore d’accès. Demandez-le à la coordination de votre CPTS.',
    pages: {
      console: 'Le tableau des créneaux, pour orienter un appelant',
      phone: 'Publier des créneaux, voir qui vient',
      pilot: 'Remplissage, demandes, couverture des semaines qui viennent',
      report: 'Un patient sans médecin traitant, pour que la CPTS cherche avec lui',
    },
  },
});
