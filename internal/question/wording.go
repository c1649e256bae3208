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
// since the named thing belongs to the other side. Where there is nothing to exchange it is "".
func (c Card) Shifted(f Filling) string {
	f = c.Fill(f)
	if c.shifted.IsZero() {
		if !c.question.uses(helperSlot) || !c.question.uses(beneficiarySlot) {
			return ""
		}
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
	t := telling{Filling: f, sentence: s, language: s.language, last: map[person]Part{}, asPronoun: map[Part]bool{}}
	for i, p := range s.pieces {
		switch {
		case p.slot == noSlot:
			t.plain(p.text)
		case p.slot == scopeSlot:
			t.scope(p.word)
		case s.isVerb(p):
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
	language  *Language
	out       strings.Builder
	subject   Part            // who acts in this clause, "" where nobody was named yet
	bySlot    bool            // a slot named who acts
	last      map[person]Part // whom a pronoun of that person would be understood to mean
	scopeSaid bool            // the scope was named, so that a pronoun is enough from now on
	asPronoun map[Part]bool   // how each was last said as a subject
}

func (t *telling) part(s slot) Part {
	if s == helperSlot {
		return t.Helper
	}
	return t.Beneficiary
}

// plain says text that is the same for everybody, and notes who acts in it. Only a word for who is
// asked changes, where they are who acts already.
func (t *telling) plain(text string) {
	before := ""
	for _, piece := range strings.SplitAfter(text, " ") {
		for _, word := range words(piece) {
			said := word
			word = strings.ToLower(word)
			if again := t.meantAgain(before, word); again != "" {
				piece = strings.Replace(piece, said, again, 1)
				before = word
				continue
			}
			before = word
			if slices.Contains(t.language.Clauses, word) {
				t.subject, t.bySlot = "", false
			}
			if who, acts := t.language.Acts[word]; acts {
				t.subject, t.bySlot = who, false
				if who == whoeverIsAsked {
					t.subject = t.Asked
				}
			}
		}
		t.out.WriteString(piece)
	}
}

// meantAgain is what a plain word for who is asked becomes where a slot has named them as the one
// who acts: what you do for yourself. It is "" where the word stays.
func (t *telling) meantAgain(before, word string) string {
	l := t.language
	pronoun := l.MeantAgain[word]
	if pronoun == "" || !t.bySlot || t.subject != t.Asked || l.Parts[t.Asked].Asked == "" {
		return ""
	}
	if slices.Contains(l.NotAgain, before) || slices.Contains(l.Verbs.Same, before) || l.Verbs.Irregular[before] != nil {
		return ""
	}
	return l.Pronouns[l.Reflexive[pronoun]][l.personOf(t.Asked, t.Asked)]
}

// mention says somebody by the given pronoun, or by the name that stands for it.
func (t *telling) mention(p Part, word string) {
	reflexive, again := t.language.Reflexive[word]
	if again && t.subject == p {
		word = reflexive
	}
	of := t.language.personOf(p, t.Asked)
	known := t.known(p)
	name, pronoun := t.language.Parts[p].Named[word], t.language.Pronouns[word][of]
	if name == "" || known && pronoun != "" {
		t.out.WriteString(pronoun)
	} else {
		t.out.WriteString(name)
	}
	t.last[of] = p
	if word == t.language.Subject {
		t.subject, t.bySlot, t.asPronoun[p] = p, true, known
	}
}

// known tells whether a pronoun for p would be understood here.
func (t *telling) known(p Part) bool {
	who, of := t.language.Parts[p], t.language.personOf(p, t.Asked)
	return len(who.Named) == 0 || of == who.Asked || t.last[of] == p
}

// verb says the verb at i in agreement with its subject, which may come right after it.
func (t *telling) verb(i int) {
	p := t.part(t.sentence.pieces[i].slot)
	asPronoun := t.asPronoun[p]
	if t.sentence.subjectOf(i) > i {
		asPronoun = t.known(p)
	}
	of := t.language.personOf(p, t.Asked)
	if agrees := t.language.Parts[p].Agrees; !asPronoun && agrees != "" {
		of = agrees
	}
	t.out.WriteString(t.language.Verbs.conjugate(t.sentence.pieces[i].word, of))
}

// scope says what the question is about, as something that belongs to the beneficiary.
func (t *telling) scope(word string) {
	words, _ := t.language.scope(word)
	if t.scopeSaid {
		t.out.WriteString(words.Again)
		return
	}
	t.scopeSaid = true
	said := words.of(t.Scope).Any
	if t.Name != "" {
		said = words.of(t.Scope).Named
	}
	for said != "" {
		before, rest, _ := strings.Cut(said, "{")
		inside, after, _ := strings.Cut(rest, "}")
		t.out.WriteString(before)
		switch {
		case inside == "name":
			t.out.WriteString(t.language.quoted(t.Name))
		case inside != "":
			whose := telling{Filling: t.Filling, language: t.language, last: t.last, asPronoun: map[Part]bool{}}
			whose.mention(t.Beneficiary, inside)
			t.out.WriteString(whose.out.String())
		}
		said = after
	}
	delete(t.last, words.Person)
}
