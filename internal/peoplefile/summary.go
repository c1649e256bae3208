package peoplefile

import (
	"fmt"
	"strconv"
	"strings"
)

// Summary says on one line what comes of the file.
func (d *Difference) Summary() string {
	parts := []string{
		Count(d.New) + " new", Count(d.Changed) + " changed", Count(d.Leaving) + " leaving", Count(d.Unchanged) + " unchanged",
	}
	for _, one := range []struct {
		n    int
		what string
	}{
		{d.Skipped, "inactive and not brought in"},
		{d.Repeated, "repeated word for word"},
		{d.SetAside, "set aside"},
		{d.Altered, "not quite as the file says"},
		{d.KeptByHand, "kept as changed by hand"},
		{d.NoEmail, "without an e-mail to sign in"},
	} {
		if one.n > 0 {
			parts = append(parts, Count(one.n)+" "+one.what)
		}
	}
	rows := Count(d.Rows) + " lines"
	if d.Rows == 1 {
		rows = "1 line"
	}
	return rows + ": " + strings.Join(parts, ", ") + "."
}

// Warning is loud where most of the people would leave; otherwise it is empty.
func (d *Difference) Warning() string {
	if !d.MostLeave() {
		return ""
	}
	return fmt.Sprintf("%s of %s people here would leave. Is this file complete?", Count(d.Leaving), Count(d.Here))
}

// Count writes a number as people read it: 12,345.
func Count(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
