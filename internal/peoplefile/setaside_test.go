package peoplefile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"
)

func TestNoCellOfWhatIsSetAsideIsCalculatedByASpreadsheet(t *testing.T) {
	const file = "id,name,title,phone\n" +
		"1,\"=HYPERLINK(\"\"https://evil.example\"\";\"\"Ann\"\")\",Engineer,+351 210\n" +
		"1,@SUM(1+1),-2+3,\t=1\n" +
		"2,Bo,\"=cmd|' /C calc'!A0\",\n2,Cy,,\n"
	aside := func(text string) (string, *File) {
		f, err := Read(strings.NewReader(text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := Compare(f, nil, CompareOptions{NewKey: func() string { return "k" }}).WriteSetAside(&b, f); err != nil {
			t.Fatal(err)
		}
		return b.String(), f
	}
	first, read := aside(file)
	records, err := csv.NewReader(strings.NewReader(first)).ReadAll()
	if err != nil || len(records) != 5 {
		t.Fatalf("%d records (%v):\n%s", len(records), err, first)
	}
	for _, record := range records {
		for _, cell := range record {
			if strings.ContainsAny(cell[:min(len(cell), 1)], "=+-@\t\r") {
				t.Errorf("a spreadsheet would calculate %q", cell)
			}
		}
	}
	second, again := aside(first)
	if first != second {
		t.Errorf("set aside again:\n%s\nwas:\n%s", second, first)
	}
	for i := range read.Rows {
		if read.Rows[i].Values != again.Rows[i].Values {
			t.Errorf("read back, line %d says %q, was %q", i, again.Rows[i].Values, read.Rows[i].Values)
		}
	}
}

func TestANameHoldsNothingThatCannotBeSeen(t *testing.T) {
	for text, want := range map[string]string{
		"Ann\u202eeoD": "AnneoD", "\x1b[31mRed\x07": "[31mRed", "A\u2066n\u2069n": "Ann", "Ann\nDoe": "Ann Doe", "Ann\u0085Doe": "Ann Doe", "می\u200cخواهم": "می\u200cخواهم",
	} {
		if got := Tidy(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestAHeaderThatIsNoneIsRefusedWhateverItsSize(t *testing.T) {
	for name, text := range map[string]string{
		"a million columns": "name" + strings.Repeat(",x", 1_000_000) + "\nAnn\n",
		"a giant name":      "name,\"" + strings.Repeat("x", 10_000_000) + "\"\nAnn,\n",
	} {
		var refused *ReadError
		if _, err := Read(strings.NewReader(text), Options{}); !errors.As(err, &refused) || len(err.Error()) > 300 || len(refused.Header) > 0 {
			t.Errorf("%s: %.100v", name, err)
		}
	}
}
