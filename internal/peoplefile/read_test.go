package peoplefile

import (
	"fmt"
	"strings"
	"testing"
)

func TestDelimitersEncodingsAndLineBreaks(t *testing.T) {
	for _, delim := range []string{",", ";", "\t", "|"} {
		for _, nl := range []string{"\n", "\r\n", "\r"} {
			for _, last := range []string{"", nl, nl + nl} {
				text := strings.Join([]string{"id,name,title", "1,Zoë Ask,\"line one" + nl + "line two\"", "", "2,Bo,x"}, nl) + last
				f := read(t, strings.ReplaceAll(text, ",", delim))
				if len(f.Rows) != 2 || len(f.Problems) != 0 {
					t.Fatalf("%q %q: %d rows, %v", delim, nl, len(f.Rows), f.Problems)
				}
				if r := f.Rows[0]; r.Line != 2 || r.Values[FullName] != "Zoë Ask" || r.Values[Title] != "line one line two" {
					t.Errorf("%q %q: %+v", delim, nl, r)
				}
				if r := f.Rows[1]; r.Line != 5 || r.Values[ID] != "2" {
					t.Errorf("%q %q: line %d", delim, nl, r.Line)
				}
			}
		}
	}
}

func TestEncodings(t *testing.T) {
	const text = "id,name\n1,Zoë Ärmel\n"
	utf16 := func(order func(uint16) []byte) string {
		var b []byte
		for _, r := range text {
			b = append(b, order(uint16(r))...)
		}
		return string(b)
	}
	little := func(u uint16) []byte { return []byte{byte(u), byte(u >> 8)} }
	big := func(u uint16) []byte { return []byte{byte(u >> 8), byte(u)} }
	for name, raw := range map[string]string{
		"UTF-8": text, "UTF-8 with BOM": "\xEF\xBB\xBF" + text,
		"UTF-16 LE": "\xFF\xFE" + utf16(little), "UTF-16 BE": "\xFE\xFF" + utf16(big),
		"UTF-16":       utf16(little),
		"Windows-1252": "id,name\n1,Zo\xEB \xC4rmel\n",
	} {
		f := read(t, raw)
		if f.Encoding != name || f.Rows[0].Values[FullName] != "Zoë Ärmel" {
			t.Errorf("%s: read as %s: %q", name, f.Encoding, f.Rows[0].Values[FullName])
		}
	}
}

func TestQuotesOutOfOrderSpoilOnlyTheirLine(t *testing.T) {
	f := read(t, `id,name,title
1,Ann One,"opens and never closes
2,Bob Two,plain
3,Cid "the kid" Three,plain
4,"Dee" Four,plain
5,"Eve, Five",ok
6,Fay Six, "spaced, out" ,
`)
	if len(f.Rows) != 6 {
		t.Fatalf("%d rows", len(f.Rows))
	}
	for i, want := range []string{"Ann One", "Bob Two", `Cid "the kid" Three`, `"Dee" Four`, "Five Eve", "Fay Six"} {
		if got := f.Rows[i].Values[FullName]; got != want {
			t.Errorf("row %d: %q, not %q", i, got, want)
		}
	}
	if f.Rows[5].Values[Title] != "spaced, out" {
		t.Errorf("%q", f.Rows[5].Values[Title])
	}
	d := Compare(f, nil, CompareOptions{NewKey: func() string { return "k" }})
	wantProblem(t, d, 2, "title", `"opens and never closes`, "does not close", Altered)
	wantProblem(t, d, 4, "name", `Cid "the kid" Three`, "stands inside", Noted)
	wantProblem(t, d, 5, "name", `"Dee" Four`, "does not close", Altered)
}

func TestQuotesOutOfOrderCostNoMoreThanTheFileIsLong(t *testing.T) {
	for _, line := range []string{`"`, `"a`, `a,"`, `"""`, `,"""x`, `"a""b`, ` "`} {
		text := "id,name\n" + strings.Repeat(line+"\n", 200_000)
		if _, err := Read(strings.NewReader(text), Options{}); err != nil && !strings.Contains(err.Error(), "no people") {
			t.Errorf("%q: %v", line, err)
		}
	}
}

