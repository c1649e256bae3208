// Package xlsxfile reads the words that stand in a spreadsheet: SpreadsheetML (.xlsx) as ECMA-376 part 1
// has it. Formulas, formats, links, pictures and macros are not looked at.
package xlsxfile

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits are the most that a spreadsheet may hold, whatever sizes it states.
type Limits struct {
	Members  int   // in the archive
	Unfolded int64 // bytes, of all members together
	Columns  int   // of a line; what stands further right is left out
	Cell     int   // bytes; what is longer is cut
	Shared   int   // words that several cells share
}

// Why a file is not read.
var (
	ErrDamaged = errors.New("the spreadsheet is damaged")
	ErrNoSheet = errors.New("a zip file that holds no spreadsheet")
	ErrTooMuch = errors.New("the spreadsheet unfolds to too much")
)

// IsOne tells of what a file begins with whether it may be a spreadsheet.
func IsOne(raw []byte) bool { return bytes.HasPrefix(raw, []byte("PK\x03\x04")) }

// Book is an open spreadsheet.
type Book struct {
	Sheets  []string // the names of those that hold cells, in their order
	members map[string]*zip.File
	parts   map[string]string // the member of each sheet
	shared  []string
	limits  Limits
}

// Open reads what a spreadsheet says of its sheets, and the words that they share.
//
// Errors: ErrDamaged, ErrNoSheet, ErrTooMuch.
func Open(raw []byte, limits Limits) (*Book, error) {
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	b := &Book{members: map[string]*zip.File{}, parts: map[string]string{}, limits: limits}
	if len(archive.File) > limits.Members {
		return nil, ErrTooMuch
	}
	left := limits.Unfolded
	for _, member := range archive.File {
		b.members[strings.ToLower(member.Name)] = member
		if member.UncompressedSize64 > uint64(limits.Unfolded) {
			return nil, ErrTooMuch
		}
		n, err := unfolded(member, left)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if left -= n; left < 0 {
			return nil, ErrTooMuch
		}
	}
	if b.members[workbookPart] == nil {
		return nil, ErrNoSheet
	}
	return b, b.readWorkbook()
}

// unfolded counts what a member unfolds to, a little further than what is left.
func unfolded(member *zip.File, left int64) (int64, error) {
	in, err := member.Open()
	if err != nil {
		return 0, err
	}
	defer in.Close()
	return io.Copy(io.Discard, io.LimitReader(in, left+1))
}

// The parts of a workbook that say where the others are (ECMA-376 part 2 has relationships).
const (
	workbookPart  = "xl/workbook.xml"
	relationsPart = "xl/_rels/workbook.xml.rels"
)

func (b *Book) readWorkbook() error {
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Type   string `xml:"Type,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := b.decode(relationsPart, &relations); err != nil {
		return err
	}
	parts, words := map[string]string{}, ""
	for _, r := range relations.All {
		part := path.Join("xl", r.Target)
		if strings.HasPrefix(r.Target, "/") {
			part = strings.TrimPrefix(path.Clean(r.Target), "/")
		}
		switch path.Base(r.Type) {
		case "worksheet":
			parts[r.ID] = part
		case "sharedStrings":
			words = part
		}
	}
	var book struct {
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := b.decode(workbookPart, &book); err != nil {
		return err
	}
	for _, s := range book.Sheets {
		for _, a := range s.Attrs {
			if part := parts[a.Value]; a.Name.Local == "id" && part != "" && b.parts[s.Name] == "" {
				b.Sheets, b.parts[s.Name] = append(b.Sheets, s.Name), part
			}
		}
	}
	if words == "" {
		return nil
	}
	return b.readShared(words)
}

func (b *Book) decode(part string, into any) error {
	in, err := b.open(part)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := xml.NewDecoder(in).Decode(into); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}

func (b *Book) open(part string) (io.ReadCloser, error) {
	member := b.members[strings.ToLower(part)]
	if member == nil {
		return nil, fmt.Errorf("%w: a part is missing", ErrDamaged)
	}
	in, err := member.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return in, nil
}

// readShared reads the words that cells share: <sst><si>...</si>...</sst>.
func (b *Book) readShared(part string) error {
	in, err := b.open(part)
	if err != nil {
		return err
	}
	defer in.Close()
	d := xml.NewDecoder(in)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "si" {
			if len(b.shared) == b.limits.Shared {
				return ErrTooMuch
			}
			words, err := b.text(d)
			if err != nil {
				return err
			}
			b.shared = append(b.shared, words)
		}
	}
}

// text is what stands in the t elements up to the end of the element that has begun. How a word is
// pronounced (rPh) is left out.
func (b *Book) text(d *xml.Decoder) (string, error) {
	var all strings.Builder
	within := false
	for depth := 1; depth > 0; {
		token, err := d.Token()
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "rPh" {
				if err := d.Skip(); err != nil {
					return "", fmt.Errorf("%w: %w", ErrDamaged, err)
				}
				continue
			}
			depth++
			within = t.Name.Local == "t"
		case xml.EndElement:
			depth--
			within = false
		case xml.CharData:
			if within && all.Len() < b.limits.Cell {
				all.Write(t)
			}
		}
	}
	return b.cut(unescaped(all.String())), nil
}

func (b *Book) cut(words string) string { return words[:min(len(words), b.limits.Cell)] }
