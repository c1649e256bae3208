package question

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Filling says what stands in the slots of a card. The zero value of each field means the
// card's own choice.
type Filling struct {
	Asked       Part   // to whom the sentence is said
	Helper      Part   // who can help
	Beneficiary Part   // whom it is for
	Scope       Scope  // what it is about
	Name        string // the name of that goal, task or skill, in the words of who typed it
}

// A Narrowing is a question made smaller: to one task, one skill or one week.
type Narrowing struct {
	To      string // "one task", "one skill", "one week"
	Wording string
}

// Fill completes a filling with the card's own choices, and puts those in the place of anything
// that the card does not offer.
func (c Card) Fill(f Filling) Filling {
	if !slices.Contains(c.AskedChoices(), f.Asked) {
		f.Asked = c.AskedChoices()[0]
	}
	if !slices.Contains(Parts, f.Helper) {
		f.Helper = c.helper
		if f.Helper == "" {
			f.Helper = f.Asked
		}
	}
	if !slices.Contains(Parts, f.Beneficiary) || !c.UsesBeneficiary() {
		f.Beneficiary = c.beneficiary
		if c.beneficiary == whoeverIsAsked {
			f.Beneficiary = f.Asked
		}
	}
	if !slices.Contains(c.scopes, f.Scope) {
		f.Scope, f.Name = c.scopes[0], ""
	}
	f.Name = cleanName(f.Name)
	return f
}

// Wording is the question with its slots filled.
func (c Card) Wording(f Filling) string { return c.question.fill(c.Fill(f)) }

// Shifted turns the question round: what can I do for you? A card without a sentence of its own
// for that gets its question with helper and beneficiary exchanged; the name then falls away,
// since the named thing belongs to the other side.
func (c Card) Shifted(f Filling) string {
	f = c.Fill(f)
	if c.shifted.IsZero() {
		f.Helper, f.Beneficiary, f.Name = f.Beneficiary, f.Helper, ""
		return c.question.fill(f)
	}
	return c.shifted.fill(f)
}

// Narrowed are the smaller forms of the question that the card has.
func (c Card) Narrowed(f Filling) []Narrowing {
	f = c.Fill(f)
	var list []Narrowing
	for _, n := range c.narrowed {
		g := f
		if n.scope != "" && n.scope != f.Scope {
			g.Scope, g.Name = n.scope, ""
		}
		list = append(list, Narrowing{To: n.to, Wording: n.sentence.fill(g)})
	}
	return list
}

// fill writes the sentence for a complete filling.
func (s Sentence) fill(f Filling) string {
	t := telling{Filling: f, sentence: s, asPronoun: map[Part]bool{}}
	for i, p := range s.pieces {
		switch {
		case p.slot == noSlot:
			t.plain(p.text)
		case p.slot == scopeSlot:
			t.scope()
		case p.isVerb():
			t.verb(i)
		default:
			t.mention(t.part(p.slot), p.word)
		}
	}
	return capitalised(t.out.String())
}

func capitalised(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}

// A telling is a sentence while it is being said: what was said so far decides whether the next
// mention is a name or a pronoun, and whether "them" is "themselves".
type telling struct {
	Filling
	sentence  Sentence
	out       strings.Builder
	subject   Part          // who acts in this clause, "" where nobody was named yet
	they, it  Part          // whom "they" and "it" would be understood to mean
	scopeSaid bool          // the scope was named, so that it is "it" from now on
	asPronoun map[Part]bool // how each was last said as a subject
}

func (t *telling) part(s slot) Part {
	if s == helperSlot {
		return t.Helper
	}
	return t.Beneficiary
}

// clauseStarts are words after which somebody new may act.
var clauseStarts = []string{"what", "who", "whom", "which", "that", "when", "where", "why", "how", "if",
	"because", "so", "since", "while", "before", "after", "than", ",", ";", ":", ".", "?", "!"}

// plain says text that is the same for everybody, and notes who acts in it.
func (t *telling) plain(text string) {
	t.out.WriteString(text)
	for _, word := range words(text) {
		switch word = strings.ToLower(word); {
		case slices.Contains(clauseStarts, word):
			t.subject = ""
		case word == "i":
			t.subject = Myself
		case word == "you":
			t.subject = t.Asked
		}
	}
}

// mention says somebody in the given case.
func (t *telling) mention(p Part, form string) {
	if form == accusative && t.subject == p {
		form = reflexive
	}
	of := personOf(p, t.Asked)
	known := t.known(p)
	switch {
	case form == absolute && of == thing: // nobody says "which is its"
		t.out.WriteString(named(p, form))
	case known || form == reflexive:
		t.out.WriteString(pronouns[form][of])
	default:
		t.out.WriteString(named(p, form))
	}
	t.remember(p, of)
	if form == nominative {
		t.subject, t.asPronoun[p] = p, known
	}
}

// known tells whether a pronoun for p would be understood here.
func (t *telling) known(p Part) bool {
	switch personOf(p, t.Asked) {
	case third:
		return t.they == p
	case thing:
		return t.it == p
	}
	return true
}

func (t *telling) remember(p Part, of person) {
	switch of {
	case third:
		t.they = p
	case thing:
		t.it = p
	}
}

// verb says the verb at i in agreement with its subject, which may come right after it.
func (t *telling) verb(i int) {
	p := t.part(t.sentence.pieces[i].slot)
	asPronoun := t.asPronoun[p]
	if t.sentence.subjectOf(i) > i {
		asPronoun = t.known(p)
	}
	t.out.WriteString(conjugate(t.sentence.pieces[i].word, personOf(p, t.Asked), asPronoun))
}

// scope says what the question is about, as something that belongs to the beneficiary.
func (t *telling) scope() {
	if t.scopeSaid {
		t.out.WriteString("it")
		return
	}
	t.scopeSaid = true
	whose := telling{Filling: t.Filling, they: t.they, it: t.it, asPronoun: map[Part]bool{}}
	whose.mention(t.Beneficiary, possessive)
	t.they, t.it = whose.they, ""
	t.out.WriteString(t.Scope.phrase(whose.out.String(), t.Name))
}
