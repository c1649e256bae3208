package winfile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
)

var today = civil.On(2026, time.November, 23)

func read(t testing.TB, text string, o Options) *File {
	t.Helper()
	o.Today = today
	f, err := Read([]byte(text), o)
	if err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	return f
}

// told is all that was found, an item a line.
func told(f *File) string {
	var b strings.Builder
	for _, i := range f.Items {
		fmt.Fprintf(&b, "%d %s [%s] %s", i.Line, i.Day, i.Topic, i.What)
		for _, more := range []string{i.Effect, i.Figure, i.Link} {
			if more != "" {
				b.WriteString(" / " + strings.ReplaceAll(more, "\n", " + "))
			}
		}
		b.WriteString("\n")
	}
	for _, p := range f.Problems {
		fmt.Fprintf(&b, "! %d %s: %s\n", p.Line, p.Text, p.Reason)
	}
	return b.String()
}

func TestFixturesAreReadAsTheyAre(t *testing.T) {
	for name, want := range map[string]string{
		"brag.md": `11 2026-02-03 [Platform] Cut the release from 40 minutes to 6 / Nobody waits for it at night / 40 → 6 minutes / https://wiki.example/release
16 2026-03-31 [Platform] Wrote the runbook that the night shift now uses
18 2026-03-31 [Platform] Paired with Joel through his first outage
23 2026-05-19 [Mentoring] Gave “Failing well” at the spring meeting, 120 people / https://talks.example/42
24 2026-06-30 [Mentoring] Interviewed nine people
28 2026-09-30 [On call] Held the pager through the move without a page
29 2026-08-14 [On call] Found the leak in the queue
32 0001-01-01 [On call] Met the board
33 2026-11-23 [On call] Asked for the service, and got it
! 30 Rewrite the alerts: This is not ticked: keep it when it is done.
! 32 3/4/2026: Met the board: Which is the day and which the month is not clear. Write the date like 2026-03-31; until then it has none.
! 34 Lead two services: Its day, 2027-01-01, is still to come.
`,
	} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if got := told(read(t, string(raw), Options{Name: name})); strings.ReplaceAll(got, "32  [", "32 0001-01-01 [") != want {
			t.Errorf("%s:\n%s\nwant:\n%s", name, got, want)
		}
	}
}

