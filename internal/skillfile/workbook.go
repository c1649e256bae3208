package skillfile

import (
	"errors"
	"io"

	"github.com/ownward/ownward/internal/xlsxfile"
)

// workbookLimits are what a spreadsheet may hold. The largest of O*NET's unfolds to some 80 MB.
var workbookLimits = xlsxfile.Limits{Members: 2000, Unfolded: 160 << 20, Columns: mostColumns, Cell: 64 << 10, Shared: 2_000_000}

const mostSheets = 20

// workbook gives the lines of one sheet of a spreadsheet.
type workbook struct {
	book *xlsxfile.Book
	rows *xlsxfile.Rows
	read int // lines so far
}

// openWorkbook finds the sheet whose header says most.
func (f *File) openWorkbook(raw []byte, mapping map[string]string) (source, error) {
	book, err := xlsxfile.Open(raw, workbookLimits)
	if err != nil {
		return nil, unlike(err)
	}
	w := &workbook{book: book}
	f.Form, f.Encoding = "spreadsheet", "a spreadsheet (.xlsx)"
	sheet, at, err := w.bestSheet(f, mapping)
	if err == nil && sheet == "" {
		err = unreadable("The spreadsheet is empty.")
	}
	if err == nil {
		err = w.begin(sheet, at)
	}
	if err == nil {
		err = f.assign(mapping)
	}
	if err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

// bestSheet is the sheet, and the line in it, of the best header.
func (w *workbook) bestSheet(f *File, mapping map[string]string) (sheet string, at int, err error) {
	score := -1
	for _, name := range w.book.Sheets[:min(len(w.book.Sheets), mostSheets)] {
		if err := w.begin(name, 0); err != nil {
			return "", 0, err
		}
		for range headerSearch {
			line, cells, ok, err := w.next()
			if err != nil {
				return "", 0, err
			}
			if !ok || line > headerSearch {
				break
			}
			if s := recognised(cells, mapping); s > score && !blank(cells) {
				sheet, at, score, f.Header = name, line, s, names(cells)
			}
		}
	}
	return sheet, at, nil
}

// begin goes to what follows the given line of a sheet.
func (w *workbook) begin(sheet string, after int) (err error) {
	w.close()
	if w.rows, err = w.book.Rows(sheet); err != nil {
		return unlike(err)
	}
	for w.read = 0; after > 0; {
		line, _, ok, err := w.next()
		if err != nil || !ok || line >= after {
			return err
		}
	}
	return nil
}

func (w *workbook) next() (line int, cells []string, ok bool, err error) {
	line, cells, err = w.rows.Next()
	switch {
	case errors.Is(err, io.EOF):
		return 0, nil, false, nil
	case err != nil:
		return 0, nil, false, unlike(err)
	}
	if w.read++; w.read > mostRows+headerSearch {
		return 0, nil, false, unreadable("The file has more than %d lines. Please bring it in in parts.", mostRows)
	}
	return line, cells, true, nil
}

func (w *workbook) close() {
	if w.rows != nil {
		_ = w.rows.Close() // nothing was written to it
	}
}

// unlike says for people why a file is not read as a spreadsheet.
func unlike(err error) error {
	switch {
	case errors.Is(err, xlsxfile.ErrTooMuch):
		return unreadable("This spreadsheet unfolds to more than the %d MB that a list of skills may have.", workbookLimits.Unfolded>>20)
	case errors.Is(err, xlsxfile.ErrNoSheet):
		return unreadable("This is a zip file, not a spreadsheet. Unpack it, and bring in the list of skills that it holds.")
	}
	return unreadable("This spreadsheet is damaged and cannot be read. Open it, save it anew as .xlsx, and bring that in.")
}