func TestValuesThatCannotBeUsed(t *testing.T) {
	long := strings.Repeat("x", 300)
	f := read(t, "id,name,title,department,time zone,start date\n"+
		"1,Ann\x00One,Cook,,,\n"+
		"2,Bob Two,Co\x00ok,,,\n"+
		"3,Cid \xff Three,Cook,,,\n"+
		"4,Dée Four,Co\xffok,,,\n"+
		"5,Éve Five,"+long+",,,\n"+
		"6,"+long+",Cook,,,\n"+
		"7,Fay Seven,Cook,,Mars/Base,yesterday\n"+
		"8,,Cook,,,\n"+
		"9,Gil Nine,Cook,Works,Europe/Berlin,2026-02-30,too,many\n"+
		"10,Hal Ten,Cook,NULL,Europe/Berlin,2026-02-28,,\n"+
		"11,Îda Eleven,Cook\n")
	d := Compare(f, nil, CompareOptions{NewKey: func() string { return "k" }})
	wantProblem(t, d, 2, "name", "Ann\uFFFDOne", "NUL byte", SetAside)
	wantProblem(t, d, 3, "title", "Co\uFFFDok", "NUL byte", Altered)
	wantProblem(t, d, 4, "name", "Cid \uFFFD Three", "not valid UTF-8", SetAside)
	wantProblem(t, d, 5, "title", "Co\uFFFDok", "not valid UTF-8", Altered)
	wantProblem(t, d, 6, "title", long[:80]+"…", "too long to be the job title", Altered)
	wantProblem(t, d, 7, "name", long[:80]+"…", "too long", SetAside)
	wantProblem(t, d, 8, "time zone", "Mars/Base", "not known", Altered)
	wantProblem(t, d, 8, "start date", "yesterday", "not a date", Altered)
	wantProblem(t, d, 9, "", "", "has no name", SetAside)
	wantProblem(t, d, 10, "", "too", "more values than the header", SetAside)
	if d.SetAside != 5 || d.New != 6 {
		t.Errorf("%d aside, %d new\n%s", d.SetAside, d.New, problems(d))
	}
	if r := f.Rows[9]; r.Values[Department] != "" || r.Values[TimeZone] != "Europe/Berlin" {
		t.Errorf("%q", r.Values)
	}
}

func TestDatesFollowTheirColumn(t *testing.T) {
	for _, test := range []struct{ given, want string }{
		{"03/04/2020 13/04/2020", "2020-04-03 2020-04-13"},
		{"03/04/2020 04/13/2020", "2020-03-04 2020-04-13"},
		{"3.4.2020 5.6.99", "2020-04-03 1999-06-05"},
		{"2020-04-03T19:00:00.000Z 20200405", "2020-04-03 2020-04-05"},
		{"3-Apr-2020 2020/04/05", "2020-04-03 2020-04-05"},
		{"05/05/2020 31/02/2020", "2020-05-05 "},
	} {
		a, b, _ := strings.Cut(test.given, " ")
		f := read(t, fmt.Sprintf("id,name,hire date\n1,Ann,%s\n2,Bob,%s\n", a, b))
		if got := f.Rows[0].Values[Start] + " " + f.Rows[1].Values[Start]; got != test.want {
			t.Errorf("%s: %q", test.given, got)
		}
	}
	f := read(t, "id,name,hire date\n1,Ann,03/04/2020\n2,Bob,05/06/2020\n")
	if len(f.Problems) != 1 || !strings.Contains(f.Problems[0].Reason, "day or the month") || f.Rows[0].Values[Start] != "" {
		t.Errorf("%v", f.Problems)
	}
}

