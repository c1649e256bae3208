package skillfile_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/ownward/ownward/internal/skillfile"
)

// workbook makes a spreadsheet of the lines; further sheets are empty.
func workbook(t testing.TB, lines [][]string, more ...string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, line := range lines {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", at, &line); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range more {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The spreadsheets of O*NET in their published form, with words of our own.
var (
	ratings = [][]string{
		{"O*NET-SOC Code", "Title", "Element ID", "Element Name", "Scale ID", "Scale Name", "Data Value", "N", "Standard Error", "Lower CI Bound",
			"Upper CI Bound", "Recommend Suppress", "Not Relevant", "Date", "Domain Source"},
		{"11-0000.00", "Keepers of Lighthouses", "2.A.1.a", "Reading Charts", "IM", "Importance", "4.12", "8", "0.12", "3.88", "4.37", "N", "", "08/2023", "Analyst"},
		{"11-0000.00", "Keepers of Lighthouses", "2.A.1.a", "Reading Charts", "LV", "Level", "4.75", "8", "0.16", "4.43", "5.07", "N", "N", "08/2023", "Analyst"},
		{"11-0000.00", "Keepers of Lighthouses", "2.B.1.b", "Coordinating Boats", "IM", "Importance", "3.9", "8", "0.1", "3.7", "4.1", "N", "", "08/2023", "Analyst"},
		{"13-0000.00", "Menders of Nets", "2.A.1.a", "Reading Charts", "IM", "Importance", "2.12", "8", "0.12", "1.88", "2.37", "N", "", "08/2023", "Analyst"},
	}
	technology = [][]string{
		{"O*NET-SOC Code", "Title", "Example", "Commodity Code", "Commodity Title", "Hot Technology", "In Demand"},
		{"11-0000.00", "Keepers of Lighthouses", "Fogbase", "43232306", "Data base user interface and query software", "Y", "N"},
		{"11-0000.00", "Keepers of Lighthouses", "Tideplan", "43232102", "Graphics or photo imaging software", "N", "N"},
		{"13-0000.00", "Menders of Nets", "Fogbase", "43232306", "Data base user interface and query software", "Y", "N"},
	}
	model = [][]string{
		{"Element ID", "Element Name", "Description"},
		{"1", "Worker Characteristics", "Worker Characteristics"},
		{"1.A.1.a.1", "Hearing Fog Horns", "An ability."},
		{"2", "Worker Requirements", "Worker Requirements"},
		{"2.A", "Basic Skills", "Developed capacities"},
		{"2.A.1", "Content", "Background structures"},
		{"2.A.1.a", "Reading Charts", "Understanding charts and what they leave out."},
		{"2.A.1.b", "Listening Out", "Giving full attention to the sea."},
		{"2.C.1", "Business", "Knowledge of"},
		{"2.C.1.a", "Harbour Administration", "Knowledge of harbours."},
		{"4.A.1.a.1", "Getting Information", "An activity."},
	}
	zones = [][]string{
		{"O*NET-SOC Code", "Title", "Job Zone", "Date", "Domain Source"},
		{"11-0000.00", "Keepers of Lighthouses", "5", "08/2023", "Analyst"},
	}
	occupations = [][]string{
		{"O*NET-SOC Code", "Title", "Description"},
		{"11-0000.00", "Keepers of Lighthouses", "Keep the light."},
	}
	abilities = [][]string{
		{"O*NET-SOC Code", "Title", "Element ID", "Element Name", "Scale ID", "Scale Name", "Data Value"},
		{"11-0000.00", "Keepers of Lighthouses", "1.A.1.a.1", "Hearing Fog Horns", "IM", "Importance", "4.5"},
	}
)

func read(t testing.TB, raw []byte, o skillfile.Options) *skillfile.File {
	t.Helper()
	f, err := skillfile.Read(bytes.NewReader(raw), o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// said is what a list comes to: a line for each skill.
func said(f *skillfile.File) string {
	var lines []string
	for _, e := range f.Entries {
		lines = append(lines, strings.Join([]string{e.Name, strings.Join(e.Aliases, "/"), strings.SplitN(e.Description, "\n", 2)[0]}, " = "))
	}
	return strings.Join(lines, "\n")
}

func TestListsAsTheWorldPublishesThem(t *testing.T) {
	for _, c := range []struct {
		name, form, want           string
		raw                        []byte
		rows, repeated, aside, out int
	}{
		{"ESCO, all skills", "ESCO", "listen to a customer = hear a customer out/take in what customers say = Let somebody finish, and repeat in one's own words what was understood.\n" +
			"Go (computer programming) = Golang/Go language, the = The language, and what belongs to it.", fixture(t, "esco.csv"), 5, 0, 3, 0},
		{"ESCO, a collection", "ESCO", "listen to a customer = hear a customer out/take in what customers say = Let somebody finish, and repeat what was understood.",
			fixture(t, "esco-collection.csv"), 1, 0, 0, 0},
		{"O*NET Skills", "O*NET, ratings of occupations", "Reading Charts =  = \nCoordinating Boats =  = ", workbook(t, ratings), 4, 2, 0, 0},
		{"O*NET Technology Skills", "O*NET, technology skills", "Fogbase =  = Data base user interface and query software\nTideplan =  = Graphics or photo imaging software",
			workbook(t, technology), 3, 1, 0, 0},
		{"O*NET Content Model Reference", "O*NET, content model", "Reading Charts =  = Understanding charts and what they leave out.\nListening Out =  = Giving full attention to the sea.\n" +
			"Harbour Administration =  = Knowledge of harbours.", workbook(t, model), 10, 0, 0, 7},
		{"O*NET as text between tabs", "O*NET, technology skills", "Fogbase =  = Data base user interface and query software\nTideplan =  = Graphics or photo imaging software",
			tabbed(technology), 3, 1, 0, 0},
		{"a list of one's own, semicolons, Windows", "CSV", "Go = Golang/Go-Sprache = Die Sprache\nZuhören =  = ", fixture(t, "semicolons.csv"), 4, 1, 1, 0},
		{"a title above the header", "CSV", "Writing a brief = briefing/one-pager = \nRunning a retro, with care = retro = ", fixture(t, "title-above.csv"), 2, 0, 0, 0},
		{"names alone", "CSV", "Go =  = \nListening =  = ", []byte("skill\nGo\nListening\n"), 2, 0, 0, 0},
		{"a spreadsheet of one's own, on its second sheet", "spreadsheet", "Go = Golang = ", secondSheet(t), 1, 0, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := read(t, c.raw, skillfile.Options{})
			if got := said(f); got != c.want {
				t.Errorf("read\n%s\nnot\n%s", got, c.want)
			}
			if f.Form != c.form || f.Rows != c.rows || f.Repeated != c.repeated || f.SetAside() != c.aside || f.Passed != c.out {
				t.Errorf("%s: %d lines, %d repeated, %d set aside, %d passed over; problems %v", f.Form, f.Rows, f.Repeated, f.SetAside(), f.Passed, f.Problems)
			}
		})
	}
}

func tabbed(lines [][]string) []byte {
	var b bytes.Buffer
	for _, line := range lines {
		b.WriteString(strings.Join(line, "\t") + "\r\n")
	}
	return b.Bytes()
}

func secondSheet(t testing.TB) []byte {
	f := excelize.NewFile()
	defer f.Close()
	if _, err := f.NewSheet("Skills"); err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]string{"A3": "Skill", "B3": "Aliases", "A4": "Go", "B4": "Golang"} {
		if err := f.SetCellStr("Skills", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAFileWithoutSkillsIsRefusedWithTheReason(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		raw          []byte
	}{
		{"job zones", "lists occupations, and no column of it names skills", workbook(t, zones)},
		{"occupations", "lists occupations, and no column of it names skills", workbook(t, occupations)},
		{"abilities", "describes occupations and the people in them, but no skills", workbook(t, abilities)},
		{"people", "lists people, and no column", []byte("Name,Email,Manager\nAna,ana@x.example,\n")},
		{"no column", "No column names the skills", []byte("colour,size\nred,3\n")},
		{"columns alone", "names columns, but no skills", []byte("skill,aliases\n")},
		{"nothing", "is empty", nil},
		{"an empty spreadsheet", "is empty", workbook(t, nil)},
		{"lines that cannot be used", "No line of this file can be used", []byte("skill,x\n,1\n")},
		{"occupations of ESCO", "No line of this file can be used", []byte("conceptType,conceptUri,preferredLabel\nOccupation,http://x/1,keeper\n")},
		{"a zip file", "is a zip file", zipped(t, "notes.txt", []byte("hello"))},
		{"half a spreadsheet", "damaged", workbook(t, zones)[:900]},
		{"a PDF", "PDF", []byte("%PDF-1.7 and so on")},
		{"a bomb", "unfolds to more", zipped(t, "xl/workbook.xml", make([]byte, 200<<20))},
		{"too large", "larger than the 32 MB", bytes.Repeat([]byte("skill\n"), 32<<20/6+1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := skillfile.Read(bytes.NewReader(c.raw), skillfile.Options{})
			if err == nil {
				t.Fatalf("read as %s: %s", f.Form, said(f))
			}
			if !strings.Contains(err.Error(), c.reason) {
				t.Errorf("refused with %q, which does not say %q", err, c.reason)
			}
		})
	}
}

func TestAColumnCanBeChosen(t *testing.T) {
	raw := []byte("thing;known as;email\nListening;hearing;a\n")
	f := read(t, raw, skillfile.Options{Map: map[string]string{"name": "Thing", "aliases": "known as"}})
	if got := said(f); got != "Listening = hearing = " {
		t.Error(got)
	}
	for field, column := range map[string]string{"name": "Nowhere", "level": "thing"} {
		if _, err := skillfile.Read(bytes.NewReader(raw), skillfile.Options{Map: map[string]string{field: column}}); err == nil {
			t.Errorf("%s=%s was taken", field, column)
		}
	}
}

func TestLinesSetAsideSayWhyAndComeBack(t *testing.T) {
	long := strings.Repeat("x", 201)
	f := read(t, []byte("skill,aliases\nGo,Golang\n,nameless\n"+long+",\nListening,a,b\n=cmd,\n"), skillfile.Options{})
	if f.SetAside() != 3 || len(f.Entries) != 2 {
		t.Fatalf("%d set aside, %s", f.SetAside(), said(f))
	}
	for i, line := range []int{3, 4, 5} {
		if f.Problems[i].Line != line || f.Problems[i].Reason == "" {
			t.Errorf("problem %d is %s", i, f.Problems[i])
		}
	}
	var b bytes.Buffer
	if err := f.WriteSetAside(&b); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(strings.Replace(b.String(), "Listening,a,b", "Listening,a", 1))).ReadAll()
	if err != nil || len(lines) != 4 || lines[0][2] != skillfile.WhyColumn || lines[1][1] != "nameless" {
		t.Fatalf("%v %q", err, lines)
	}
	mended := strings.Replace(strings.Replace(b.String(), ",nameless,", "Named,nameless,", 1), "Listening,a,b,", "Listening,a;b,", 1)
	again := read(t, []byte(mended), skillfile.Options{})
	if !slices.ContainsFunc(again.Entries, func(e skillfile.Entry) bool { return e.Name == "Named" }) {
		t.Errorf("mended: %s, %v", said(again), again.Problems)
	}
}

// TestThePublishedFiles runs on the files of ESCO and O*NET themselves, from the folder that
// OWNWARD_TESTDATA names.
func TestThePublishedFiles(t *testing.T) {
	folder := os.Getenv("OWNWARD_TESTDATA")
	if folder == "" {
		t.Skip("OWNWARD_TESTDATA names no folder")
	}
	files, err := filepath.Glob(filepath.Join(folder, "skills", "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files of skills in %s (%v)", folder, err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := skillfile.Read(bytes.NewReader(raw), skillfile.Options{})
		if err != nil {
			t.Logf("%s: refused: %v", filepath.Base(name), err)
			continue
		}
		if len(f.Entries) == 0 || f.SetAside() > 0 {
			t.Errorf("%s: %d skills, %d set aside", filepath.Base(name), len(f.Entries), f.SetAside())
		}
		aliases := 0
		for _, e := range f.Entries {
			aliases += len(e.Aliases)
		}
		t.Logf("%s: %s, %d lines, %d skills, %d other names, %d set aside, %d passed over", filepath.Base(name), f.Form, f.Rows, len(f.Entries), aliases, f.SetAside(), f.Passed)
	}
}
