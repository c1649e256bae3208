package csvfile

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Encoding is how the letters of a file were written.
type Encoding struct {
	Name string // for people: "UTF-8", "Windows-1252", ...
	Mark bool   // a copy in UTF-8 needs a byte order mark for the spreadsheet that wrote the original
}

// Decode turns the bytes of a file into text. Bad sequences stay as they are, so that the cell
// that holds them can be named. The error is an OtherFormat.
func Decode(raw []byte) (string, Encoding, error) {
	if kind := otherFormat(raw); kind != "" {
		return "", Encoding{}, OtherFormat(kind)
	}
	switch {
	case bytes.HasPrefix(raw, []byte{0xEF, 0xBB, 0xBF}):
		return string(raw[3:]), Encoding{"UTF-8 with BOM", true}, nil
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}):
		return fromUTF16(raw[2:], binary.LittleEndian), Encoding{"UTF-16 LE", true}, nil
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		return fromUTF16(raw[2:], binary.BigEndian), Encoding{"UTF-16 BE", true}, nil
	}
	if order := unmarkedUTF16(raw); order != nil {
		return fromUTF16(raw, order), Encoding{"UTF-16", true}, nil
	}
	if !looksLikeUTF8(raw) {
		text, err := charmap.Windows1252.NewDecoder().Bytes(raw)
		return string(text), Encoding{"Windows-1252", true}, err
	}
	return string(raw), Encoding{"UTF-8", false}, nil
}

// OtherFormat is an error that says, in words for people, what a file is that is no CSV.
type OtherFormat string

func (kind OtherFormat) Error() string {
	return "This is " + string(kind) + ", not a CSV file. Open it there and save it as CSV (UTF-8), then import that."
}

func otherFormat(raw []byte) string {
	for prefix, kind := range map[string]string{
		"PK\x03\x04":               "a spreadsheet or another zip file",
		"\xD0\xCF\x11\xE0\xA1\xB1": "an old Excel workbook",
		"%PDF-":                    "a PDF",
		"\x1F\x8B":                 "a gzip file",
	} {
		if bytes.HasPrefix(raw, []byte(prefix)) {
			return kind
		}
	}
	start := bytes.ToLower(bytes.TrimSpace(raw[:min(len(raw), 200)]))
	if bytes.HasPrefix(start, []byte("<!doctype")) || bytes.HasPrefix(start, []byte("<html")) {
		return "a web page"
	}
	return ""
}

// unmarkedUTF16 recognises UTF-16 without a mark by the zero bytes of its Latin letters.
func unmarkedUTF16(raw []byte) binary.ByteOrder {
	sample := raw[:min(len(raw)&^1, 4096)]
	if len(sample) < 8 {
		return nil
	}
	var even, odd int
	for i := 0; i < len(sample); i += 2 {
		if sample[i] == 0 {
			even++
		}
		if sample[i+1] == 0 {
			odd++
		}
	}
	pairs := len(sample) / 2
	switch {
	case odd > pairs*6/10 && even < pairs/10:
		return binary.LittleEndian
	case even > pairs*6/10 && odd < pairs/10:
		return binary.BigEndian
	}
	return nil
}

func fromUTF16(raw []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	text := make([]byte, 0, len(raw))
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		if utf16.IsSurrogate(r) && i+1 < len(units) {
			if pair := utf16.DecodeRune(r, rune(units[i+1])); pair != utf8.RuneError {
				r = pair
				i++
			}
		}
		text = utf8.AppendRune(text, r)
	}
	return string(text)
}

// looksLikeUTF8 is true for valid UTF-8, and for UTF-8 with a few bytes spoilt: where the
// sequences that make sense are as many as the bytes that do not, one of them being there by
// chance is out of the question.
func looksLikeUTF8(raw []byte) bool {
	if utf8.Valid(raw) {
		return true
	}
	var good, bad int
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		i += size
	}
	return good >= bad
}
