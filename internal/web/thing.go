package web

import (
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/notice"
)

// found is where the things of each kind have their page.
var found = map[string]string{
	"ask":             "/asks/",
	"asking":          "/askings/",
	"budget":          "/budgets/",
	"reservation":     "/reservations/",
	"cadence":         "/cadences/",
	"comment":         "/comments/",
	"feedback":        "/feedback/",
	"commitment":      "/promises/",
	"contact":         "/contacts/",
	"counsel":         "/counsel/",
	"relationship":    "/relationships/",
	"confirmation":    "/confirmations/",
	"conversation":    "/conversations/",
	"link":            "/links/",
	"introduction":    "/introductions/", // for the third
	"referral":        "/referrals/",
	"mentor":          "/mentors/",
	"mentorship":      "/mentorships/",
	"mentor request":  "/mentor-requests/",
	"round":           "/rounds/",
	"copy":            "/copies/",
	"date":            "/dates/",
	"preview":         "/previews/",
	"programme":       "/programmes/",
	"programme place": "/taking-part/",
	"proposal":        "/proposals/",
	"person":          "/people/",
	"question":        "/asked/", // for the one asked
	"question card":   "/questions/",
	"suggested":       "/suggested/",
	"goal":            "/goals/",
	"skill":           "/skills/",
	"story":           "/stories/",
	"skill view":      "/views/",
	"win":             "/wins/",
	mail.OffThing:     "/mails/",
}

// PathOf is where a thing has its page, or the start page for what has none.
func PathOf(thing event.Thing) string {
	if thing.Kind == "brief" { // the page before a conversation
		return conversationHref(thing.ID) + "/brief"
	}
	if thing.Kind == "organisation date" {
		return "/dates"
	}
	if thing.Kind == "commitments" { // several, where a mail speaks of all
		return "/promises"
	}
	if thing.Kind == "handover" { // one page for whoever has one
		return "/handover"
	}
	if thing.Kind == notice.ChatThing {
		return chatPath
	}
	if path, ok := found[thing.Kind]; ok {
		return path + string(thing.ID)
	}
	return "/"
}
