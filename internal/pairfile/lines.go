package pairfile

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// lines reads a CSV line by line into cells that are good until the next line.
type lines struct {
	file    *counted
	in      *bufio.Reader
	comma   byte
	column  []int // of each field its column, or -1
	cells   [][]byte
	buffer  []byte
	line    int
	problem string // with this line, in words for people
	err     error
}

const longest = 1 << 20 // bytes of a line

// open reads the header: the columns must be there by name, in any order, the others may.
func open(s Source, must, may []string) (*lines, error) {
	file := &counted{Reader: s}
	in := bufio.NewReaderSize(file, 1<<16)
	if start, _ := in.Peek(2); bytes.Equal(start, []byte{0x1f, 0x8b}) {
		unzipped, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		in = bufio.NewReaderSize(unzipped, 1<<16)
	}
	if start, _ := in.Peek(3); bytes.Equal(start, []byte{0xEF, 0xBB, 0xBF}) {
		if _, err := in.Discard(3); err != nil {
			return nil, err
		}
	}
	l := &lines{file: file, in: in, comma: ','}
	text, some := l.read()
	if !some {
		return nil, cmp.Or(l.err, errors.New("the file is empty"))
	}
	if !bytes.ContainsRune(text, ',') {
		for _, other := range []byte{';', '\t'} {
			if bytes.IndexByte(text, other) >= 0 {
				l.comma = other
			}
		}
	}
	l.split(text)
	for n, field := range slices.Concat(must, may) {
		at := slices.IndexFunc(l.cells, func(c []byte) bool { return strings.EqualFold(string(c), field) })
		if at < 0 && n < len(must) {
			return nil, fmt.Errorf("the first line has no column %q; it should name %s", field, strings.Join(must, ", "))
		}
		l.column = append(l.column, at)
	}
	return l, nil
}

// counted counts the bytes of a file, as they stand there.
type counted struct {
	io.Reader
	bytes int64
}

func (c *counted) Read(p []byte) (n int, err error) {
	n, err = c.Reader.Read(p)
	c.bytes += int64(n)
	return n, err
}

// expect is how many pairs there should be room for after so many: twice as many, or, when there are enough to
// judge by, a little more than if a file of this size goes on as so far.
func (l *lines) expect(pairs int, size int64) int {
	if pairs < 1<<20 || size < l.file.bytes {
		return max(1<<16, 2*pairs)
	}
	all := 1.03 * float64(pairs) * float64(size) / float64(l.file.bytes)
	return int(max(all, 1.1*float64(pairs)))
}

// next reads a line that is not empty.
func (l *lines) next() bool {
	for {
		text, some := l.read()
		if !some {
			return false
		}
		if len(bytes.TrimSpace(text)) > 0 {
			l.problem = ""
			l.split(text)
			return true
		}
	}
}

// read is a line without its end.
func (l *lines) read() ([]byte, bool) {
	text, err := l.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		l.buffer = append(l.buffer[:0], text...)
		for errors.Is(err, bufio.ErrBufferFull) && len(l.buffer) < longest {
			text, err = l.in.ReadSlice('\n')
			l.buffer = append(l.buffer, text...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			l.err = fmt.Errorf("line %d has no end: is this a CSV file?", l.line+1)
			return nil, false
		}
		text = l.buffer
	}
	if err != nil && !errors.Is(err, io.EOF) {
		l.err = fmt.Errorf("after line %d: %w", l.line, err)
		return nil, false
	}
	if len(text) == 0 {
		return nil, false
	}
	l.line++
	return bytes.TrimRight(text, "\r\n"), true
}

// split finds the cells of a line.
func (l *lines) split(text []byte) {
	l.cells = l.cells[:0]
	if !utf8.Valid(text) {
		l.problem = "this line is not in UTF-8."
	}
	for {
		var cell []byte
		var more bool
		if trimmed := bytes.TrimLeft(text, " "); len(trimmed) > 0 && trimmed[0] == '"' {
			cell, text, more = l.unquote(trimmed[1:])
		} else if at := bytes.IndexByte(text, l.comma); at >= 0 {
			cell, text, more = bytes.TrimSpace(text[:at]), text[at+1:], true
		} else {
			cell = bytes.TrimSpace(text)
		}
		l.cells = append(l.cells, cell)
		if !more {
			return
		}
	}
}

// unquote reads a cell after its first quotation mark.
func (l *lines) unquote(text []byte) (cell, rest []byte, more bool) {
	for {
		at := bytes.IndexByte(text, '"')
		if at < 0 {
			l.problem = "a quotation mark is not closed on this line."
			return append(cell, text...), nil, false
		}
		cell = append(cell, text[:at]...)
		text = text[at+1:]
		if len(text) > 0 && text[0] == '"' {
			cell, text = append(cell, '"'), text[1:]
			continue
		}
		text = bytes.TrimLeft(text, " ")
		if len(text) > 0 && text[0] == l.comma {
			return cell, text[1:], true
		}
		if len(text) > 0 {
			l.problem = "something stands after a closing quotation mark."
		}
		return cell, nil, false
	}
}

// has says whether the file has the column of a field.
func (l *lines) has(field int) bool { return l.column[field] >= 0 }

// cell is that of a field, empty where the line ends before.
func (l *lines) cell(field int) []byte {
	if at := l.column[field]; at >= 0 && at < len(l.cells) {
		return l.cells[at]
	}
	return nil
}
