package brief

import (
	"cmp"
	"fmt"
	"strings"
	"sync"

	"github.com/signintech/gopdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// The page of A4, in points.
const (
	paperWidth, paperHeight = 595.0, 842.0
	paperMargin             = 54.0
	paperText               = paperWidth - 2*paperMargin
	paperFoot               = paperHeight - 48
)

// unknown stands where the font has no such character, so that nothing vanishes without a sign.
const unknown = '□'

// hasGlyph tells whether the font of the page has a character. The font is read at its first use.
var hasGlyph = sync.OnceValue(func() func(rune) bool {
	font, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		return func(rune) bool { return true }
	}
	var lock sync.Mutex
	var buffer sfnt.Buffer
	return func(r rune) bool {
		lock.Lock()
		defer lock.Unlock()
		at, err := font.GlyphIndex(&buffer, r)
		return err == nil && at != 0
	}
})

// piece is a text on the page in one size.
type piece struct {
	text   string
	size   float64
	bold   bool
	grey   bool
	indent float64
	before float64 // space above
	most   int     // lines; 0: as many as it has
	tag    tag     // a paragraph where it has none
}

// PDF is the page on one sheet of A4, with text that can be selected and searched. What does not
// fit is cut at a word, and the page says so, and where the whole stands.
func (a Ask) PDF() ([]byte, error) {
	var last []byte
	for _, most := range []int{0, 14, 10, 7, 5, 4, 3, 2, 1} {
		sheet, err := a.sheet(most)
		if err != nil {
			return nil, err
		}
		if sheet.y <= paperFoot-14 || most == 1 {
			if last, err = sheet.done(a); err != nil {
				return nil, err
			}
			return last, nil
		}
	}
	return last, nil
}

// sheet is a page that is being written.
type sheet struct {
	gopdf.GoPdf
	y            float64
	said         []said // what was written, in order
	cut, missing bool
}

func (a Ask) sheet(most int) (*sheet, error) {
	s := &sheet{y: paperMargin}
	s.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	for name, font := range map[string][]byte{"text": goregular.TTF, "bold": gobold.TTF} {
		if err := s.AddTTFFontData(name, font); err != nil {
			return nil, err
		}
	}
	s.SetInfo(gopdf.PdfInfo{Title: s.known(a.Text.What), Author: s.known(a.Owner.Name), Creator: "Ownward", Producer: "Ownward"})
	s.AddPage()
	for _, one := range a.pieces(most) {
		if err := s.write(one); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// pieces are the page from top to bottom; most is how many lines a text has at most.
func (a Ask) pieces(most int) []piece {
	all := []piece{{text: a.Standing(), size: 9, grey: true}, {text: a.Text.What, size: 17, bold: true, before: 4, most: min(4, max(most, 2)), tag: aTitle}}
	if by := a.Asked(); by != "" {
		all = append(all, piece{text: by, size: 10, before: 3})
	}
	proofs := func() {
		kept := a.Evidence
		if most > 0 {
			kept = kept[:min(len(kept), 2+most/2)]
		}
		for i, e := range kept {
			if i == 0 {
				all = append(all, heading("What speaks for it"))
			}
			all = append(all, piece{text: "–  " + a.Proof(e), size: 10, before: 1.5, most: linesOfProof(most), tag: anItem})
		}
		if len(kept) < len(a.Evidence) {
			all = append(all, piece{text: fmt.Sprintf("and %d more", len(a.Evidence)-len(kept)), size: 9, grey: true, before: 1.5})
		}
	}
	for i, block := range a.Blocks {
		all = append(all, heading(block.Title), piece{text: block.Words, size: 10, before: 1.5, most: most})
		if i == 0 && block.Title == "Why" {
			proofs()
		}
	}
	if len(a.Blocks) == 0 || a.Blocks[0].Title != "Why" {
		proofs()
	}
	return all
}

func linesOfProof(most int) int {
	if most == 0 {
		return 0
	}
	return max(1, most/3)
}

func heading(text string) piece {
	return piece{text: text, size: 9, bold: true, grey: true, before: 9, tag: aHeading}
}

// write puts a text on the page, line by line.
func (s *sheet) write(p piece) error {
	font := "text"
	if p.bold {
		font = "bold"
	}
	if err := s.SetFont(font, "", p.size); err != nil {
		return err
	}
	s.SetTextColor(26, 26, 24)
	if p.grey {
		s.SetTextColor(96, 94, 88)
	}
	lines, err := s.lines(s.known(p.text), p.most)
	if len(lines) > 0 {
		s.said = append(s.said, said{cmp.Or(p.tag, aParagraph), len(lines)})
	}
	s.y += p.before
	for _, line := range lines {
		s.SetXY(paperMargin+p.indent, s.y)
		if err := s.Cell(nil, line+" "); err != nil { // or who hears it hears two words as one
			return err
		}
		s.y += p.size * 1.36
	}
	return err
}

// known is a text as it is on paper.
func (s *sheet) known(text string) string {
	shown := OnPaper(text)
	s.missing = s.missing || strings.Count(shown, string(unknown)) > strings.Count(text, string(unknown))
	return shown
}

// OnPaper is a text in the characters of the font, with a sign in the place of each that it lacks.
func OnPaper(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || hasGlyph()(r):
			return r
		case r == '\t' || r == '\r':
			return ' '
		case r >= 0xfe00 && r <= 0xfe0f || r == 0x200d || r == 0xad:
			return -1 // says how the character before it looks, and is none
		}
		return unknown
	}, text)
}

