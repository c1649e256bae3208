package pitch

import (
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/smart"
)

// frames are the sentences of a draft around the owner's own words, by language. An empty one is
// left out with what it would hold.
type frames struct {
	want, why, proof, gives, takes, cover, smaller, close, closeBy string
	dear, ask, bring, answer, answerBy                             string
	month                                                          func(d civil.Date) string
}

var drafts = map[string]frames{
	smart.English: {
		want: "What I would like: ", why: "Why: ", proof: "What I have done that comes close: ", gives: "What you gain: ", takes: "What it takes: ",
		cover: "Meanwhile: ", smaller: "If that is too much now: ", close: "What I would like from you today: your yes, or what you would need to see first.",
		closeBy: "What I would like from you: your answer by ",
		dear:    "Dear ", ask: "I would like to ask you for this: ", bring: "What I bring to it:", answer: "What do you think? If something is missing, tell me what.",
		answerBy: "What do you think? If something is missing, tell me what; if you can, by  ",
		month:    func(d civil.Date) string { return d.Time().Format("2 January") },
	},
	smart.German: {
		want: "Was ich möchte: ", why: "Warum: ", proof: "Was ich getan habe, das dem nahe kommt: ", gives: "Was Sie davon haben: ", takes: "Was es braucht: ",
		cover: "Solange: ", smaller: "Wenn das jetzt zu viel ist: ", close: "Worum ich Sie heute bitte: Ihr Ja, oder was Sie dafür noch sehen müssten.",
		closeBy: "Worum ich Sie bitte: Ihre Antwort bis zum ",
		dear:    "Guten Tag, ", ask: "ich möchte Sie um dies bitten: ", bring: "Was ich dafür mitbringe:", answer: "Was meinen Sie? Wenn etwas fehlt, sagen Sie mir, was.",
		answerBy: "Was meinen Sie? Wenn etwas fehlt, sagen Sie mir, was; wenn es geht, bis zum ",
		month:    func(d civil.Date) string { return d.Time().Format("2.1.") },
	},
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
	if language != smart.German {
		language = smart.English
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
	all.add(d.takes, sentence(cost(d.p.Ask.Cost)))
	all.add(d.cover, d.p.Words(Cover))
	all.add(d.smaller, d.p.Words(Smallest))
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
	all.add(d.takes, sentence(cost(d.p.Ask.Cost)))
	all.add(d.cover, d.p.Words(Cover))
	all.add(d.smaller, d.p.Words(Smallest))
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

func cost(c ask.Cost) string {
	var parts []string
	if c.Minor > 0 {
		parts = append(parts, c.Amount()+" "+c.Currency)
	}
	if c.Hours > 0 {
		parts = append(parts, strconv.FormatInt(c.Hours, 10)+" h")
	}
	return strings.Join(parts, ", ")
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
