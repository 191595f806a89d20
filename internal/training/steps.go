package training

import (
	"fmt"
	"slices"

	"github.com/relais-snp/relais/internal/regulation"
)

// whereStep asks for the caller's commune; typed is enough of its name to find it.
func whereStep(who Caller, typed string) Step {
	return Step{
		Text: fmt.Sprintf("Notez la commune : %s.", who.Home.name), Keys: []string{"/", "« " + typed + " »", "Entrée"},
		Hint: fmt.Sprintf("Le champ « Commune de l’appelant » est en haut à gauche. La touche / y mène ; tapez « %s », puis Entrée.", typed),
		Good: "La commune est notée : le tableau va du médecin le plus proche au plus lointain.",
		done: func(s scene) bool { return s.commune == who.Home.insee },
	}
}

// seatStep asks to hold any seat.
func seatStep(text, hint, good string) Step {
	return Step{Text: text, Keys: []string{"1", "Entrée"}, Hint: hint, Good: good, done: func(s scene) bool { return s.held }}
}

// nameStep asks for the patient's name, which books.
func nameStep(who Caller) Step {
	return Step{
		Text: fmt.Sprintf("Tapez son nom, %s, et réservez.", who.Family), Keys: []string{"« " + who.Family + " »", "Entrée"},
		Hint: fmt.Sprintf("À droite, le curseur est dans le champ « Nom » : tapez %s, puis Entrée. Le reste est facultatif.", who.Family),
		Good: "Réservé. À droite s’affiche ce qu’il faut dire à l’appelant.",
		done: func(s scene) bool { return s.booked != "" },
	}
}

// endStep asks for one of the outcomes without an appointment.
func endStep(who Caller, text string, keys []string, hint, good string, fits ...regulation.Outcome) Step {
	return Step{Text: text, Keys: keys, Hint: hint, Good: good, done: func(s scene) bool { return s.commune == who.Home.insee && slices.Contains(fits, s.ended) }}
}

// doctorKeys are those that choose a GP of the cast as médecin traitant. The
// list is by family name, as the cast is, below a line for no one of it.
func doctorKeys(gp int) []string {
	return append([]string{"/", "Tab", "→", "Tab"}, slices.Repeat([]string{"↓"}, gp+1)...)
}

// wrong says in French what is wrong with an event, "" when nothing is. Another
// commune than the caller's is wrong in every call, and as soon as it is noted.
func (c Call) wrong(e Event, s scene) string {
	if text := c.amiss(e, s); text != "" {
		return text
	}
	home, elsewhere := c.Caller.Home, s.commune != c.Caller.Home.insee
	switch {
	case !elsewhere:
	case e.Kind == Noted && s.moved:
		return fmt.Sprintf("Ce n’est pas la commune de l’appelant : il appelle de %s. La touche / y revient ; vérifiez le code postal dans la liste.", home)
	case e.Kind == Held && s.commune != "":
		return fmt.Sprintf("Le créneau est retenu, mais pour une autre commune que celle de l’appelant, %s. Libérez-le (Échap deux fois), puis / pour la corriger.", home)
	case e.Kind == Booked:
		return fmt.Sprintf("C’est réservé, mais sans la bonne commune : l’appelant est à %s, et ce médecin est peut-être loin de chez lui. Refaites la tâche.", home)
	case e.Kind == Ended && e.Case == s.kase && e.Outcome != regulation.Abandoned:
		return fmt.Sprintf("L’issue convient, mais pas la commune : l’appelant est à %s, et c’est là que le besoin sera compté. Recommencez avec « Nouvel appel » (c).", home)
	}
	return ""
}

// bookingAmiss judges a call that ends with an appointment. seat, when given,
// says what is wrong with the practitioner of a seat held or booked.
func bookingAmiss(who Caller, seat func(s scene, practitioner string) string) func(Event, scene) string {
	return func(e Event, s scene) string {
		switch {
		case (e.Kind == Held || e.Kind == Booked) && seat != nil && seat(s, e.Practitioner) != "":
			return seat(s, e.Practitioner)
		case e.Kind == Held && s.commune == "":
			return "Le créneau est retenu, mais la commune manque : sans elle, rien ne dit qui est le plus proche. Échap, puis / pour la noter."
		case e.Kind == Booked && !sameName(e.Family, who.Family):
			return fmt.Sprintf("C’est réservé, mais le nom noté n’est pas celui de l’appelant, %s. En vrai, annulez le rendez-vous et reprenez-le au bon nom.", who.Family)
		case e.Kind == Ended && e.Outcome != regulation.Abandoned:
			return fmt.Sprintf("%s peut avoir un rendez-vous : il y a de la place. Reprenez l’appel avec « Nouvel appel » (c).", who.Name)
		}
		return ""
	}
}

// endingAmiss judges a call that must end without an appointment.
func endingAmiss(wrongEnd, noSeat string, fits ...regulation.Outcome) func(Event, scene) string {
	return func(e Event, _ scene) string {
		switch {
		case e.Kind == Ended && e.Outcome != regulation.Abandoned && !slices.Contains(fits, e.Outcome):
			return wrongEnd
		case e.Kind == Held || e.Kind == Booked:
			return noSeat
		}
		return ""
	}
}
