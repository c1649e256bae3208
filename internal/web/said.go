package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
)

// sentence is what the next page says after an act: "It is shared." The browser carries its key
// there, never words.
type sentence struct{ key string }

var sentences = map[string]string{}

// says declares a sentence.
func says(text string) sentence {
	sum := sha256.Sum256([]byte(text))
	key := hex.EncodeToString(sum[:6])
	sentences[key] = text
	return sentence{key}
}

const saidCookie = "ownward-said"

// say makes the next page say the sentence, once.
func (c *call) say(what sentence) {
	c.cookies = append(c.cookies, &http.Cookie{
		Name: saidCookie, Value: what.key, Path: "/", MaxAge: 60,
		HttpOnly: true, Secure: c.server.Secure, SameSite: http.SameSiteLaxMode,
	})
}

// said is the sentence that this page is to say, which is then forgotten.
func (c *call) said() string {
	cookie, err := c.Cookie(saidCookie)
	if err != nil || c.fetchedAhead() {
		return ""
	}
	c.cookies = append(c.cookies, &http.Cookie{Name: saidCookie, Path: "/", MaxAge: -1, HttpOnly: true, Secure: c.server.Secure, SameSite: http.SameSiteLaxMode})
	return sentences[cookie.Value]
}
