package xlsxfile_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/ownward/ownward/internal/xlsxfile"
)

var limits = xlsxfile.Limits{Members: 50, Unfolded: 1 << 20, Columns: 30, Cell: 1000, Shared: 1000}

// lines reads all of a sheet: the cells by the number of their line.
func lines(t *testing.T, b *xlsxfile.Book, sheet string) map[int][]string {
	t.Helper()
	rows, err := b.Rows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[int][]string{}
	for {
		line, cells, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(cells) > 0 {
			all[line] = cells
		}
	}
}

// book makes an archive of these members.
func book(t *testing.T, members map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(members)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(members[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// byHand is a workbook as others write it: an absolute target, a chart among the sheets, words in runs
// and with their pronunciation, rows and cells that do not say where they stand.
var byHand = map[string]string{
	"xl/workbook.xml": `<?xml version="1.0" encoding="UTF-8"?>
<x:workbook xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<x:sheets><x:sheet name="A chart" sheetId="1" r:id="c"/><x:sheet name="Skills" sheetId="2" r:id="s"/></x:sheets></x:workbook>`,
	"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet" Target="chartsheets/sheet1.xml"/>
<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/Worksheets/skills.xml"/>
<Relationship Id="w" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>
</Relationships>`,
	"xl/sharedStrings.xml": `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Mending</t></si>
<si><r><t>Two </t></r><r><rPr><b/></rPr><t xml:space="preserve">runs</t></r><rPh sb="0" eb="1"><t>spoken</t></rPh></si></sst>`,
	"xl/worksheets/skills.xml": `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="2"><c r="B2" t="s"><v>0</v></c><c t="s"><v>1</v></c><c r="F2" t="s"><v>9</v></c></row>
<row><c t="inlineStr"><is><t>of its own</t></is></c><c><f>1+1</f><v>2</v></c><c t="str"><f>A()</f><v>a_x0009_b_x_c</v></c><c t="b"><v>1</v></c></row>
<row r="9"><c r="XFD9"><v>far</v></c></row>
<row r="12"><c r="A12"><v>4.12</v></c></row>
</sheetData></worksheet>`,
}

func TestASheetIsReadAsItIsStored(t *testing.T) {
	b, err := xlsxfile.Open(book(t, byHand), limits)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Skills"}; !slices.Equal(b.Sheets, want) {
		t.Errorf("the sheets are %q, want %q", b.Sheets, want)
	}
	want := map[int][]string{2: {"", "Mending", "Two runs"}, 3: {"of its own", "2", "a\tb_x_c", "1"}, 12: {"4.12"}}
	if got := lines(t, b, "Skills"); !reflect.DeepEqual(got, want) {
		t.Errorf("the sheet is\n%v, want\n%v", got, want)
	}
}

func TestWhatIsNoSpreadsheetIsSaid(t *testing.T) {
	without := func(part string) map[string]string {
		m := maps.Clone(byHand)
		delete(m, part)
		return m
	}
	broken := maps.Clone(byHand)
	broken["xl/sharedStrings.xml"] = "<sst><si><t>open"
	large := maps.Clone(byHand)
	large["xl/media/image1.png"] = strings.Repeat("x", 2<<20)
	wordy := maps.Clone(byHand)
	wordy["xl/sharedStrings.xml"] = "<sst>" + strings.Repeat("<si/>", 1001) + "</sst>"
	for name, c := range map[string]struct {
		raw  []byte
		want error
	}{
		"no zip":                {[]byte("PK\x03\x04 and nothing"), xlsxfile.ErrDamaged},
		"another zip":           {book(t, map[string]string{"notes.txt": "hello"}), xlsxfile.ErrNoSheet},
		"no relations":          {book(t, without("xl/_rels/workbook.xml.rels")), xlsxfile.ErrDamaged},
		"no shared words":       {book(t, without("xl/sharedStrings.xml")), xlsxfile.ErrDamaged},
		"words that do not end": {book(t, broken), xlsxfile.ErrDamaged},
		"too large":             {book(t, large), xlsxfile.ErrTooMuch},
		"too many words":        {book(t, wordy), xlsxfile.ErrTooMuch},
	} {
		if _, err := xlsxfile.Open(c.raw, limits); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	half := maps.Clone(byHand)
	half["xl/worksheets/skills.xml"] = "<worksheet><sheetData><row><c><v>1</v>"
	b, err := xlsxfile.Open(book(t, half), limits)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := b.Rows("Skills")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := rows.Next(); !errors.Is(err, xlsxfile.ErrDamaged) {
		t.Errorf("half a sheet: %v", err)
	}
}

// TestItReadsWhatAnotherLibraryWrites holds the reader against a writer of spreadsheets, over sheets
// of random words.
func TestItReadsWhatAnotherLibraryWrites(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	words := []string{"", "Mending nets", " two  spaces ", "a_b", "x < y & \"z\"", "línea\nnueva", "7", "4.125", "数え方", "tab\there"}
	for range 30 {
		f := excelize.NewFile()
		want := map[int][]string{}
		for line := 1; line <= 12; line++ {
			for column := 1; column <= 6; column++ {
				word := words[random.IntN(len(words))]
				at, err := excelize.CoordinatesToCellName(column, line)
				if err != nil {
					t.Fatal(err)
				}
				if word == "" || random.IntN(3) == 0 {
					continue
				}
				if err := f.SetCellStr("Sheet1", at, word); err != nil {
					t.Fatal(err)
				}
				for len(want[line]) < column {
					want[line] = append(want[line], "")
				}
				want[line][column-1] = word
			}
		}
		raw, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		b, err := xlsxfile.Open(raw.Bytes(), limits)
		if err != nil {
			t.Fatal(err)
		}
		got := lines(t, b, "Sheet1")
		for line := range 13 {
			if !slices.Equal(got[line], want[line]) {
				t.Fatalf("line %d is %q, want %q", line, got[line], want[line])
			}
		}
	}
}
