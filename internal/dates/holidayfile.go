package dates

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/calendarfile"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/problem"
)

// HolidayFile is a file of holidays (iCalendar) that was read, under the name of its list.
type HolidayFile struct {
	Name string
	Read calendarfile.Days
}

// MostHolidayFile is how large a file of holidays may be, in bytes.
const MostHolidayFile = 2 << 20

// Of the years around now, those that are read from a file.
const (
	yearsBack  = 1
	yearsAhead = 5
)

// ReadHolidayFile reads a file of holidays. Its list is called as somebody says, else as the file
// calls itself, else as the file is called.
//
// Errors: problem.Invalid for the fields file and name.
func ReadHolidayFile(content []byte, said, fileName string, today civil.Date) (HolidayFile, error) {
	var f HolidayFile
	if len(content) > MostHolidayFile {
		return f, problem.Invalid{"file": fmt.Sprintf("This is larger than %d MB: that is no file of holidays.", MostHolidayFile>>20)}
	}
	in := civil.Span{From: civil.On(today.Year()-yearsBack, 1, 1), To: civil.On(today.Year()+yearsAhead, 12, 31)}
	read, err := calendarfile.ReadDays(content, in)
	if errors.Is(err, calendarfile.ErrNoCalendar) {
		return f, problem.Invalid{"file": "This is no calendar. Please send an iCalendar file (.ics): most countries and many calendar programs give one for their holidays."}
	}
	if err != nil {
		return f, err
	}
	for n := range read.Days {
		read.Days[n].Name = cut(read.Days[n].Name)
	}
	f.Read = read
	if len(read.Days) == 0 && len(read.Aside) == 0 {
		return f, problem.Invalid{"file": fmt.Sprintf("It has no day between %d and %d. Please send the file of this year or the next.", in.From.Year(), in.To.Year())}
	}
	if f.Name = oneLine(strings.ReplaceAll(strings.ToValidUTF8(said, ""), "\x00", "")); utf8.RuneCountInString(f.Name) > mostName {
		return f, problem.Invalid{"name": fmt.Sprintf("Please keep it under %d characters.", mostName)}
	}
	for _, name := range []string{read.Name, strings.TrimSuffix(filepath.Base(fileName), filepath.Ext(fileName)), "Holidays"} {
		if f.Name == "" {
			f.Name = cut(name)
		}
	}
	return f, nil
}

// cut makes a name of the file one that can be kept.
func cut(name string) string {
	name = oneLine(strings.ReplaceAll(strings.ToValidUTF8(name, "\uFFFD"), "\x00", ""))
	if runes := []rune(name); len(runes) > mostName {
		return strings.TrimSpace(string(runes[:mostName]))
	}
	return name
}