// lines breaks a text at its words. A text that is longer than it may be ends at a word.
func (s *sheet) lines(text string, most int) ([]string, error) {
	var all []string
	for _, paragraph := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			longer := strings.TrimSpace(line + " " + word)
			wide, err := s.MeasureTextWidth(longer)
			if err != nil {
				return nil, err
			}
			if wide <= paperText {
				line = longer
				continue
			}
			if line != "" {
				all = append(all, line)
			}
			if line, err = s.broken(word, &all); err != nil {
				return nil, err
			}
		}
		if line != "" {
			all = append(all, line)
		}
	}
	if most > 0 && len(all) > most {
		all = all[:most]
		all[most-1] = shortened(all[most-1])
		s.cut = true
	}
	return all, nil
}

// broken puts a word that is wider than the page on as many lines as it takes, and gives the last.
func (s *sheet) broken(word string, all *[]string) (string, error) {
	line := ""
	for _, r := range word {
		wide, err := s.MeasureTextWidth(line + string(r))
		if err != nil {
			return "", err
		}
		if wide > paperText {
			*all = append(*all, line)
			line = ""
		}
		line += string(r)
	}
	return line, nil
}

// shortened is a line that says that it goes on, cut at a word.
func shortened(line string) string {
	if at := strings.LastIndexByte(line, ' '); at > len(line)/2 {
		line = line[:at]
	}
	return strings.TrimRight(line, ",;:. ") + " …"
}

// done writes the foot of the page, and what the library does not say of the document.
func (s *sheet) done(a Ask) ([]byte, error) {
	foot := "Made with Ownward"
	if a.Version > 0 && !a.SentAt.IsZero() {
		foot = fmt.Sprintf("Version %d, as it was sent", a.Version)
	}
	if s.cut {
		foot += ". Cut to fit one page: the whole stands on the page of this ask in Ownward"
	}
	if s.missing {
		foot += ". □ stands for a character that this font does not have"
	}
	s.y = paperFoot
	if err := s.write(piece{text: foot + ".", size: 8, grey: true, most: 2}); err != nil {
		return nil, err
	}
	whole, err := s.GetBytesPdfReturnErr()
	if err != nil {
		return nil, err
	}
	return tagged(whole, s.said)
}