func TestWhoIsHereByStatusOrLastDay(t *testing.T) {
	for word, want := range map[string]string{
		"Active": Active, "AKTIV": Active, "On Leave": Active, "on-leave": Active, "Elternzeit": Active, "True": Active, "": Active, "Yes": Active,
		"Active - On Leave": Active, "Full-Time": Active, "Onboarding": Active,
		"Inactive": Inactive, "inaktiv": Inactive, "Terminated": Inactive, "Terminated (voluntary)": Inactive, "false": Inactive, "No": Inactive, "Ausgeschieden": Inactive, "0": Inactive,
		"blue": "",
	} {
		f := read(t, "id,name,status\n1,Ann,"+word+"\n")
		if got := f.Rows[0].Values[Status]; got != want {
			t.Errorf("%q is %q, not %q", word, got, want)
		}
		if (len(f.Problems) == 1) != (want == "") {
			t.Errorf("%q: %v", word, f.Problems)
		}
	}
	f := read(t, "id,name,termination date\n1,Ann,2020-01-31\n2,Bob,2030-01-31\n3,Cid,\n")
	if f.Rows[0].Values[Status] != Inactive || f.Rows[1].Values[Status] != Active || f.Rows[2].Values[Status] != Active {
		t.Error("a last day that has passed says who is here")
	}
}

func TestColumnsByMapping(t *testing.T) {
	f := read(t, "Kennung,Wer,Chef,Ort,manager\n1,Ann,2,Rome,x\n2,Bob,,Bonn,y\n", "id=Kennung", "name=wer", "manager=CHEF", "location=Ort")
	w := &world{t: t}
	w.apply(w.compare(f, false))
	wantLines(t, w, "Ann < Bob", "Bob < -")
	if strings.Join(f.Unused, ",") != "manager" {
		t.Errorf("unused: %v", f.Unused)
	}
	f = read(t, "id,name,level\n1,Ann,3\n", "level=")
	if f.Columns[Level] >= 0 {
		t.Error("a field mapped to nothing is not read")
	}
}

func TestWhatCannotBeReadIsSaidClearly(t *testing.T) {
	for _, test := range []struct{ text, mapping, want string }{
		{"", "", "The file is empty"},
		{"\n\n", "", "The file is empty"},
		{"id,name\n\n", "", "The file names columns, but no people."},
		{"id,email\n1,a@x.example\n", "", "No column holds the names of the people. The columns are: id, email. Say which one: --map name=id."},
		{"id,name,Email,Work Email\n", "", `Two columns could be the e-mail: "Email" and "Work Email". Say which one: --map email="Email".`},
		{"id,name,email,email\n", "", "Two columns could be the e-mail"},
		{"id,name\n", "manager=Boss", `The file has no column "Boss". Its columns are: id, name.`},
		{"id,name\n", "chief=name", `There is no field "chief" to map a column to. The fields are: id, number, account`},
		{"PK\x03\x04rest", "", "a spreadsheet or another zip file, not a CSV file"},
		{"%PDF-1.7", "", "a PDF"},
		{"<!DOCTYPE html><html>", "", "a web page"},
	} {
		var mapping []string
		if test.mapping != "" {
			mapping = []string{test.mapping}
		}
		if got := refused(t, test.text, mapping...); !strings.Contains(got, test.want) {
			t.Errorf("%q: %s", test.text, got)
		}
	}
	if got := refused(t, "id,name\n", "id=name", "name=name"); !strings.Contains(got, "mapped to both") {
		t.Error(got)
	}
}

func TestTwoColumnsOfOneNameAreSettledByAMapping(t *testing.T) {
	f := read(t, "id,name,Email,Work Email\n1,Ann,home@x.example,work@x.example\n", "email=Work Email")
	if f.Rows[0].Values[Email] != "work@x.example" {
		t.Errorf("%q", f.Rows[0].Values[Email])
	}
}

func TestThePreferredNameIsTheOneInUse(t *testing.T) {
	f := read(t, "id,first name,last name,preferred name,manager\n1,Robert,Hill,Bob,\n2,Ann,Lee,,Robert Hill\n3,Cid,May,,Bob Hill\n")
	w := &world{t: t}
	w.apply(w.compare(f, false))
	wantLines(t, w, "Bob Hill < -", "Ann Lee < Bob Hill", "Cid May < Bob Hill")
}
