package pairfile

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"
)

func read(mentors, pairs string) (*Round, error) {
	return Read(Source{Name: "mentors.csv", Reader: strings.NewReader(mentors)}, Source{Name: "pairs.csv", Reader: strings.NewReader(pairs), Size: int64(len(pairs))}, func(int) {})
}

func TestPairsAreReadInAnyOrder(t *testing.T) {
	r, err := read("Capacity;Mentor\r\n2;\"Ada; the first\"\r\n1;Bo\r\n", "\ufeffscore,mentee,mentor,mentee_wish\n7,x,Bo,1\n\n-3,y,\"Ada; the first\",\n9,x,\"Ada; the first\",2")
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(r.Capacity, r.Row, r.Mentor, r.Score, r.Wish, r.Choice == nil, r.BadLines)
	if got != fmt.Sprint([]int{2, 1}, []int{0, 2, 3}, []int{1, 0, 0}, []int{7, 9, -3}, []int{1, 2, Unlisted}, true, 0) {
		t.Error(got)
	}
	var out strings.Builder
	if err := r.Write(&out, []int32{0, -1}); err != nil || out.String() != "mentee,mentor,score\nx,\"Ada; the first\",9\ny,,\n" {
		t.Errorf("%v: %s", err, out.String())
	}
}

func TestBadLinesAreNamedByNumber(t *testing.T) {
	r, err := read("mentor,capacity\nAda,2\nBo,many\n,1\nAda,3\nCy,-1\n",
		"mentee,mentor,score\nx,Ada,5\n\nx,Bo,1\ny,Ada,1.5\n,Ada,2\nz,Ada\n\"w,Ada,4\nx,Ada,7\ny,Ada,3\ny\xff,Ada,3\n\ny,Ada,9\n")
	if err != nil {
		t.Fatal(err)
	}
	want := `mentors.csv, line 3: "many" is not a number of places, which is 0 or more.
mentors.csv, line 4: this line names no mentor.
mentors.csv, line 5: mentor Ada is there already, on line 2.
mentors.csv, line 6: "-1" is not a number of places, which is 0 or more.
pairs.csv, line 4: mentor "Bo" is not in the file of the mentors.
pairs.csv, line 5: "1.5" is not a score, which is a whole number of at most nine digits.
pairs.csv, line 6: this line names no mentee.
pairs.csv, line 7: "" is not a score, which is a whole number of at most nine digits.
pairs.csv, line 8: a quotation mark is not closed on this line.
pairs.csv, line 11: this line is not in UTF-8.
pairs.csv, line 9: mentee x and mentor Ada are there already, on a line before.
pairs.csv, line 13: mentee y and mentor Ada are there already, on a line before.
`
	var got strings.Builder
	for _, b := range r.Bad {
		fmt.Fprintln(&got, b)
	}
	if got.String() != want || r.BadLines != 12 {
		t.Errorf("%d:\n%s", r.BadLines, got.String())
	}
	if fmt.Sprint(r.Row, r.Score) != "[0 1 2] [5 3]" {
		t.Error(r.Row, r.Score)
	}
}

func TestALineTwiceIsFoundWhereThePairsStandMixed(t *testing.T) {
	r, err := read("mentor,capacity\nAda,2\nBo,1\n", "mentee,mentor,score\nx,Ada,1\nnobody\ny,Ada,2\nx,Bo,3\ny,Ada,4\nx,Ada,5\n")
	if err != nil || r.BadLines != 3 || r.Bad[1].Line != 7 || r.Bad[2].Line != 6 {
		t.Errorf("%v: %v", err, r.Bad)
	}
}

func TestAZippedFileIsRead(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	if _, err := io.WriteString(z, "mentee,mentor,score\nx,Ada,5\n"); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	whole := zipped.String()
	r, err := read("mentor,capacity\nAda,2\n", whole)
	if err != nil || len(r.Score) != 1 {
		t.Error(err, r)
	}
	if _, err = read("mentor,capacity\nAda,2\n", whole[:len(whole)-9]); err == nil {
		t.Error("half a file is taken for a whole one")
	}
}

func TestAFileThatIsNotOneIsRefused(t *testing.T) {
	const mentors, pairs = "mentor,capacity\nAda,2\n", "mentee,mentor,score\nx,Ada,5\n"
	for _, c := range []struct{ mentors, pairs, says string }{
		{"", pairs, "mentors.csv: the file is empty"},
		{"name,capacity\nAda,2\n", pairs, `has no column "mentor"; it should name mentor, capacity`},
		{mentors, mentors, `pairs.csv: the first line has no column "mentee"`},
		{mentors, "mentee,mentor,score\n" + strings.Repeat("x", longest+1<<17), "pairs.csv: line 2 has no end"},
	} {
		if _, err := read(c.mentors, c.pairs); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v, want %s", err, c.says)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("mentor,capacity\nAda,2\n", "mentee,mentor,score\nx,\"Ada\",5\n")
	f.Fuzz(func(t *testing.T, mentors, pairs string) {
		r, err := read(mentors, pairs)
		if err != nil {
			return
		}
		if len(r.Row) != r.Mentees.Len()+1 || r.Row[len(r.Row)-1] != int64(len(r.Mentor)) || len(r.Score) != len(r.Mentor) || len(r.Capacity) != r.Mentors.Len() {
			t.Errorf("rows %v of %d mentees, %d pairs", r.Row, r.Mentees.Len(), len(r.Mentor))
		}
	})
}

func TestALargeFileTakesNoMoreRoomThanItsPairs(t *testing.T) {
	const mentees, each = 60_000, 20
	var mentors, pairs strings.Builder
	mentors.WriteString("mentor,capacity\n")
	for j := range each {
		fmt.Fprintf(&mentors, "r%d,1\n", j)
	}
	pairs.WriteString("mentee,mentor,score\n")
	for i := range mentees {
		for j := range each {
			fmt.Fprintf(&pairs, "e%d,r%d,%d\n", i, j, (i+j)%100)
		}
	}
	r, err := read(mentors.String(), pairs.String())
	if err != nil || r.Mentees.Len() != mentees || len(r.Score) != mentees*each || r.BadLines != 0 {
		t.Fatalf("%v: %d mentees, %d pairs", err, r.Mentees.Len(), len(r.Score))
	}
	for e, s := range r.Score {
		if i, j := e/each, e%each; r.Row[i] != int64(i*each) || int(r.Mentor[e]) != j || int(s) != (i+j)%100 {
			t.Fatalf("pair %d is with mentor %d, with score %d", e, r.Mentor[e], s)
		}
	}
	if room := cap(r.Score); room > len(r.Score)*11/10 {
		t.Errorf("room for %d pairs is made for %d", room, len(r.Score))
	}
}
