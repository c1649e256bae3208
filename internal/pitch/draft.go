package pitch

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/smart"
)

// frames are the sentences of a draft around the owner's own words, by language. An empty one is
// left out with what it would hold. German says du where the owner's words to the one asked do.
type frames struct {
	want, why, proof, gives, takes, cover, smaller, close, closeBy string
	dear, ask, bring, answer, answerBy, and                        string
	month                                                          func(d civil.Date) string
	money                                                          func(minor int64, currency string) string
	hours                                                          func(n int64) string
}

var drafts = map[string]frames{
	smart.English: {
		want: "What I would like: ", why: "Why: ", proof: "What I have done that comes close: ", gives: "What you gain: ", takes: "What it takes: ",
		cover: "Meanwhile: ", smaller: "If that is too much now: ", close: "What I would like from you today: your yes, or what you would need to see first.",
		closeBy: "What I would like from you: your answer by ",
		dear:    "Dear ", ask: "I would like to ask you for this: ", bring: "What I bring to it:", answer: "What do you think? If something is missing, tell me what.",
		answerBy: "What do you think? If something is missing, tell me what; if you can, by ",
		month:    func(d civil.Date) string { return d.Time().Format("2 January") },
		and:      " and ", money: Money, hours: WorkingHours,
	},
	smart.German: {
		want: "Was ich möchte: ", why: "Warum: ", proof: "Was ich getan habe, das dem nahe kommt: ", gives: "Was Sie davon haben: ", takes: "Was es braucht: ",
		cover: "Solange: ", smaller: "Wenn das jetzt zu viel ist: ", close: "Worum ich Sie heute bitte: Ihr Ja, oder was Sie dafür noch sehen müssten.",
		closeBy: "Worum ich Sie bitte: Ihre Antwort bis zum ",
		dear:    "Guten Tag, ", ask: "ich möchte Sie um dies bitten: ", bring: "Was ich dafür mitbringe:", answer: "Was meinen Sie? Wenn etwas fehlt, sagen Sie mir, was.",
		answerBy: "Was meinen Sie? Wenn etwas fehlt, sagen Sie mir, was; wenn es geht, bis zum ",
		month:    germanDay, and: " und ", money: germanMoney, hours: germanHours,
	},
	germanFamiliar: {
		want: "Was ich möchte: ", why: "Warum: ", proof: "Was ich getan habe, das dem nahe kommt: ", gives: "Was du davon hast: ", takes: "Was es braucht: ",
		cover: "Solange: ", smaller: "Wenn das jetzt zu viel ist: ", close: "Worum ich dich heute bitte: dein Ja, oder was du dafür noch sehen müsstest.",
		closeBy: "Worum ich dich bitte: deine Antwort bis zum ",
		dear:    "Guten Tag, ", ask: "ich möchte dich um dies bitten: ", bring: "Was ich dafür mitbringe:", answer: "Was meinst du? Wenn etwas fehlt, sag mir, was.",
		answerBy: "Was meinst du? Wenn etwas fehlt, sag mir, was; wenn es geht, bis zum ",
		month:    germanDay, and: " und ", money: germanMoney, hours: germanHours,
	},
}

// germanFamiliar is German to somebody whom one calls du.
const germanFamiliar = smart.German + " du"

// familiar is a word that is said to somebody whom one calls du.
var familiar = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:du|dir|dich|dein(?:e[mnrs]?)?)(?:[^\pL]|$)`)

func germanDay(d civil.Date) string { return d.Time().Format("2.1.") }

func germanMoney(minor int64, currency string) string {
	return strings.NewReplacer(",", ".", ".", ",").Replace(Money(minor, currency))
}

func germanHours(n int64) string {
	if n == 1 {
		return "1 Stunde"
	}
	return strings.ReplaceAll(grouped(strconv.FormatInt(n, 10)), ",", ".") + " Stunden"
}

// mostProofs is how many wins are spoken of.
const mostProofs = 2

// Drafter puts the parts of a pitch into words: as talking points, and as a letter. Nothing of the
// motive goes into either.
type Drafter struct {
	frames
	p    Pitch
	wins []plan.Win
}

// Draft begins a draft with the wins that go along.
func (p Pitch) Draft(wins []plan.Win) Drafter {
	language := smart.LanguageOf(p.Ask.What, p.Ask.Why, p.Words(ForThem))
	switch {
	case language != smart.German:
		language = smart.English
	case familiar.MatchString(strings.Join([]string{p.Ask.Why, p.Words(ForThem), p.Ask.Return}, "\n")):
		language = germanFamiliar
	}
	return Drafter{drafts[language], p, wins}
}

// Spoken are talking points for three minutes, a paragraph each.
func (d Drafter) Spoken() string {
	var all paragraphs
	all.add(d.want, sentence(d.p.Ask.What))
	all.add(d.why, d.p.Ask.Why)
	all.add(d.proof, strings.Join(d.proofs(mostProofs), " "))
	all.add(d.gives, d.gain())
	all.add(d.takes, sentence(d.cost(d.p.Ask.Cost)))
	all.add(d.cover, sentence(d.p.Words(Cover)))
	all.add(d.smaller, sentence(d.p.Words(Smallest)))
	if d.p.Ask.DecideBy.IsZero() {
		all.add("", d.close)
	} else {
		all.add(d.closeBy, d.month(d.p.Ask.DecideBy)+".")
	}
	return all.String()
}

// Written is the ask as a letter.
func (d Drafter) Written() string {
	var all paragraphs
	if name := d.p.Ask.Whom.Name; name != "" {
		all.add(d.dear, name+",")
	}
	all.add(d.ask, sentence(d.p.Ask.What))
	all.add("", d.p.Ask.Why)
	if proofs := d.proofs(5); len(proofs) > 0 {
		all.add("", d.bring+"\n- "+strings.Join(proofs, "\n- "))
	}
	all.add(d.gives, d.gain())
	all.add(d.takes, sentence(d.cost(d.p.Ask.Cost)))
	all.add(d.cover, sentence(d.p.Words(Cover)))
	all.add(d.smaller, sentence(d.p.Words(Smallest)))
	if d.p.Ask.DecideBy.IsZero() {
		all.add("", d.answer)
	} else {
		all.add(d.answerBy, d.month(d.p.Ask.DecideBy)+".")
	}
	return all.String()
}

// gain is what is in it for the one asked: as the owner wrote it for them, else the return.
func (d Drafter) gain() string {
	if words := d.p.Words(ForThem); words != "" {
		return words
	}
	return d.p.Ask.Return
}

func (d Drafter) proofs(most int) []string {
	var all []string
	for _, w := range d.wins[:min(len(d.wins), most)] {
		words := w.What
		if w.Figure != "" {
			words += " (" + w.Figure + ")"
		}
		all = append(all, sentence(words))
	}
	return all
}

func (f frames) cost(c ask.Cost) string {
	var parts []string
	if c.Minor > 0 {
		parts = append(parts, f.money(c.Minor, c.Currency))
	}
	if c.Hours > 0 {
		parts = append(parts, f.hours(c.Hours))
	}
	return strings.Join(parts, f.and)
}

// sentence ends a text with a full stop where nothing ends it.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?:") {
		return text
	}
	return text + "."
}

type paragraphs []string

func (p *paragraphs) add(frame, words string) {
	if words = strings.TrimSpace(words); words != "" {
		*p = append(*p, frame+words)
	}
}

func (p paragraphs) String() string { return strings.Join(p, "\n\n") }
