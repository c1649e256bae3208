package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"regexp"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
)

// sentence is what the next page says after an act: "It is shared." The browser carries its key
// there, never words.
type sentence struct{ key string }

// spoken is what a sentence says, and the words that lead to the thing it speaks of.
type spoken struct{ text, way string }

var sentences = map[string]spoken{}

// says declares a sentence.
func says(text string) sentence { return saysOf(text, "") }

// saysOf declares a sentence that speaks of a thing; way are the words of the link to it.
func saysOf(text, way string) sentence {
	sum := sha256.Sum256([]byte(text))
	key := hex.EncodeToString(sum[:6])
	sentences[key] = spoken{text, way}
	return sentence{key}
}

const saidCookie = "ownward-said"

// say makes the next page say the sentence, once.
func (c *call) say(what sentence) { c.sayOf(what, event.Thing{}) }

// sayOf makes the next page say the sentence, once, with a link to the thing.
func (c *call) sayOf(what sentence, thing event.Thing) {
	c.cookies = append(c.cookies, &http.Cookie{
		Name: saidCookie, Value: strings.TrimRight(what.key+"."+thing.Kind+"."+string(thing.ID), "."), Path: "/", MaxAge: 60,
		HttpOnly: true, Secure: c.server.Secure, SameSite: http.SameSiteLaxMode,
	})
}

// Flash is what a page says of the act before it.
type Flash struct{ Text, Way, Href string }

var anID = regexp.MustCompile(`^[0-9a-f-]{36}$`)

// said is the sentence that this page is to say, which is then forgotten.
func (c *call) said() Flash {
	cookie, err := c.Cookie(saidCookie)
	if err != nil || c.fetchedAhead() {
		return Flash{}
	}
	c.cookies = append(c.cookies, &http.Cookie{Name: saidCookie, Path: "/", MaxAge: -1, HttpOnly: true, Secure: c.server.Secure, SameSite: http.SameSiteLaxMode})
	key, thing, _ := strings.Cut(cookie.Value, ".")
	kind, id, _ := strings.Cut(thing, ".")
	one := sentences[key]
	said := Flash{Text: one.text}
	if one.way != "" && found[kind] != "" && anID.MatchString(id) {
		said.Way, said.Href = one.way, PathOf(event.Thing{Kind: kind, ID: db.ID(id)})
	}
	return said
}
