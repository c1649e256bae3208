package livetext_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/livetext"
)

const alphabet = "abc \n\u00e4\u0301\u4e16\U0001F600\U0001F468\u200d"

func randomText(r *rand.Rand, most int) string {
	signs := []rune(alphabet)
	var b strings.Builder
	for range r.IntN(most + 1) {
		b.WriteRune(signs[r.IntN(len(signs))])
	}
	return b.String()
}

// randomChange changes the text here and there, at whole signs.
func randomChange(r *rand.Rand, text string) livetext.Change {
	var c livetext.Change
	for len(text) > 0 {
		sign, size := utf8.DecodeRuneInString(text)
		switch n := livetext.Units(string(sign)); r.IntN(8) {
		case 0:
			c = c.Put(randomText(r, 3)).Keep(n)
		case 1:
			c = c.Drop(n)
		case 2:
			c = c.Drop(n).Put(randomText(r, 2))
		default:
			c = c.Keep(n)
		}
		text = text[size:]
	}
	if r.IntN(3) == 0 {
		c = c.Put(randomText(r, 3))
	}
	return c
}

func applied(t *testing.T, c livetext.Change, text string) string {
	t.Helper()
	made, err := c.Apply(text)
	if err != nil {
		t.Fatalf("%v on %q: %v", c, text, err)
	}
	return made
}

// sample is one random case, with what comes of it.
type sample struct {
	Text         string
	A, B, Next   livetext.Change // Next is made on what A leaves
	A2, B2, Both livetext.Change
	AB, Nexted   string
}

func samples(t *testing.T, seed uint64, n int) []sample {
	r := rand.New(rand.NewPCG(seed, 0))
	all := make([]sample, n)
	for i := range all {
		text := randomText(r, 12)
		s := sample{Text: text, A: randomChange(r, text), B: randomChange(r, text)}
		afterA, afterB := applied(t, s.A, text), applied(t, s.B, text)
		var err error
		if s.A2, s.B2, err = livetext.Transform(s.A, s.B); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		s.AB = applied(t, s.B2, afterA)
		if ba := applied(t, s.A2, afterB); ba != s.AB {
			t.Fatalf("seed %d: %q, then %v and %v: %q one way, %q the other", seed, text, s.A, s.B, s.AB, ba)
		}
		s.Next = randomChange(r, afterA)
		s.Nexted = applied(t, s.Next, afterA)
		if s.Both, err = livetext.Compose(s.A, s.Next); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if got := applied(t, s.Both, text); got != s.Nexted {
			t.Fatalf("seed %d: %v and %v on %q make %q, and as one %q", seed, s.A, s.Next, text, s.Nexted, got)
		}
		all[i] = s
	}
	return all
}

func TestTwoChangesMakeTheSameTextInEitherOrder(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	samples(t, seed, 20_000)
}

// TestWhatEachMeantStands: what both put in is there, what neither dropped is there, and nothing else.
func TestWhatEachMeantStands(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	for _, s := range samples(t, seed, 5_000) {
		count := map[rune]int{}
		for _, sign := range s.Text {
			count[sign]++
		}
		for _, c := range []livetext.Change{s.A, s.B} {
			for _, sign := range c.Words() {
				count[sign]++
			}
		}
		gone := dropped(s.A, s.Text)
		for at, sign := range []rune(s.Text) {
			if gone[at] || dropped(s.B, s.Text)[at] {
				count[sign]--
			}
		}
		for _, sign := range s.AB {
			count[sign]--
		}
		for sign, n := range count {
			if n != 0 {
				t.Fatalf("%q, %v, %v: %q: %d of %q too few", s.Text, s.A, s.B, s.AB, n, sign)
			}
		}
	}
}

func dropped(c livetext.Change, text string) map[int]bool {
	gone := map[int]bool{}
	at, signs := 0, []rune(text)
	for _, p := range c {
		for n := p.Keep + p.Drop; n > 0; at++ {
			n -= livetext.Units(string(signs[at]))
			gone[at] = p.Drop > 0
		}
	}
	return gone
}

func TestTypedAtTheSamePlaceStaysWordByWord(t *testing.T) {
	// Each types a word letter by letter behind the same word; each letter meets one of the other's.
	text, a, b := "Hello", livetext.Change{}.Keep(5), livetext.Change{}.Keep(5)
	for i := range 4 {
		mine, theirs := livetext.Change{}.Keep(5+i).Put(string("Noor"[i])), livetext.Change{}.Keep(5+i).Put(string("Joel"[i]))
		if i == 0 {
			a, b = mine, theirs
			continue
		}
		a, _ = livetext.Compose(a, mine)
		b, _ = livetext.Compose(b, theirs)
	}
	_, b2, err := livetext.Transform(a, b)
	if err != nil {
		t.Fatal(err)
	}
	if got := applied(t, b2, applied(t, a, text)); got != "HelloNoorJoel" {
		t.Error(got)
	}
}

func TestAChangeThatDoesNotFitIsRefused(t *testing.T) {
	for _, c := range []struct {
		change, text string
	}{
		{`[3]`, "ab"}, {`[1]`, "ab"}, {`[1,"x",-2]`, "ab"}, {`[1,"x",1]`, "\U0001F600"}, {`[-1,1]`, "\U0001F600"}, {`[]`, "a"},
	} {
		var change livetext.Change
		if err := json.Unmarshal([]byte(c.change), &change); err != nil {
			t.Fatal(err)
		}
		if got, err := change.Apply(c.text); !errors.Is(err, livetext.Misfit) {
			t.Errorf("%s on %q gives %q, %v", c.change, c.text, got, err)
		}
	}
	for _, raw := range []string{`[0]`, `[""]`, `[1.5]`, `{"a":1}`, `[null]`, `[99999999999]`, `"x"`, `[[1]]`, `[-9223372036854775808]`} {
		var change livetext.Change
		if err := json.Unmarshal([]byte(raw), &change); err == nil {
			t.Errorf("%s is taken as %v", raw, change)
		}
	}
	if _, _, err := livetext.Transform(livetext.Change{}.Keep(2), livetext.Change{}.Keep(3)); !errors.Is(err, livetext.Misfit) {
		t.Error(err)
	}
	if _, err := livetext.Compose(livetext.Change{}.Put("ab"), livetext.Change{}.Keep(3)); !errors.Is(err, livetext.Misfit) {
		t.Error(err)
	}
}

// TestBrowsersDoTheSame gives the random cases to the module that browsers load.
func TestBrowsersDoTheSame(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal("the tests need Node 20: ", err)
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	cases, err := json.Marshal(samples(t, seed, 3_000))
	if err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), node, "testdata/same.mjs")
	run.Stdin, run.Stderr = strings.NewReader(string(cases)), os.Stderr
	if said, err := run.Output(); err != nil {
		t.Fatalf("seed %d: %v\n%s", seed, err, said)
	}
}

func FuzzChange(f *testing.F) {
	f.Add(`[1,"x",-1]`, `[2]`, "ab")
	f.Fuzz(func(t *testing.T, first, second, text string) {
		var a, b livetext.Change
		if json.Unmarshal([]byte(first), &a) != nil || json.Unmarshal([]byte(second), &b) != nil || !utf8.ValidString(text) {
			return
		}
		afterA, err := a.Apply(text)
		afterB, err2 := b.Apply(text)
		if err != nil || err2 != nil {
			return
		}
		a2, b2, err := livetext.Transform(a, b)
		if err != nil {
			t.Fatal(err)
		}
		if applied(t, b2, afterA) != applied(t, a2, afterB) {
			t.Fatal("the two differ")
		}
	})
}
