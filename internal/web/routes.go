package web

import (
	"net/http"

	"github.com/ownward/ownward/internal/portable"
)

// routes is the whole URL space. A page stands beside the acts that it offers; the last
// argument of an act is the page that comes back when its input cannot be taken.
func (s *Server) routes() {
	s.get("/{$}", Member, showHome)
	s.get("/find", Member, findAnything)
	for _, noun := range []func(){
		s.accountRoutes, s.skillListRoutes, s.gapRoutes,
		s.planRoutes, s.expectationRoutes, s.skillRoutes, s.goalRoutes, s.winRoutes, s.storyRoutes, s.activityRoutes, s.shownRoutes,
		s.askRoutes, s.pitchRoutes, s.promiseRoutes, s.questionRoutes, s.linkRoutes, s.feedbackRoutes,
		s.conversationRoutes, s.cadenceRoutes, s.liveRoutes, s.dateRoutes, s.timeRoutes, s.calendarRoutes,
		s.mentorRoutes, s.mentorshipRoutes, s.roundRoutes, s.programmeRoutes,
		s.peopleRoutes, s.postRoutes,
		s.referralRoutes, s.counselRoutes, s.relationshipRoutes, s.budgetRoutes, s.figureRoutes,
	} {
		noun()
	}
	s.get("/handover", Member, showHandover)
	s.post("/handover", Member, decideHandover, showHandover)

	s.mux.HandleFunc("/", s.nothingHere)
}

// accountRoutes are signing in, accounts, setting up, taking along and leaving.
func (s *Server) accountRoutes() {
	s.get("/sign-in", Anyone, s.signIn)
	s.post("/sign-in", Anyone, s.askForCode, s.signIn)
	s.get("/sign-in/code", Anyone, s.typeCode)
	s.post("/sign-in/code", Anyone, s.confirmCode, s.typeCode)
	if s.Demo {
		s.post("/sign-in/example/{organisation}/{person}", Anyone, s.beExample, nil)
	}
	s.post("/sign-out", Account, s.signOut, nil)
	s.get("/setup/{token}", Anyone, s.setUp)
	s.post("/setup/{token}", Anyone, s.doSetUp, s.setUp)

	s.get("/you", Account, s.you)
	s.get("/you/history", Account, s.yourHistory)
	s.post("/you/addresses", Account, s.addAddress, s.you)
	s.get("/you/addresses/code", Account, s.typeAddressCode)
	s.post("/you/addresses/code", Account, s.confirmAddress, s.typeAddressCode)
	s.post("/you/addresses/removal", Account, s.removeAddress, s.you)
	s.post("/you/sessions/{id}/end", Account, s.endSession, s.you)
	s.post("/you/sessions/end-others", Account, s.endOtherSessions, s.you)
	s.post("/you/notices", Member, s.chooseNotices, s.you)
	s.post("/you/digest", Member, chooseDigest, s.you)
	s.get("/you/chat", Member, showChat)
	s.post("/you/chat", Member, s.keepChat, showChat)
	s.post("/you/chat/test", Member, tryChat, showChat)
	s.post("/you/chat/removal", Member, removeChat, showChat)
	s.post("/you/notices/addresses", Member, wantMailAboutAddresses, s.you)
	s.post("/you/time-zone", Member, s.chooseZone, s.you)
	s.get("/you/export", Account, takeAlong)
	s.get("/you/import", Member, showBringing)
	s.postFileUpTo(portable.MostZip+1<<20, "/you/import", Member, bringAlong, showBringing)
	s.get("/you/brought-along", Member, showRecords)
	s.get("/you/delete", Account, showLeaving)
	s.post("/you/delete/code", Account, sendLeavingCode, showLeaving)
	s.post("/you/delete", Account, deleteAccount, showLeaving)
	s.get("/goodbye", Anyone, showGoodbye)
	s.post("/organisations/{id}/enter", Account, s.enterOrganisation, nil)
}

// peopleRoutes are people, contacts and the organisation.
func (s *Server) peopleRoutes() {
	s.get("/contacts", Member, showContacts)
	s.post("/contacts", Member, addContact, newContact)
	s.get("/contacts/new", Member, newContact)
	s.get("/contacts/{id}", Owner, showContact)
	s.post("/contacts/{id}", Owner, changeContact, showContact)

	s.get("/people", Colleague, s.people)
	s.get("/people/{id}", Colleague, s.person)

	s.get("/organisation", Programmes, s.organisation)
	s.get("/organisation/people", Administrator, s.organisationPeople)
	s.post("/organisation/people", Administrator, s.addPerson, s.newPerson)
	s.get("/organisation/people/new", Administrator, s.newPerson)
	s.get("/organisation/people/{id}", Administrator, s.organisationPerson)
	s.post("/organisation/people/{id}", Administrator, s.changePerson, s.organisationPerson)
	s.post("/organisation/people/{id}/manager", Administrator, s.changeManager, s.organisationPerson)
	s.post("/organisation/people/{id}/invitation", Administrator, s.invitePerson, s.organisationPerson)
	s.post("/organisation/people/{id}/administrator", Administrator, s.appoint, s.organisationPerson)
	s.post("/organisation/people/{id}/programme-owner", Administrator, s.nameProgrammeOwner, s.organisationPerson)
	s.post("/organisation/people/{id}/departure", Administrator, s.letPersonLeave, s.organisationPerson)
	s.post("/organisation/people/{id}/return", Administrator, s.letPersonReturn, s.organisationPerson)
	s.get("/organisation/import", Administrator, newImport)
	s.postFile("/organisation/import", Administrator, sendImport, newImport)
	s.get("/organisation/import/{id}", Owner, previewImport)
	s.get("/organisation/import/{id}/set-aside", Owner, setAside)
	s.post("/organisation/import/{id}/columns", Owner, chooseColumns, previewImport)
	s.post("/organisation/import/{id}/import", Owner, confirmImport, previewImport)
	s.post("/organisation/import/{id}/removal", Owner, discardImport, previewImport)
}

// postRoutes are what keeps mail and other work going.
func (s *Server) postRoutes() {
	s.get(mailOffPath, Link, showMailOff)
	s.handle(Route{http.MethodPost, mailOffPath, Link}, s.turnMailOff)
	s.get("/organisation/chat", Administrator, showChatSettings)
	s.post("/organisation/chat", Administrator, setChat, showChatSettings)
	s.get("/organisation/given-up", Administrator, showGivenUp)
	s.post("/organisation/given-up/repeat", Administrator, repeatAllGivenUp, showGivenUp)
	s.post("/organisation/given-up/{id}/repeat", Administrator, repeatGivenUp, showGivenUp)
	s.post("/organisation/given-up/{id}/let-go", Administrator, letGoGivenUp, showGivenUp)
}
