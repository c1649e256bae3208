package calendarfetch

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

const (
	caldav        = "urn:ietf:params:xml:ns:caldav"
	mostCalendars = 50_000
)

func isCalendar(content []byte) bool {
	return bytes.HasPrefix(bytes.ToUpper(bytes.TrimSpace(content[:min(len(content), 200)])), []byte("BEGIN:VCALENDAR"))
}

// calendarsIn lists the calendar data within the answer to a calendar-query.
func calendarsIn(answer []byte) ([][]byte, error) {
	decoder := xml.NewDecoder(bytes.NewReader(answer))
	var all [][]byte
	seen := false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && seen {
			return all, nil
		}
		if err != nil {
			return nil, ErrNoCalendar
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		seen = seen || start.Name == xml.Name{Space: "DAV:", Local: "multistatus"}
		if start.Name != (xml.Name{Space: caldav, Local: "calendar-data"}) {
			continue
		}
		var one string
		if err := decoder.DecodeElement(&one, &start); err != nil {
			return nil, ErrNoCalendar
		}
		if len(all) < mostCalendars && one != "" {
			all = append(all, []byte(one))
		}
	}
}
