package skillfile

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// What a spreadsheet may unfold to. The largest of O*NET's unfolds to some 80 MB.
const (
	mostUnfolded  = 160 << 20
	mostMembers   = 2000
	inMemory      = 8 << 20 // a larger sheet is unfolded to a temporary file
	mostSheets    = 20
	mostCellBytes = 64 << 10
)

func isWorkbook(raw []byte) bool { return bytes.HasPrefix(raw, []byte("PK\x03\x04")) }

// workbook gives the lines of one sheet of a spreadsheet.
type workbook struct {
	file *excelize.File
	rows *excelize.Rows
	line int
}

// openWorkbook finds the sheet whose header says most.
func (f *File) openWorkbook(raw []byte, mapping map[string]string) (source, error) {
	if err := measured(raw); err != nil {
		return nil, err
	}
	w := &workbook{}
	if err := guarded(func() (err error) {
		w.file, err = excelize.OpenReader(bytes.NewReader(raw), excelize.Options{UnzipSizeLimit: mostUnfolded, UnzipXMLSizeLimit: inMemory})
		return err
	}); err != nil {
		return nil, err
	}
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
	sheets := w.file.GetSheetList()
	for _, name := range sheets[:min(len(sheets), mostSheets)] {
		if err := w.begin(name, 0); err != nil {
			continue // a chart has no lines
		}
		for range headerSearch {
			line, cells, ok, err := w.next()
			if err != nil {
				return "", 0, err
			}
			if !ok {
				break
			}
			if s := recognised(cells, mapping); s > score && !blank(cells) {
				sheet, at, score, f.Header = name, line, s, names(cells)
			}
		}
	}
	return sheet, at, nil
}

// begin goes to the line after the given one of a sheet.
func (w *workbook) begin(sheet string, after int) error {
	if w.rows != nil {
		_ = w.rows.Close() // the temporary file goes with the workbook
		w.rows = nil
	}
	if err := guarded(func() (err error) { w.rows, err = w.file.Rows(sheet); return err }); err != nil {
		return err
	}
	for w.line = 0; w.line < after; {
		if _, _, ok, err := w.next(); err != nil || !ok {
			return err
		}
	}
	return nil
}

func (w *workbook) next() (line int, cells []string, ok bool, err error) {
	err = guarded(func() error {
		if ok = w.rows.Next(); !ok {
			return w.rows.Error()
		}
		w.line++
		cells, err = w.rows.Columns(excelize.Options{RawCellValue: true})
		return err
	})
	if w.line > mostRows+headerSearch {
		err = unreadable("The file has more than %d lines. Please bring it in in parts.", mostRows)
	}
	for i := range cells {
		if len(cells[i]) > mostCellBytes {
			cells[i] = cells[i][:mostCellBytes]
		}
	}
	return w.line, cells, ok && err == nil, err
}

func (w *workbook) close() {
	if w.rows != nil {
		_ = w.rows.Close()
	}
	if w.file != nil {
		_ = w.file.Close() // nothing was written to it
	}
}

// guarded says of whatever the library stumbles over that the file cannot be read: a file from
// elsewhere is no reason to fall.
func guarded(do func() error) (err error) {
	defer func() {
		if fell := recover(); fell != nil {
			err = unreadable("This spreadsheet is damaged and cannot be read. Open it, save it anew, and bring that in.")
		}
	}()
	if err := do(); err != nil {
		if own, ok := err.(*ReadError); ok {
			return own
		}
		return unreadable("This spreadsheet cannot be read. Open it, save it anew as .xlsx, and bring that in.")
	}
	return nil
}

// measured refuses what unfolds to more than a list of skills can be, whatever sizes it states.
func measured(raw []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return unreadable("This spreadsheet is damaged and cannot be read. Open it, save it anew, and bring that in.")
	}
	if len(archive.File) > mostMembers {
		return tooMuch()
	}
	sheets, left := false, int64(mostUnfolded)
	for _, member := range archive.File {
		sheets = sheets || member.Name == "xl/workbook.xml"
		if member.UncompressedSize64 > mostUnfolded {
			return tooMuch()
		}
		n, err := unfolded(member, left)
		if err != nil {
			return unreadable("This spreadsheet is damaged and cannot be read. Open it, save it anew, and bring that in.")
		}
		if left -= n; left < 0 {
			return tooMuch()
		}
	}
	if !sheets {
		return unreadable("This is a zip file, not a spreadsheet. Unpack it, and bring in the list of skills that it holds.")
	}
	return nil
}

func tooMuch() error {
	return unreadable("This spreadsheet unfolds to more than the %d MB that a list of skills may have.", mostUnfolded>>20)
}

func unfolded(member *zip.File, left int64) (int64, error) {
	in, err := member.Open()
	if err != nil {
		return 0, fmt.Errorf("open a member: %w", err)
	}
	defer in.Close()
	return io.Copy(io.Discard, io.LimitReader(in, left+1))
}
