package brief

import (
	"strings"
	"testing"
)

// TestWhatIsHeardIsInTheOrderOfThePage puts a mark around each piece, in order, and none is left out.
func TestWhatIsHeardIsInTheOrderOfThePage(t *testing.T) {
	lines := []string{"BT\none\nET", "BT\ntwo\nET", "BT\nthree\nET"}
	got, err := marked(lines, []said{{aTitle, 1}, {anItem, 2}})
	if err != nil {
		t.Fatal(err)
	}
	want := "/H1 <</MCID 0>> BDC\nBT\none\nET\nEMC\n/LBody <</MCID 1>> BDC\nBT\ntwo\nET\nBT\nthree\nET\nEMC\n"
	if got != want {
		t.Errorf("got %s", got)
	}
	for _, pieces := range [][]said{{{aTitle, 4}}, {{aTitle, 2}}} {
		if _, err := marked(lines, pieces); err == nil {
			t.Errorf("%v on three lines is taken", pieces)
		}
	}
}

func TestATreeNamesEachPieceAndNothingElse(t *testing.T) {
	u := update{written: map[int]string{}, next: 5}
	u.structure(3, []said{{aTitle, 1}, {anItem, 1}, {anItem, 2}, {aParagraph, 1}})
	var all strings.Builder
	for number := 5; number < u.next; number++ {
		all.WriteString(u.written[number] + "\n")
	}
	for part, times := range map[string]int{"/S /H1": 1, "/S /L ": 1, "/S /LI": 2, "/S /LBody": 2, "/S /P ": 1, "/Pg 3 0 R": 4, "/S /Document": 1, "/ParentTree <<": 1} {
		if got := strings.Count(all.String(), part); got != times {
			t.Errorf("%s is there %d times, want %d:\n%s", part, got, times, all.String())
		}
	}
}