func TestTimesAreReadInEveryForm(t *testing.T) {
	for text, want := range map[string]string{
		"2026-03-31: shipped": "2026-03-31 shipped", "(2026-03-31) shipped": "2026-03-31 shipped", "[31.03.2026] shipped": "2026-03-31 shipped",
		"31 March 2026 – shipped": "2026-03-31 shipped", "March 31, 2026: shipped": "2026-03-31 shipped", "Mar 31st 2026 shipped": "2026-03-31 shipped",
		"31. März 2026: shipped": "2026-03-31 shipped", "31 de marzo de 2026: shipped": "2026-03-31 shipped", "31/3/2026: shipped": "2026-03-31 shipped",
		"3/31/2026: shipped": "2026-03-31 shipped", "March 2026: shipped": "2026-03-31 shipped", "2026-03: shipped": "2026-03-31 shipped",
		"Q1 2026: shipped": "2026-03-31 shipped", "H1 2026 - shipped": "2026-06-30 shipped", "2025: shipped": "2025-12-31 shipped",
		"2026: shipped": "2026-11-23 shipped", "Nov 2026: shipped": "2026-11-23 shipped", "shipped (March 2026)": "2026-03-31 shipped",
		"shipped [2026-03-31]": "2026-03-31 shipped", "Mar 31: shipped": "2026-03-31 shipped", "Dec 3: shipped": "2025-12-03 shipped",
		"May I add that it shipped": " May I add that it shipped", "March of the engineers": " March of the engineers", "2026 users came": " 2026 users came",
		"100 people came": " 100 people came", "30.02.2026: shipped": " 30.02.2026: shipped", "Marchand: shipped": " Marchand: shipped", "shipped (with Joel)": " shipped (with Joel)",
	} {
		f := read(t, "- "+text+"\n", Options{Source: Markdown})
		if got := f.Items[0].Day.String() + " " + f.Items[0].What; got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

func TestTablesAreReadInAnyForm(t *testing.T) {
	for text, want := range map[string]string{
		"Date,What,Effect,Figure,Link\n2026-03-31,Shipped,\"Fewer calls,\nat night\",40 to 6,https://x.example/\n": "2 2026-03-31 [] Shipped / Fewer calls, + at night / 40 to 6 / https://x.example/\n",
		"sep;date;accomplishment;project\n;31.03.2026;Shipped;Platform\n":                                          "2 2026-03-31 [Platform] Shipped\n",
		"My wins\n\nWhen\tTitle\tDescription\n13/3/2026\tShipped\tlong\n4/3/2026\tLed\tlong\n":                     "4 2026-03-13 [] Shipped\n5 2026-03-04 [] Led\n",
		"when,title\n3/4/2026,Shipped\nsoon,Led\n2027-01-01,Will lead\n2026-01-01,\n2026-01-02T10:00:00Z,Wrote\n":  "2 0 [] Shipped\n3 0 [] Led\n6 2026-01-02 [] Wrote\n! 2 3/4/2026: No date of this column tells whether the day or the month comes first. The day is left open.\n! 3 soon: This is not a date that can be read. The day is left open. Write it like 2026-03-31.\n! 4 Will lead: Its day, 2027-01-01, is still to come.\n! 5 : This says nothing of what went well.\n",
		"what,link\n'=1+1,javascript:alert(1)\n":                                                                   "2 0 [] =1+1\n! 2 javascript:alert(1): This is no address that begins with https:// or http://. It was left out; the rest counts.\n",
	} {
		if got := strings.ReplaceAll(told(read(t, text, Options{})), " 0001-01-01 ", " 0 "); strings.ReplaceAll(got, "  [", " 0 [") != want {
			t.Errorf("%q is read as\n%s\nwant\n%s", text, got, want)
		}
	}
}

const aLog = "commit 1111111111111111111111111111111111111111\t2026-10-30\tInes Faria <ines@weir.example>\tfeat(parser): any separator\n\ninternal/parser/a.go\n\n" +
	"commit 2222222222222222222222222222222222222222\t2026-10-02\tInes Faria <ines@weir.example>\tparser: quotes out of order\n\ninternal/parser/b.go\n\n" +
	"commit 3333333333333333333333333333333333333333\t2026-10-02\tInes Faria <ines@weir.example>\tMend the clock\n\ninternal/clock/c.go\ninternal/clock/d.go\nREADME.md\n\n" +
	"commit 4444444444444444444444444444444444444444\t2026-09-30\tInes Faria <ines@weir.example>\tOPS-12 Move the queue\n\n" +
	"commit 5555555555555555555555555555555555555555\t2026-09-29\tInes Faria <ines@weir.example>\tMerge branch 'x'\n\n" +
	"commit 6666666666666666666666666666666666666666\tlast week\tInes Faria <ines@weir.example>\tNo date\n\n" +
	"commit 7777777777777777777777777777777777777777\t2027-01-01\tInes Faria <ines@weir.example>\tFrom a wrong clock\n"

func TestAHistoryIsGroupedByTopicAndMonth(t *testing.T) {
	want := `1 2026-10-30 [parser] Parser: quotes out of order; any separator / 2 commits in October 2026
9 2026-10-02 [clock] Clock: Mend the clock
15 2026-09-30 [OPS-12] OPS-12: Move the queue
! 19 No date: This commit has no date that can be read.
! 21 From a wrong clock: Its day, 2027-01-01, is still to come.
`
	f := read(t, aLog, Options{})
	if got := told(f); got != want || f.Source != Git {
		t.Errorf("%s:\n%s\nwant\n%s", f.Source, got, want)
	}
	plain := `commit 1111111111111111111111111111111111111111 (HEAD -> main)
Author: Ines Faria <ines@weir.example>
Date:   Fri Oct 30 23:30:00 2026 -0700

    feat(parser): any separator
    
    More words.

 internal/parser/a.go | 12 +++---
 1 file changed, 6 insertions(+), 6 deletions(-)

commit 2222222222222222222222222222222222222222
Merge: 1234567 89abcde
Author: Ines Faria <ines@weir.example>
Date:   Thu Oct 29 10:00:00 2026 +0000

    Merged
`
	if got := told(read(t, plain, Options{})); got != "1 2026-10-30 [parser] Parser: any separator\n" {
		t.Errorf("as git shows it: %s", got)
	}
}

func TestNobodyTakesTheCommitsOfOthersForTheirOwn(t *testing.T) {
	both := aLog + strings.NewReplacer("Ines Faria <ines@weir.example>", "Joel Sá <joel@weir.example>", "commit ", "commit a", "1111", "111a").Replace(aLog)
	if _, err := Read([]byte(both), Options{Today: today}); err == nil || !strings.Contains(err.Error(), "commits of 2 people") {
		t.Errorf("of two authors: %v", err)
	}
	if f := read(t, both, Options{Authors: []string{"INES@weir.example"}}); len(f.Items) != 3 || f.Others == 0 {
		t.Errorf("of Ines: %s", told(f))
	}
	if _, err := Read([]byte(aLog), Options{Today: today, Authors: []string{"joel@weir.example"}}); err == nil || !strings.Contains(err.Error(), "None of these commits is yours") {
		t.Errorf("of nobody: %v", err)
	}
}

func TestWhatIsKnownIsNotOfferedAgain(t *testing.T) {
	for _, text := range []string{aLog, "- A win\n- A  win!\n- 2026: another\n", "what,when\nA win,2026-01-01\nB win,\n"} {
		known := map[string]bool{}
		first := read(t, text, Options{})
		for _, i := range first.Items {
			for _, key := range i.Keys {
				known[key] = true
			}
		}
		later := Options{Known: func(key string) bool { return known[key] }, Today: today.AddDays(20)}
		again, err := Read([]byte(text), later)
		if err != nil || len(again.Items) > 0 || again.Known == 0 {
			t.Errorf("%q again: %v %s", text[:20], err, told(again))
		}
	}
	// A history that went on offers what is new alone.
	known := func(key string) bool { return !strings.HasPrefix(key, "commit 1111") }
	if got := told(read(t, aLog, Options{Known: known})); !strings.HasPrefix(got, "1 2026-10-30 [parser] Parser: any separator\n!") {
		t.Errorf("what is new: %s", got)
	}
}

func TestWhatHoldsNoWinsIsRefusedWithTheReason(t *testing.T) {
	for text, says := range map[string]string{
		"": "nothing in it", " \n\t": "nothing in it", "Dear all,\n\nthanks.": "no list", "PK\x03\x04": "spreadsheet", "a,b,c\n1,2,3\n": "names the columns",
		"commit 1234567\n": "no commit with a date", "what\n": "stands nothing", "<!doctype html><p>": "web page",
	} {
		_, err := Read([]byte(text), Options{Today: today})
		var unreadable *ReadError
		if !errors.As(err, &unreadable) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: want %q, got %v", text, says, err)
		}
	}
	if _, err := Read(make([]byte, MostBytes+1), Options{Today: today}); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("too large: %v", err)
	}
}

