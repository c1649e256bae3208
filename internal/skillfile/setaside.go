package skillfile

import (
	"encoding/csv"
	"io"
	"slices"

	"github.com/ownward/ownward/internal/csvfile"
)

// WhyColumn is the header of the column that says why a line was set aside.
const WhyColumn = "Why it was set aside"

// WriteSetAside writes the lines that were set aside as CSV, with one more column that says why.
// Mended, it can be brought in as it is.
func (f *File) WriteSetAside(w io.Writer) error {
	out := csv.NewWriter(w)
	header := f.Header
	if at := slices.Index(header, WhyColumn); at >= 0 {
		header = header[:at] // lines set aside before, brought in again
	}
	if err := out.Write(append(slices.Clone(header), WhyColumn)); err != nil {
		return err
	}
	for _, p := range f.Problems {
		if !p.SetAside {
			continue
		}
		cells := make([]string, max(len(header), len(p.cells)), len(p.cells)+len(header)+1)
		for i, cell := range p.cells {
			if cells[i] = cell; csvfile.IsFormula(cell) {
				cells[i] = "'" + cell
			}
		}
		if len(p.cells) > len(header) && blank(p.cells[min(len(f.Header), len(p.cells)):]) {
			cells = cells[:len(header)]
		}
		if err := out.Write(append(cells, p.Reason)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
