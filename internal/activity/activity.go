// Package activity holds the catalogue of activities: the kinds of step by which people learn,
// each with what it costs, how to start, and how to tell that it worked. It knows no people.
package activity

import "slices"

// An Activity is one kind of step.
type Activity struct {
	ID    string // as addresses and other activities hold it
	Name  string // as a step keeps it
	Hint  string // what it is, in a few words
	Group Group
	For   []Use
	Time  string // in a few words
	Money Money
	Steps []string // sentences to begin a step with
	When  string   // a moment for it, as it goes on after "When"
	Then  string   // what is done then, as it goes on after "I will"
	Next  []string // ids of what goes well with it or after it
	Own   bool     // it comes from the organisation's folder, not from Ownward
	File  string   // where it stands, for whoever mends it

	WhatItIs string // Markdown, as are the next five
	Fits     string
	Costs    string
	Start    string
	Worked   string
	Manager  string // what to ask one's manager for

	idLine, nextLine int
}

// A Group is the setting in which something is learned.
type Group string

// The groups.
const (
	InTheWork    Group = "in the work"
	WithSomebody Group = "with somebody"
	Taught       Group = "taught"
	ForOthers    Group = "for others"
	ByYourself   Group = "by yourself"
)

// Groups are all of them, in the order of the list.
var Groups = []Group{InTheWork, WithSomebody, Taught, ForOthers, ByYourself}

// A Use is what an activity is good for, by how far somebody is.
type Use string

// The uses.
const (
	Begin Use = "begin" // a skill that is new, or hardly there
	Grow  Use = "grow"  // a skill that is there and should be more
	Share Use = "share" // a strength to build on
)

// Uses are all of them.
var Uses = []Use{Begin, Grow, Share}

// Money is what an activity costs the organisation, or the person, besides hours.
type Money string

// The amounts.
const (
	Nothing Money = "nothing"
	Little  Money = "a little"
	Budget  Money = "a budget"
)

// Amounts are all of them.
var Amounts = []Money{Nothing, Little, Budget}

// IsFor tells whether it is good for that use.
func (a Activity) IsFor(use Use) bool { return slices.Contains(a.For, use) }

// UseAt is what somebody needs who stands at a level of a skill (0 to 5) and wants another.
// Who is where they want to be has a strength to build on.
func UseAt(level, wanted int) Use {
	switch {
	case wanted <= level && level > 0:
		return Share
	case level <= 1:
		return Begin
	}
	return Grow
}
