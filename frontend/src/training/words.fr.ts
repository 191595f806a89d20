import { counted } from '../ui/plural';
import { withSpaces } from '../ui/spaces';

/** The words of the entraînement; what callers say and how steps are worded comes from the server. */
export const t = withSpaces({
  banner: 'Entraînement : rien n’est réel',
  nothing: 'Personnes, médecins et appels sont inventés. Rien n’est compté ni conservé.',
  label: 'Entraînement',
  tasks: 'Les cinq tâches',
  task: (number: number, title: string) => `Tâche ${number} : ${title}`,
  states: { todo: 'à faire', current: 'en cours', done: 'faite', skipped: 'à reprendre' },
  caller: 'Au téléphone',
  callerOf: (call: number, calls: number) => `Au téléphone, appel ${call} sur ${calls}`,
  steps: 'À faire',
  stepDone: 'fait',
  typed: (text: string) => `« ${text} »`,
  welcome:
    'Lisez ce que dit l’appelant, puis suivez l’étape en gras : les touches sont à côté. Si vous hésitez, un conseil s’affiche ici. « ? » montre tous les raccourcis.',
  start: 'Lisez ce que dit l’appelant, puis suivez l’étape en gras.',
  then: 'Ensuite :',
  well: 'Bien.',
  amiss: 'À reprendre.',
  hint: 'Un coup de pouce :',
  finished: 'Tâche réussie.',
  finishedAmiss: 'Tâche finie, à refaire.',
  allDone: 'C’était la dernière.',
  key: 'touches',
  next: 'Tâche suivante',
  redo: 'Refaire la tâche',
  result: 'Voir le résultat',
  again: 'Recommencer',
  skip: 'Passer',
  quit: 'Quitter',
  keyF2: 'F2',
  loading: 'Votre territoire d’entraînement s’ouvre…',
  failed: 'L’entraînement ne s’ouvre pas.',
  over: {
    title: 'Entraînement terminé',
    text: 'Il s’est arrêté après trente minutes sans activité, ou deux heures en tout. Rien n’en a été gardé.',
    again: 'Recommencer un entraînement',
    back: 'Revenir à l’accueil',
  },
  sum: {
    title: 'Votre résultat',
    lead: (done: number, of: number) => `${counted(done, 'tâche réussie', 'tâches réussies')} sur ${of}.`,
    median: (time: string) => `Durée médiane d’un appel : ${time}.`,
    columns: { task: 'Tâche', time: 'Durée', keys: 'Touches', slips: 'Erreurs', again: 'Refaire' },
    againOf: (number: number) => `Refaire la tâche ${number}`,
    none: '–',
    practise: 'À revoir',
    perfect: 'Rien à revoir : vous êtes à l’aise. Avec l’habitude, un appel prend moins de quinze secondes.',
    forgotten: 'Ce résultat n’est conservé nulle part.',
    stay: 'Continuer à essayer',
  },
  time: (seconds: number) =>
    seconds < 60
      ? `${seconds} s`
      : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`,
});
