package account

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"github.com/ownward/ownward/internal/db"
)

// letters of a code: none that is easily read or typed as another (no 0 and O, 1, I and L, 2 and
// Z, 5 and S, 6 and G, 8 and B, U and V). Their number divides 240.
const letters = "234679ACDEFHJKMNPQRTVWXY"

const codeLength = 8

// newCode makes a code of letters, each as likely as any other.
func newCode() string {
	var code strings.Builder
	for code.Len() < codeLength {
		var one [1]byte
		if _, err := rand.Read(one[:]); err != nil {
			panic(err) // crypto/rand never fails on the systems that Go runs on
		}
		if one[0] < 240 {
			code.WriteByte(letters[int(one[0])%len(letters)])
		}
	}
	return code.String()
}

// shown is the code as people read it: in two groups.
func shown(code string) string { return code[:codeLength/2] + " " + code[codeLength/2:] }

// typed is the code that somebody meant: capitals or not, with or without spaces, dashes or the
// full stop that was pasted with it.
func typed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, text)
}

// hashCode is the form in which a code is kept: of no use for any other sign-in.
func hashCode(signIn db.ID, code string) string {
	sum := hmac.New(sha256.New, []byte(signIn))
	sum.Write([]byte(code))
	return hex.EncodeToString(sum.Sum(nil))
}

// hashAsker is the form in which the place is kept that a code was asked for from: it tells
// nothing of what else was asked for from there.
func hashAsker(address, from string) string {
	sum := sha256.Sum256([]byte(address + "\n" + from))
	return hex.EncodeToString(sum[:12])
}

// inLink is what is kept of the key that only the link in the mail holds, beside the code. No
// code that is typed looks like it.
func inLink(key string) string { return "link " + key }

// isOneOf tells whether the code is one of those whose hashes are kept, in a time that does not
// depend on what was typed. A mail that had to be made again brought another code: each counts.
func isOneOf(hashes string, signIn db.ID, code string) bool {
	hash, found := hashCode(signIn, code), false
	for kept := range strings.FieldsSeq(hashes + " none") {
		if hmac.Equal([]byte(kept), []byte(hash)) {
			found = true
		}
	}
	return found
}
