package peoplefile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestExportsOfUsualSystemsImportAsTheyAre(t *testing.T) {
	for _, test := range []struct {
		file, encoding, counts, lines string
		asGiven                       bool
		name                          string
		values                        map[Field]string
	}{
		{
			"bamboohr.csv", "UTF-8", "new 4 changed 0 leaving 0 unchanged 0 skipped 1 repeated 0 aside 0",
			"Adaeze Okafor < -\nMina Brandt < Adaeze Okafor\nTiago Sousa < Mina Brandt\nRami Haddad < Mina Brandt", true,
			"Tiago Sousa", map[Field]string{Number: "3", Email: "tiago@lumen.example", FirstName: "Tiago", Title: "Designer", Department: "Product",
				Location: "Porto", Kind: "Part-Time", Start: "2020-11-20", Status: Active},
		},
		{
			"hibob.csv", "UTF-8 with BOM", "new 4 changed 0 leaving 0 unchanged 0 skipped 0 repeated 0 aside 0",
			"Noor Verhage < -\nJan de Wit < Noor Verhage\nJan de Wit < Noor Verhage\nSanne Bos < Jan de Wit", true,
			"Sanne Bos", map[Field]string{Number: "T-04", Location: "Utrecht", Start: "2023-02-28", Kind: "Temporary"},
		},
		{
			"personio-de.csv", "Windows-1252", "new 3 changed 0 leaving 0 unchanged 0 skipped 1 repeated 0 aside 0",
			"Käthe Müller-Groß < -\nJürgen Öztürk < Käthe Müller-Groß\nBärbel Weiß < Käthe Müller-Groß", true,
			"Bärbel Weiß", map[Field]string{Number: "1003", Title: "Buchhalterin", Department: "Verwaltung", Location: "Stralsund", Start: "2017-10-01", Kind: "Teilzeit"},
		},
		{
			"workday.csv", "UTF-8", "new 3 changed 0 leaving 0 unchanged 0 skipped 0 repeated 0 aside 0",
			"Priya Raman < -\nOwen Clarke < Priya Raman\nZofia Lis < Owen Clarke", true,
			"Zofia Lis", map[Field]string{ID: "21003", Title: "Nurse", Level: "4 Individual Contributor", Kind: "Contingent Worker", FirstName: "Zofia", Status: Active},
		},
		{
			"entra.csv", "UTF-16 LE", "new 2 changed 0 leaving 0 unchanged 0 skipped 1 repeated 0 aside 0",
			"Lena Dahl < -\nArne Vik < Lena Dahl", true,
			"Arne Vik", map[Field]string{ID: "6f9c1d1e-0002", Account: "arne_vik@fjord.onmicrosoft.example", Email: "", FirstName: "Arne", Location: "Bergen"},
		},
		{
			"orgchart.csv", "UTF-8", "new 3 changed 0 leaving 0 unchanged 0 skipped 0 repeated 0 aside 0",
			"Ruth Amsel < -\nHal Finch < Ruth Amsel\nIda Wren < Hal Finch", false,
			"Ida Wren", map[Field]string{ID: "3", Account: "IWREN", Email: "", FirstName: "Ida", Title: "Programmer", Department: "IT", Start: "2006-02-02"},
		},
	} {
		t.Run(test.file, func(t *testing.T) {
			f := readFixture(t, test.file)
			if f.Encoding != test.encoding {
				t.Errorf("read as %s", f.Encoding)
			}
			w := &world{t: t}
			d := w.compare(f, false)
			w.apply(d)
			wantCounts(t, d, test.counts)
			wantLines(t, w, test.lines)
			if d.AsGiven() != test.asGiven {
				t.Errorf("all as given: %v\n%s", d.AsGiven(), problems(d))
			}
			for field, want := range test.values {
				if got := w.named(test.name).Values[field]; got != want {
					t.Errorf("%s of %s is %q, not %q", field, test.name, got, want)
				}
			}
			if d = w.compare(readFixture(t, test.file), false); len(d.People) != 0 {
				t.Errorf("the same file again touches %d people: %v", len(d.People), d.People[0].Changes)
			}
		})
	}
}