// TestAHostileFileIsReadInAMoment: the largest files of the worst kinds take seconds at most.
func TestAHostileFileIsReadInAMoment(t *testing.T) {
	for name, text := range map[string]string{
		"entries":   strings.Repeat("- 1 a (b)\n", mostLines-1),
		"headings":  strings.Repeat("# a b c d e f g h i j k l m n o p\n", mostLines-1),
		"a heading": "# " + strings.Repeat("a ", MostBytes/2-10) + "\n- x",
		"an entry":  "- " + strings.Repeat("(a ", MostBytes/3-10),
		"nested":    nested(2500),
		"a tail":    "- a\n" + strings.Repeat("  "+strings.Repeat("b", 70)+"\n", mostLines-2),
		"rows":      "what,when\n" + strings.Repeat("a,1/1/1\n", mostLines-2),
		"a cell":    "what,when\n\"" + strings.Repeat("a,", MostBytes/2-20),
		"commits":   strings.Repeat("commit 1234567\n", MostBytes/20),
		"paths":     "commit 1234567\t2026-01-01\ta <b>\tx\n" + strings.Repeat("a/b\n", MostBytes/5),
	} {
		began := time.Now()
		_, err := Read([]byte(text), Options{Today: today})
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s: %v (%v)", name, took, err)
		} else {
			t.Logf("%s: %v (%v)", name, took, err)
		}
	}
}

func nested(depth int) string {
	var b strings.Builder
	for n := range depth {
		b.WriteString(strings.Repeat(" ", n) + "- a:\n")
	}
	return b.String()
}
