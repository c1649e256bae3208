package web

import (
	_ "embed"
	"slices"
	"strings"
)

// zoneNames are the time zones that people choose from: those of the tz database (zone1970.tab,
// in the public domain) that differ since 1970.
//
//go:embed zones.txt
var zoneNames string

// zoneOptions are the choices of a field for a time zone. One that stands but is not in the list
// is offered too.
func zoneOptions(stands string) []Option {
	names := append(strings.Fields(zoneNames), "UTC")
	if stands != "" && !slices.Contains(names, stands) {
		names = append([]string{stands}, names...)
	}
	options := make([]Option, len(names))
	for i, name := range names {
		options[i] = Option{Value: name, Label: strings.ReplaceAll(name, "_", " ")}
	}
	return options
}