// outside reads a file that others made, from the folder that OWNWARD_TESTDATA names.
func outside(t *testing.T, name string) *File {
	t.Helper()
	folder := os.Getenv("OWNWARD_TESTDATA")
	if folder == "" {
		t.Skip("OWNWARD_TESTDATA names no folder")
	}
	file, err := os.Open(filepath.Join(folder, "hris", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	f, err := Read(file, Options{Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAnOrgChartOfOthersImports(t *testing.T) {
	f := outside(t, "orgchart-107.csv")
	w := &world{t: t}
	d := w.compare(f, false)
	w.apply(d)
	wantCounts(t, d, "new 107 changed 0 leaving 0 unchanged 0 skipped 0 repeated 0 aside 0")
	wantProblem(t, d, 2, "email", "SKING", "kept as the account name", Altered)
	if d.Altered != 107 || d.NoEmail != 107 {
		t.Errorf("%d rows altered, %d without e-mail", d.Altered, d.NoEmail)
	}
	tops := 0
	for _, k := range w.known {
		if k.Manager == "" {
			tops++
		}
	}
	if tops != 1 || w.named("Steven King").Manager != "" {
		t.Errorf("%d people stand under nobody", tops)
	}
	if k := w.named("Lex De Haan"); k.Values[Account] != "LDEHAAN" || k.Values[Start] != "2001-02-12" || k.Values[Department] != "Executive" {
		t.Errorf("Lex De Haan: %q", k.Values)
	}
	if d = w.compare(f, true); len(d.People) != 0 {
		t.Errorf("again, complete: %d touched", len(d.People))
	}
}

func TestAFileWithReusedIdsImportsWhatIsClear(t *testing.T) {
	f := outside(t, "entra-employeeData-quoted.csv")
	w := &world{t: t}
	d := w.compare(f, false)
	w.apply(d)
	// 332 rows; 44 ids stand for two or three people each, in 93 rows.
	if d.Rows != 332 || d.SetAside != 93 || d.New+d.Skipped != 239 || d.Repeated != 0 {
		t.Errorf("%+v", *d)
	}
	wantProblem(t, d, 2, "WorkerID", "1513", "to different people", SetAside)
	wantProblem(t, d, 3, "ManagerID", "1535", "Genevra Melony stands under nobody", Altered)
	if d = w.compare(f, false); len(d.People) != 0 {
		t.Errorf("again: %d touched", len(d.People))
	}
	var out strings.Builder
	if err := d.WriteSetAside(&out, f); err != nil {
		t.Fatal(err)
	}
	if again := read(t, out.String()); len(again.Rows) != 93 || again.Columns[ID] != f.Columns[ID] {
		t.Errorf("the rows set aside: %d", len(again.Rows))
	}
}

func TestAFileWithCRLFAndAnUnknownManagerImports(t *testing.T) {
	f := outside(t, "entra-5-records.csv")
	w := &world{t: t}
	d := w.compare(f, false)
	w.apply(d)
	wantCounts(t, d, "new 5 changed 0 leaving 0 unchanged 0 skipped 0 repeated 0 aside 0")
	wantProblem(t, d, 2, "ManagerID", "1684", "Talya Fleeta stands under nobody", Altered)
	wantLines(t, w, "Talya Fleeta < -", "Myriam Durware < Talya Fleeta", "Ginnie Fadiman < Talya Fleeta", "Genevra Melony < Talya Fleeta", "Nyssa Roscoe < Talya Fleeta")
	if k := w.named("Myriam Durware"); k.Values[Kind] != "Contractor" || k.Values[Account] != "EMP1727" || k.Values[Title] != "Vice President" || k.Values[Location] != "Europe" {
		t.Errorf("%q", k.Values)
	}
}
