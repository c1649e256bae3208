package web

import (
	"math/rand/v2"
	"net/url"
	"strconv"

	"github.com/ownward/ownward/internal/pitch"
)

// rehearsal is one card of a rehearsal: a page by itself, so that it needs no script. With scripts
// a clock runs, and the arrow keys turn the cards.
type rehearsal struct {
	pitchWay
	Card           rehearsalCard
	At, Cards      int
	By             string // where the clock should stand at the end of the card
	Before, After  string
	Shuffle        string // begins anew, with the objections in another order
	Seconds, Limit int
	Notes          textField
	Nothing        bool // there is nothing to rehearse yet
	Points         []string
	Answers        []pitch.Answered // both for paper
	Wording        string
}

// rehearsalCard is a talking point, or an objection with its answer behind a line.
type rehearsalCard struct {
	Point, Says, Answer string
	Last                bool
}

var rehearsalPage = declare[rehearsal]("rehearsal.html", "pitch-parts.html")

// showRehearsal shows a card (card=) of a rehearsal. Objections come at random; the order is kept
// from card to card by a number in the address.
func showRehearsal(c *call) (view, error) {
	p, err := pitch.Of(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	path := pitchHref(p.Ask.ID)
	w := pitchWay{pitchStation: wordingStation(), Pitch: p, Path: path, Action: path + "/rehearsal", Seen: onlyYou, Steps: pitchSteps(p.Ask.ID, pitch.Wording), c: c}
	main := rehearsal{Wording: path + "/" + string(pitch.Wording), Limit: pitch.SpokenSeconds}
	main.Notes = w.field(Field{Name: pitch.Rehearsed, Label: "What you noticed", Type: "textarea", Rows: 4, Hint: "Where you got stuck, and what you would rather say."})
	main.pitchWay = w
	order := c.count("order", 0)
	if order == 0 {
		order = c.tx.Now().UnixMicro()%9_000 + 1_000
	}
	cards := cardsOf(p, uint64(order))
	if main.Nothing = len(cards) < 2; main.Nothing {
		return rehearsalPage.show(c, "Rehearse it", "asks", main)
	}
	at := int(min(c.count("card", 1), int64(len(cards))))
	address := func(card int, order int64) string {
		return main.Action + "?" + url.Values{"card": {strconv.Itoa(card)}, "order": {strconv.FormatInt(order, 10)}}.Encode()
	}
	main.At, main.Cards, main.Card = at, len(cards), cards[at-1]
	for _, card := range cards[:at] {
		main.Seconds += pitch.Seconds(card.Point)
	}
	if main.Card.Point != "" {
		main.By = spokenFor(main.Seconds)
	}
	if at > 1 {
		main.Before = address(at-1, order)
	}
	if at < len(cards) {
		main.After = address(at+1, order)
	}
	main.Points, main.Answers = p.Points(), p.Answers()
	main.Shuffle = address(1, order%9_000+1_000)
	return rehearsalPage.show(c, "Rehearse it", "asks", main)
}

// cardsOf are the talking points in their order, the objections that were answered at random, and
// a last card for notes.
func cardsOf(p pitch.Pitch, order uint64) []rehearsalCard {
	var cards []rehearsalCard
	for _, point := range p.Points() {
		cards = append(cards, rehearsalCard{Point: point})
	}
	answers := p.Answers()
	random := rand.New(rand.NewPCG(order, 1))
	random.Shuffle(len(answers), func(i, j int) { answers[i], answers[j] = answers[j], answers[i] })
	for _, a := range answers {
		cards = append(cards, rehearsalCard{Says: a.Says, Answer: a.Answer})
	}
	return append(cards, rehearsalCard{Last: true})
}

// noteRehearsal keeps what somebody noticed while they rehearsed.
func noteRehearsal(c *call) (string, error) {
	id := c.id("id")
	back := pitchHref(id) + "/rehearsal"
	if !c.Form.Has("quietly") {
		back = pitchHref(id) + "/" + string(pitch.Wording)
	}
	return back, pitch.Write(c.tx, c.me, id, pitch.Wording, c.pitchTyped())
}
