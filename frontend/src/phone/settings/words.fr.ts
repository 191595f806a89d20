import { counted } from '../../ui/plural';
import { withSpaces } from '../../ui/spaces';

/** The words of "Réglages", fetched with it. */
export const w = withSpaces({
  extras: {
    title: 'Patients en sus',
    lead: 'Quand aucun créneau ne convient, la régulation peut vous demander un patient de plus. Vous répondez oui ou non, sans engagement.',
    legend: 'J’accepte qu’on me le demande',
    choices: { no: 'Non', tonight: 'Jusqu’à ce soir', always: 'Jusqu’à nouvel ordre' },
    until: (time: string) => `jusqu’à ${time}`,
    saved: {
      no: 'C’est noté : on ne vous demandera pas de patient en sus.',
      tonight: (time: string) => `C’est noté : on peut vous solliciter jusqu’à ${time}.`,
      always: 'C’est noté : on peut vous solliciter jusqu’à nouvel ordre.',
    },
  },
  alerts: {
    title: 'Être prévenu sur ce téléphone',
    lead: 'Un patient inscrit, un rendez-vous annulé, une demande en sus : une notification courte, sans nom ni motif.',
    checking: 'Un instant…',
    impossible:
      'Ce navigateur ne sait pas recevoir de notifications. Essayez depuis Chrome, Edge, Firefox ou Safari, à jour.',
    homeScreen:
      'Sur iPhone et iPad, les notifications demandent d’abord d’installer Relais : touchez Partager, puis « Sur l’écran d’accueil », et ouvrez Relais depuis l’icône.',
    insecure: 'Les notifications demandent une adresse sécurisée (https).',
    refused:
      'Les notifications de Relais sont refusées sur cet appareil. Pour changer d’avis : ouvrez les réglages du site (le cadenas ou les réglages de l’application), autorisez les notifications, puis revenez ici.',
    on: 'Les notifications arrivent sur cet appareil.',
    turnOn: 'Me prévenir',
    turnOff: 'Ne plus me prévenir ici',
    busy: 'Un instant…',
    trial: 'Envoyer un essai',
    trialSent: (sent: number) =>
      sent > 0 ? 'Essai envoyé : il arrive dans quelques secondes.' : 'Aucun appareil n’a pu être joint.',
    trialFailed: (n: number) => `${counted(n, 'appareil n’a pas répondu', 'appareils n’ont pas répondu')}.`,
    turnedOn: 'C’est fait : vous serez prévenu sur cet appareil.',
    turnedOff: 'C’est fait : plus de notifications sur cet appareil.',
    noService: 'Le service de notifications de ce navigateur ne répond pas. Réessayez plus tard.',
    devices: 'Vos appareils',
    since: (day: string) => `depuis le ${day}`,
    forget: 'Oublier',
    forgetOf: (device: string) => `Oublier ${device}`,
    forgotten: 'Appareil oublié.',
    mail: 'M’écrire un courriel quand une notification n’a pas été vue',
    mailSaved: 'C’est noté.',
    mailImpossible: 'Ce service n’envoie pas de courriels.',
  },
  feed: {
    title: 'Mon agenda dans mon téléphone',
    lead: 'Vos créneaux et rendez-vous dans l’agenda que vous utilisez déjà.',
    holds: 'On y voit : l’heure, le lieu, libre ou réservé.',
    holdsNot: 'On n’y voit jamais : le nom, le téléphone ou le motif d’un patient.',
    create: 'Créer une adresse',
    made: 'Nouvelle adresse',
    address: 'Adresse à ajouter comme abonnement',
    once: 'Elle ne sera plus montrée : ajoutez-la ou copiez-la maintenant. Qui la connaît peut lire cet agenda.',
    qr: 'Code à viser avec l’appareil photo d’un autre téléphone',
    open: 'L’ajouter sur ce téléphone',
    how: 'Comment l’ajouter',
    ways: [
      {
        name: 'iPhone et iPad',
        steps:
          'Touchez « L’ajouter sur ce téléphone », puis S’abonner. Sinon : Réglages, Apps, Calendrier, Comptes, Ajouter un compte, Autre, Ajouter un calendrier avec abonnement, et collez l’adresse.',
      },
      {
        name: 'Android (Google Agenda)',
        steps:
          'Sur un ordinateur, ouvrez calendar.google.com : à côté de « Autres agendas », touchez +, puis « À partir de l’URL », et collez l’adresse. Elle apparaît ensuite sur le téléphone.',
      },
      {
        name: 'Outlook',
        steps:
          'Dans Outlook sur le Web : Ajouter un calendrier, « S’abonner à partir du web », et collez l’adresse.',
      },
    ],
    delay: 'Votre agenda relit l’adresse quand il le décide : de quelques minutes à quelques heures.',
    mine: 'Adresses créées',
    created: (day: string) => `Adresse créée le ${day}`,
    revoke: 'Révoquer',
    sure: 'Révoquer cette adresse ? Les agendas abonnés ne se mettront plus à jour.',
    revokeSure: 'Oui, révoquer',
    revoked: 'Adresse révoquée : elle ne répond plus.',
    none: 'Aucune adresse pour le moment.',
  },
  certificates: {
    title: 'Mes attestations',
    lead: 'Les actes que la régulation vous a adressés, mois par mois, à imprimer. Sans nom de patient.',
    open: 'Ouvrir mes attestations',
  },
  install: {
    title: 'Relais sur l’écran d’accueil',
    done: 'Relais est installé sur cet appareil.',
    lead: 'La page s’ouvre d’un geste, même sans réseau, comme une application.',
    add: 'Installer',
    ios: 'Sur iPhone et iPad : touchez Partager, puis « Sur l’écran d’accueil ».',
    android: 'Sur Android : menu du navigateur, puis « Installer » ou « Ajouter à l’écran d’accueil ».',
    desk: 'Sur ordinateur : l’icône d’installation se trouve au bout de la barre d’adresse (Chrome, Edge).',
  },
});
