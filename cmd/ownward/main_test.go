package main

import (
	"slices"
	"testing"
)

func TestHelpIsAskedForInAnyWay(t *testing.T) {
	for _, one := range []struct{ said, want []string }{
		{nil, []string{"--help"}},
		{[]string{"help"}, []string{"--help"}},
		{[]string{"help", "import", "people"}, []string{"import", "people", "--help"}},
		{[]string{"serve", "--verbose"}, []string{"serve", "--verbose"}},
	} {
		if got := asked(one.said); !slices.Equal(got, one.want) {
			t.Errorf("ownward %v is taken as %v, want %v", one.said, got, one.want)
		}
	}
}
